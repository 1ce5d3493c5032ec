/**
 * The named edits of a request, made in its bytes: the model's name, a shorter answer, and thinking of another provider's model that this
 * gateway had packed for the client (see signature.ts). No provider of this protocol could read that; a conversation that
 * moved over from another one would be refused for it.
 */
import { asObject } from '../../core/json-value.ts';
import type { RequestEdits, RequestFacts } from '../codec.ts';
import { lowerNumbers, type Splice } from '../json/lower-numbers.ts';
import { type JsonRange, scanJson } from '../json/scan.ts';
import type { RequestFields } from './inspect-request.ts';
import { PACKED_PREFIX } from './signature.ts';

const PACKED = Buffer.from(`"${PACKED_PREFIX}`);

/** The very same buffer when nothing changes. */
export function editRequest(body: Buffer, fields: RequestFields, facts: RequestFacts, edits: RequestEdits): Buffer {
  const splices: Splice[] = [];
  if (edits.model !== undefined && edits.model !== facts.model && fields.model !== undefined) {
    splices.push({ ...fields.model, text: JSON.stringify(edits.model) });
  }
  if (fields.input !== undefined && body.includes(PACKED)) splices.push(...withoutPacked(body, fields.input));
  const { maxOutputTokens: max } = edits;
  if (max !== undefined) {
    const at = fields.model?.end ?? body.length;
    splices.push(
      ...(lowerNumbers(body, [fields.max_output_tokens], max) ?? [
        { start: at, end: at, text: `,"max_output_tokens":${max}` },
      ]),
    );
  }
  return splices.length === 0 ? body : splice(body, splices);
}

/** The list is written again from its other elements' own bytes. */
function withoutPacked(body: Buffer, range: JsonRange): Splice[] {
  const input = body.subarray(range.start, range.end);
  const { kind, elements } = scanJson(input, 'input');
  if (kind !== 'array') return [];
  const kept = elements.filter((element) => !isPacked(input.subarray(element.start, element.end)));
  if (kept.length === elements.length) return [];
  return [{ ...range, text: `[${kept.map(({ start, end }) => input.toString('utf8', start, end)).join(',')}]` }];
}

function isPacked(element: Buffer): boolean {
  if (!element.includes(PACKED)) return false;
  const item = asObject(JSON.parse(element.toString('utf8')));
  const encrypted = item?.encrypted_content;
  return item?.type === 'reasoning' && typeof encrypted === 'string' && encrypted.startsWith(PACKED_PREFIX);
}

function splice(body: Buffer, splices: Splice[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end, text } of splices.sort((a, b) => a.start - b.start)) {
    pieces.push(body.subarray(at, start), Buffer.from(text));
    at = end;
  }
  pieces.push(body.subarray(at));
  return Buffer.concat(pieces);
}
