/**
 * `usageMetadata` to our disjoint buckets and back. promptTokenCount includes cachedContentTokenCount, but neither what
 * tools brought in (toolUsePromptTokenCount, charged as input) nor thoughts, which candidatesTokenCount leaves out too. A count
 * that is missing is unknown: some models leave candidatesTokenCount out of answers that have text.
 */
import type { JsonObject } from '../../core/json.ts';
import type { ExtraCounts, Usage } from '../../core/usage.ts';
import { reportedExtras, sumOf } from '../extra-counts.ts';
import { asJsonObject, countField, field, listField } from './wire.ts';

/** Counts as they came; streams repeat them, each time grown. */
export interface UsageCounts {
  readonly prompt?: number;
  readonly cached?: number;
  readonly toolUse?: number;
  readonly candidates?: number;
  readonly thoughts?: number;
  readonly audioIn?: number;
  readonly imagesIn?: number;
  readonly audioOut?: number;
  readonly imagesOut?: number;
}

/** The latest of each count wins. The very same object when nothing was reported. */
export function mergeUsageMetadata(before: UsageCounts, value: unknown): UsageCounts {
  const metadata = asJsonObject(value);
  if (metadata === undefined) return before;
  const found = {
    prompt: countField(metadata, 'promptTokenCount'),
    cached: countField(metadata, 'cachedContentTokenCount'),
    toolUse: countField(metadata, 'toolUsePromptTokenCount'),
    candidates: countField(metadata, 'candidatesTokenCount') ?? countField(metadata, 'responseTokenCount'),
    thoughts: countField(metadata, 'thoughtsTokenCount'),
    audioIn: sumOf(
      tokensOf(metadata, 'promptTokensDetails', 'AUDIO'),
      tokensOf(metadata, 'toolUsePromptTokensDetails', 'AUDIO'),
    ),
    imagesIn: tokensOf(metadata, 'promptTokensDetails', 'IMAGE'),
    audioOut: tokensOf(metadata, 'candidatesTokensDetails', 'AUDIO'),
    imagesOut: imagesOut(metadata),
  };
  const known = Object.entries(found).filter(([, count]) => count !== undefined);
  return known.length === 0 ? before : { ...before, ...Object.fromEntries(known) };
}

/** Undefined when no bucket is known. */
export function toUsage(counts: UsageCounts, grounding: ExtraCounts = {}): Usage | undefined {
  const { prompt, cached, toolUse, candidates, thoughts } = counts;
  const fresh = prompt === undefined ? undefined : cached === undefined || cached > prompt ? prompt : prompt - cached;
  const input = fresh === undefined && toolUse === undefined ? undefined : (fresh ?? 0) + (toolUse ?? 0);
  const usage: Usage = {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(cached === undefined ? {} : { cacheReadTokens: cached }),
    ...(candidates === undefined ? {} : { outputTokens: candidates }),
    ...(thoughts === undefined ? {} : { reasoningTokens: thoughts }),
    ...reportedExtras({
      audioInputTokens: counts.audioIn,
      imageInputTokens: counts.imagesIn,
      audioOutputTokens: counts.audioOut,
      imageOutputTokens: counts.imagesOut,
    }),
    ...grounding,
  };
  return Object.keys(usage).length === 0 ? undefined : usage;
}

/** Modalities have numbers in protobuf's own order, and some gateways send those. */
const MODALITY_NUMBERS = { IMAGE: 2, AUDIO: 4 } as const;

/** Undefined where this modality is not listed. */
function tokensOf(
  metadata: JsonObject,
  list: 'promptTokensDetails' | 'toolUsePromptTokensDetails' | 'candidatesTokensDetails',
  modality: keyof typeof MODALITY_NUMBERS,
): number | undefined {
  return sumOf(
    ...listField(metadata, list).map((entry) => {
      const detail = asJsonObject(entry);
      const named = field(detail, 'modality');
      return named === modality || named === MODALITY_NUMBERS[modality] ? countField(detail, 'tokenCount') : undefined;
    }),
  );
}

/** 0 where the list accounts for all of the output without an image; undefined where nobody can tell. */
function imagesOut(metadata: JsonObject): number | undefined {
  const listed = tokensOf(metadata, 'candidatesTokensDetails', 'IMAGE');
  if (listed !== undefined) return listed;
  const details = listField(metadata, 'candidatesTokensDetails').map((entry) => asJsonObject(entry));
  const all = sumOf(...details.map((detail) => countField(detail, 'tokenCount')));
  return all !== undefined && all === countField(metadata, 'candidatesTokenCount') ? 0 : undefined;
}

/** What is not listed is text or of a kind that nobody told. */
function promptDetails({ audioInputTokens, imageInputTokens }: Usage): JsonObject {
  const listed = [...detail('IMAGE', imageInputTokens), ...detail('AUDIO', audioInputTokens)];
  return listed.length === 0 ? {} : { promptTokensDetails: listed };
}

function outputDetails({ outputTokens = 0, audioOutputTokens, imageOutputTokens }: Usage): JsonObject {
  const media = (audioOutputTokens ?? 0) + (imageOutputTokens ?? 0);
  const text = imageOutputTokens === undefined ? [] : detail('TEXT', Math.max(outputTokens - media, 0));
  const listed = [...text, ...detail('IMAGE', imageOutputTokens), ...detail('AUDIO', audioOutputTokens)];
  return listed.length === 0 ? {} : { candidatesTokensDetails: listed };
}

function detail(modality: string, tokenCount: number | undefined): JsonObject[] {
  return tokenCount === undefined || tokenCount === 0 ? [] : [{ modality, tokenCount }];
}

/** Gemini has no bucket for cache writes: they are part of the prompt, which is what clients make of it. */
export function fromUsage(usage: Usage): JsonObject {
  const { inputTokens, cacheReadTokens, outputTokens, reasoningTokens } = usage;
  const prompt = sumOf(inputTokens, cacheReadTokens, usage.cacheWriteTokens, usage.cacheWrite1hTokens);
  const total = sumOf(prompt, outputTokens, reasoningTokens);
  return {
    ...(prompt === undefined ? {} : { promptTokenCount: prompt }),
    ...(cacheReadTokens === undefined ? {} : { cachedContentTokenCount: cacheReadTokens }),
    ...(outputTokens === undefined ? {} : { candidatesTokenCount: outputTokens }),
    ...(reasoningTokens === undefined ? {} : { thoughtsTokenCount: reasoningTokens }),
    ...(total === undefined ? {} : { totalTokenCount: total }),
    ...promptDetails(usage),
    ...outputDetails(usage),
  };
}
