/**
 * Thought signatures. Gemini's own stay bare. Those of other models, shown to a Gemini client, are packed with their origin:
 * the client sends back whatever stood in `thoughtSignature`, so no table has to remember it and a restart loses nothing. The
 * whole is base64, because SDKs treat the field as bytes.
 */
import type { ReasoningPart } from '../../core/part.ts';
import { PROTOCOLS, type Protocol } from '../../core/protocol.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { asJsonObject, textField } from './wire.ts';

const MARK = 'gatehouse1';
/** What every packed signature begins with: `{"gatehouse1":` in base64, as far as whole groups go. */
const PREFIX = Buffer.from(`{"${MARK}":`).toString('base64').slice(0, 16);

/**
 * Gemini 3 answers 400 to a function call of the current turn that comes without its signature. For a history that another
 * model wrote Google documents two strings that its validator lets pass: this one and `context_engineering_is_the_way_to_go`.
 */
export const DUMMY_SIGNATURE = 'skip_thought_signature_validator';
export type Proof = Pick<ReasoningPart, 'signature' | 'origin' | 'id' | 'redacted'>;

/** Undefined when there is nothing to keep. */
export function packSignature({ signature, origin, id, redacted }: Proof): string | undefined {
  if (origin === 'gemini') return signature;
  if (origin === undefined || (signature === undefined && id === undefined)) return undefined;
  const content = { [MARK]: origin, s: signature, i: id, ...(redacted === true ? { r: true } : {}) };
  return Buffer.from(JSON.stringify(content)).toString('base64');
}

export function unpackSignature(text: string): Proof {
  if (!text.startsWith(PREFIX)) return { signature: text, origin: 'gemini' };
  const content = asJsonObject(tryParseLossless(Buffer.from(text, 'base64').toString('utf8')));
  const origin: Protocol | undefined = PROTOCOLS.find((protocol) => protocol === content?.[MARK]);
  // A client that shortened it has left nothing that proves anything.
  if (origin === undefined) return {};
  const signature = textField(content, 's');
  const id = textField(content, 'i');
  return {
    origin,
    ...(signature === undefined ? {} : { signature }),
    ...(id === undefined ? {} : { id }),
    ...(content?.r === true ? { redacted: true } : {}),
  };
}
