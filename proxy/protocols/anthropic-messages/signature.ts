/**
 * Thinking of another protocol's model, shown to a client of this one. The client sends the block back with whatever stood
 * in `signature` (or `data`), so the origin and the real signature travel in there: no table has to remember them, and a
 * restart loses nothing. Anthropic's own signatures stay bare. Claude on Bedrock signs for both.
 */

import { asObject, asText } from '../../core/json-value.ts';
import type { ReasoningPart } from '../../core/part.ts';
import { PROTOCOLS, type Protocol } from '../../core/protocol.ts';

const PREFIX = 'gh1.';

type Proof = Pick<ReasoningPart, 'signature' | 'origin' | 'id' | 'summary'>;

export function isOurs(origin: Protocol | undefined): boolean {
  return origin === 'anthropic-messages' || origin === 'bedrock-converse';
}

/** Empty when there is nothing to keep: clients require the field. */
export function packSignature({ signature, origin, id, summary }: Proof): string {
  if (isOurs(origin)) return signature ?? '';
  if (signature === undefined && id === undefined) return '';
  const content = { o: origin, s: signature, i: id, m: summary };
  return PREFIX + Buffer.from(JSON.stringify(content)).toString('base64url');
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

function contentOf(encoded: string) {
  try {
    return asObject(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
