/**
 * Thinking of another protocol's model, shown to a client of this one. Clients send a reasoning item back with its
 * `encrypted_content` unread, so the origin and the real signature travel in there: no table has to remember them, and a
 * restart loses nothing. What OpenAI-like models encrypted stays bare.
 */
import { asObject, asText, parseJson } from '../../core/json-value.ts';
import type { ReasoningPart } from '../../core/part.ts';
import { PROTOCOLS, type Protocol } from '../../core/protocol.ts';

export const PACKED_PREFIX = 'gh1.';

type Proof = Pick<ReasoningPart, 'signature' | 'origin' | 'redacted'>;

/** Undefined when there is nothing to prove. */
export function packSignature({ signature, origin, redacted }: Proof): string | undefined {
  if (signature === undefined || origin === undefined || origin === 'openai-responses') return signature;
  const content = { o: origin, s: signature, ...(redacted === true ? { r: true } : {}) };
  return PACKED_PREFIX + Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** Empty when a client shortened or rewrote it: nothing is left that proves anything. */
export function unpackSignature(text: string): Proof {
  if (!text.startsWith(PACKED_PREFIX)) return { signature: text, origin: 'openai-responses' };
  const content = contentOf(text.slice(PACKED_PREFIX.length));
  const signature = asText(content?.s);
  const origin = PROTOCOLS.find((protocol) => protocol === content?.o);
  if (signature === undefined || origin === undefined) return {};
  return { signature, origin, ...(content?.r === true ? { redacted: true } : {}) };
}

export interface CallSignature {
  readonly callId: string;
  readonly signature: string;
  readonly origin: Protocol;
}

/**
 * The signature on a tool call (Gemini's), which has no place in a call of this protocol: it travels in a reasoning item
 * beside the call, which clients send back with it. Undefined when there is none to keep.
 */
export function packCallSignature({ callId, signature, origin }: Partial<CallSignature>): string | undefined {
  if (callId === undefined || signature === undefined || origin === undefined) return undefined;
  return PACKED_PREFIX + Buffer.from(JSON.stringify({ o: origin, s: signature, t: callId })).toString('base64url');
}

/** Undefined when the text is no packed signature of a call. */
export function unpackCallSignature(text: unknown): CallSignature | undefined {
  if (typeof text !== 'string' || !text.startsWith(PACKED_PREFIX)) return undefined;
  const content = contentOf(text.slice(PACKED_PREFIX.length));
  const callId = asText(content?.t);
  const signature = asText(content?.s);
  const origin = PROTOCOLS.find((protocol) => protocol === content?.o);
  if (callId === undefined || signature === undefined || origin === undefined) return undefined;
  return { callId, signature, origin };
}

function contentOf(encoded: string) {
  return asObject(parseJson(Buffer.from(encoded, 'base64url')));
}
