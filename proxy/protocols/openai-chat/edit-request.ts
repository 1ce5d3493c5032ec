/** The named edits of a request, made in its bytes: whatever is not named stays as it was written. */

import type { Warnings } from '../../core/warnings.ts';
import type { RequestEdits, RequestFacts } from '../codec.ts';
import { lowerNumbers, type Splice } from '../json/lower-numbers.ts';
import { scanJson } from '../json/scan.ts';
import { splice } from '../json/splice.ts';
import { withoutRefused } from './refused-fields.ts';
import type { RequestFields } from './request-fields.ts';

/** Where the edits go. */
type EditedFields = Pick<RequestFields<'model' | 'stream_options'>, 'range' | 'members'>;
type LimitFields = Pick<RequestFields<'max_tokens' | 'max_completion_tokens'>, 'range'>;

/** The very same buffer when nothing changes. `limits`: left out where nothing is written (embeddings). */
export function editRequest(
  body: Buffer,
  fields: EditedFields,
  facts: RequestFacts,
  edits: RequestEdits,
  limits?: LimitFields,
  warnings?: Warnings,
): Buffer {
  const splices: Splice[] = [];
  const model = fields.range('model');
  if (edits.model !== undefined && edits.model !== facts.model && model !== undefined) {
    splices.push({ ...model, text: JSON.stringify(edits.model) });
  }
  // Providers refuse stream_options without stream.
  if (edits.includeUsage === true && facts.stream && !facts.wantsUsage) {
    splices.push(...includeUsage(body, fields));
  }
  if (edits.maxOutputTokens !== undefined && limits !== undefined) {
    splices.push(...lowerMaxTokens(body, limits, edits.maxOutputTokens, model?.end, edits.maxTokensField));
  }
  const refused = edits.refusals === undefined ? [] : withoutRefused(body, fields.members, edits.refusals, warnings);
  return splice(body, [...splices.filter((own) => !refused.some((other) => contains(other, own))), ...refused]);
}

/** A value is not edited whose field is left out. */
function contains(outer: Splice, { start, end }: Splice): boolean {
  return end > start && outer.start <= start && end <= outer.end;
}

function lowerMaxTokens(
  body: Buffer,
  limits: LimitFields,
  max: number,
  insertAt = body.length,
  ownName: NonNullable<RequestEdits['maxTokensField']> = 'max_completion_tokens',
): readonly Splice[] {
  const lowered = lowerNumbers(body, [limits.range('max_completion_tokens'), limits.range('max_tokens')], max);
  return lowered ?? [{ start: insertAt, end: insertAt, text: `,"${ownName}":${max}` }];
}

function includeUsage(body: Buffer, fields: EditedFields): Splice[] {
  const range = fields.range('stream_options');
  if (range === undefined) {
    const at = fields.range('model')?.end ?? body.length;
    return [{ start: at, end: at, text: ',"stream_options":{"include_usage":true}' }];
  }
  const value = body.subarray(range.start, range.end);
  const options = scanJson(value, 'stream_options');
  if (options.kind !== 'object') return [{ ...range, text: '{"include_usage":true}' }];
  const present = options.members.filter((member) => member.key === 'include_usage');
  if (present.length > 0) {
    return present.map((member) => ({
      start: range.start + member.value.start,
      end: range.start + member.value.end,
      text: 'true',
    }));
  }
  const inside = range.start + options.start + 1;
  const comma = options.members.length === 0 ? '' : ',';
  return [{ start: inside, end: inside, text: `"include_usage":true${comma}` }];
}
