/** A whole generateContent answer. */
import type { Answer, AnswerChoice } from '../../core/answer.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Citation, Part, TextPart } from '../../core/part.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { AnswerCallIds } from './call-ids.ts';
import { GroundingReader } from './citations.ts';
import { decodePart } from './decode-part.ts';
import { blockedFinish, blockName, finishName, toFinishReason } from './finish-reason.ts';
import { GroundingCounts } from './grounding-counts.ts';
import { decodeLogprobs } from './logprobs.ts';
import { toProviderError } from './provider-error.ts';
import { isShallow } from './shallow.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output-tool.ts';
import { mergeUsageMetadata, toUsage } from './usage.ts';
import { asJsonObject, countField, listField, objectField, textField } from './wire.ts';

/** Throws GatehouseError upstream_malformed when the body is not this protocol's answer. */
export function decodeAnswer(body: Buffer): Answer {
  const value = tryParseLossless(body.toString('utf8'));
  const answer = asJsonObject(value);
  if (answer === undefined || !isShallow(answer)) throw malformed('it is not a JSON object');
  if (toProviderError(answer) !== undefined) throw malformed('it is an error');
  const candidates = listField(answer, 'candidates');
  const blocked = blockName(
    objectField(answer, 'promptFeedback')?.blockReason ?? objectField(answer, 'promptFeedback')?.block_reason,
  );
  if (candidates.length === 0 && blocked === undefined) throw malformed('it holds no candidates');
  const id = textField(answer, 'responseId');
  const model = textField(answer, 'modelVersion');
  const grounding = new GroundingCounts();
  for (const candidate of candidates) grounding.note(asJsonObject(candidate));
  const counts = mergeUsageMetadata({}, answer.usageMetadata ?? answer.usage_metadata);
  const usage = toUsage(counts, grounding.counts(model));
  const ids = new AnswerCallIds();
  const choices = candidates.map((candidate, place) => decodeCandidate(asJsonObject(candidate) ?? {}, place, ids, id));
  return {
    ...(id === undefined ? {} : { id }),
    ...(model === undefined ? {} : { model }),
    ...(createdAt(answer) === undefined ? {} : { created: createdAt(answer) as number }),
    choices:
      choices.length > 0 || blocked === undefined
        ? choices
        : [{ index: 0, parts: [], finishReason: blockedFinish(blocked) }],
    ...(usage === undefined ? {} : { usage }),
  };
}

/** Seconds since 1970; only Vertex tells. */
export function createdAt(answer: JsonObject): number | undefined {
  const instant = Date.parse(textField(answer, 'createTime') ?? '');
  return Number.isNaN(instant) ? undefined : Math.floor(instant / 1_000);
}

function decodeCandidate(
  candidate: JsonObject,
  place: number,
  ids: AnswerCallIds,
  answerId: string | undefined,
): AnswerChoice {
  const partIds = {
    call: (_name: string, given: string | undefined) => ids.of(given, answerId),
    result: (name: string | undefined, given: string | undefined) => ({
      id: given ?? '',
      ...(name === undefined ? {} : { name }),
    }),
  };
  const wire = listField(objectField(candidate, 'content'), 'parts').map((part) => asJsonObject(part) ?? {});
  const decoded = wire.flatMap((part) => decodePart(part, partIds)).flatMap((part) => asAnswerPart(part));
  const text = decoded.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const parts = cite(decoded, new GroundingReader().read(candidate, text));
  const finish = finishName(candidate.finishReason ?? candidate.finish_reason);
  const logprobs = decodeLogprobs(candidate);
  const hasToolCalls = parts.some((part) => part.kind === 'tool-call');
  return {
    index: countField(candidate, 'index') ?? place,
    parts,
    ...(finish === undefined ? {} : { finishReason: toFinishReason(finish, hasToolCalls) }),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

/** Empty text is no part; the answer that went through a tool is text again. */
function asAnswerPart(part: Part): Part[] {
  if (part.kind === 'text' && part.text === '') return [];
  if (part.kind === 'tool-call' && part.name === STRUCTURED_OUTPUT_TOOL)
    return [{ kind: 'text', text: part.arguments }];
  return [part];
}

/** Each citation at the text it speaks of: the part that holds its beginning, else the last one. */
function cite(parts: Part[], citations: readonly Citation[]): Part[] {
  if (citations.length === 0) return parts;
  const cited = new Map<number, Citation[]>();
  for (const citation of citations) {
    const place = placeOf(parts, citation.start);
    if (place >= 0) cited.set(place, [...(cited.get(place) ?? []), citation]);
  }
  return parts.map((part, place) => {
    const own = cited.get(place);
    return own === undefined ? part : { ...(part as TextPart), citations: own };
  });
}

function placeOf(parts: readonly Part[], start: number | undefined): number {
  let end = 0;
  for (const [place, part] of parts.entries()) {
    if (part.kind !== 'text') continue;
    end += part.text.length;
    if (start !== undefined && start < end) return place;
  }
  return parts.findLastIndex((part) => part.kind === 'text');
}

function malformed(problem: string): GatehouseError {
  return new GatehouseError('upstream_malformed', `the provider's answer is not a Gemini answer: ${problem}`);
}
