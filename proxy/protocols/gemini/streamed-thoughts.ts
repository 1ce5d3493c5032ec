/**
 * A client that keeps a streamed answer piece by piece sends its thoughts back as they came: texts without a proof, and
 * behind them the proof of another model without a text (see stream-encoder.ts). That proof is of all of them together; taken
 * alone it would go out as an encrypted thought, which Anthropic refuses.
 */
import type { JsonObject } from '../../core/json.ts';
import { unpackSignature } from './signature.ts';
import { booleanField, field, textField } from './wire.ts';

/** The parts of one content with such a run of thoughts in one part. Gemini's own are left as they are. */
export function joinStreamedThoughts(parts: readonly JsonObject[]): readonly JsonObject[] {
  if (!parts.some(isLateProof)) return parts;
  const joined: JsonObject[] = [];
  let begun = 0;
  for (const part of parts) {
    if (isLateProof(part) && begun < joined.length) {
      const run = joined.splice(begun);
      joined.push({ ...part, text: run.map((thought) => textField(thought, 'text') ?? '').join('') });
    } else {
      joined.push(part);
    }
    if (!isUnproved(part)) begun = joined.length;
  }
  return joined;
}

const isThought = (part: JsonObject): boolean => booleanField(part, 'thought') === true;

function isUnproved(part: JsonObject): boolean {
  return (
    isThought(part) && typeof field(part, 'text') === 'string' && textField(part, 'thoughtSignature') === undefined
  );
}

function isLateProof(part: JsonObject): boolean {
  const signature = textField(part, 'thoughtSignature');
  if (!isThought(part) || signature === undefined || (textField(part, 'text') ?? '') !== '') return false;
  const { origin, redacted } = unpackSignature(signature);
  return origin !== undefined && origin !== 'gemini' && redacted !== true;
}
