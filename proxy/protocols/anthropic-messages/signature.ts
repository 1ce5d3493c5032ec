/**
 * Thinking of another protocol's model, shown to a client of this one. The client sends the block back with whatever stood
 * in `signature` (or `data`), so the origin and the real signature travel in there: no table has to remember them, and a
 * restart loses nothing. Anthropic's own signatures stay bare. Claude on Bedrock signs for both.
 */

import { asObject, asText, parseJson } from '../../core/json-value.ts';
import type { ReasoningPart } from '../../core/part.ts';
import { PROTOCOLS, type Protocol } from '../../core/protocol.ts';

const PREFIX = 'gh1.';
/** What a body that holds packed signatures contains. */
export const PACKED_IN_JSON = `"${PREFIX}`;

type Proof = Pick<ReasoningPart, 'signature' | 'origin' | 'id' | 'summary'>;

export function isOurs(origin: Protocol | undefined): boolean {
  return origin === 'anthropic-messages' || origin === 'bedrock-converse';
}

/** Never of nothing for foreign thinking: the mark itself says that Anthropic must not get the block. */
export function packSignature({ signature, origin, id, summary }: Proof): string {
  if (isOurs(origin)) return signature ?? '';
  const content = { o: origin, s: signature, i: id, m: summary };
  return PREFIX + Buffer.from(JSON.stringify(content)).toString('base64url');
}

export function isPacked(text: unknown): boolean {
  return typeof text === 'string' && text.startsWith(PREFIX);
}

export function unpackSignature(text: string): Proof {
  if (text === '') return {};
  if (!text.startsWith(PREFIX)) return { signature: text, origin: 'anthropic-messages' };
  const content = contentOf(text.slice(PREFIX.length));
  // A client that shortened or rewrote it has left nothing that proves anything.
  if (content === undefined) return {};
  const signature = asText(content.s);
  const id = asText(content.i);
  const origin = PROTOCOLS.find((protocol) => protocol === content.o);
  return {
    ...(signature === undefined ? {} : { signature }),
    ...(origin === undefined ? {} : { origin }),
    ...(id === undefined ? {} : { id }),
    ...(content.m === true ? { summary: true } : {}),
  };
}

/**
 * The signature on a tool call (Gemini's), which has no place in `tool_use`: it travels in a redacted_thinking block beside
 * the call, which clients send back with it.
 */
export function packCallSignature(callId: string, signature: string, origin: Protocol | undefined): string {
  return PREFIX + Buffer.from(JSON.stringify({ o: origin, s: signature, t: callId })).toString('base64url');
}

export interface CallSignature {
  readonly callId: string;
  readonly signature: string;
  readonly origin?: Protocol;
}

/** Undefined when the text is no packed signature of a call. */
export function unpackCallSignature(text: unknown): CallSignature | undefined {
  if (typeof text !== 'string' || !text.startsWith(PREFIX)) return undefined;
  const content = contentOf(text.slice(PREFIX.length));
  const callId = asText(content?.t);
  const signature = asText(content?.s);
  if (callId === undefined || signature === undefined) return undefined;
  const origin = PROTOCOLS.find((protocol) => protocol === content?.o);
  return { callId, signature, ...(origin === undefined ? {} : { origin }) };
}

function contentOf(encoded: string) {
  return asObject(parseJson(Buffer.from(encoded, 'base64url')));
}
