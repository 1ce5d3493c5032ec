/** What a recorded answer says, read from the raw JSON as plainly as can be: the codec is not asked. */

export type Json = Record<string, unknown>;

export interface Reading {
  readonly text: string;
  readonly thinking: string;
  readonly signatures: readonly string[];
  readonly tools: readonly { readonly name: string; readonly args: unknown }[];
  readonly media: readonly string[];
  readonly foreign: readonly string[];
  /** Sources named by supports, or alone. */
  readonly citations: number;
  readonly finish: string | undefined;
}

const FINISH_NUMBERS: Readonly<Record<number, string>> = { 1: 'STOP', 2: 'MAX_TOKENS', 3: 'SAFETY' };

/** The objects of a stream: events with CRLF between them, or one list. */
export function chunksOf(text: string): Json[] {
  if (text.startsWith('[')) return JSON.parse(text) as Json[];
  return text
    .split(/\r?\n\r?\n/)
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => JSON.parse(frame.slice('data: '.length)) as Json);
}

export function framesOf(text: string): string[] {
  return text.split(/(?<=\r\n\r\n)/).filter((frame) => frame !== '');
}

/** The first candidate of one answer, or of a stream's chunks together. */
export function readChunks(chunks: readonly Json[]): Reading {
  const candidates = chunks.flatMap((chunk) => ((chunk.candidates ?? []) as Json[]).slice(0, 1));
  const parts = candidates.flatMap((candidate) => ((candidate.content as Json | undefined)?.parts ?? []) as Json[]);
  const finishes = candidates.flatMap(({ finishReason }) => (finishReason === undefined ? [] : [finishReason]));
  const finish = finishes.at(-1);
  return {
    text: textOf(parts, false),
    thinking: textOf(parts, true),
    signatures: parts
      .filter((part) => !isServerTool(part))
      .flatMap(({ thoughtSignature }) => (typeof thoughtSignature === 'string' ? [thoughtSignature] : [])),
    tools: toolsOf(parts),
    media: parts.flatMap(({ inlineData }) => (inlineData === undefined ? [] : [String((inlineData as Json).mimeType)])),
    foreign: parts
      .filter(isServerTool)
      .map((part) => Object.keys(part).find((key) => key !== 'thoughtSignature') ?? ''),
    citations: candidates.reduce(
      (sum, { groundingMetadata }) => sum + citationsOf(groundingMetadata as Json | undefined),
      0,
    ),
    finish: typeof finish === 'number' ? FINISH_NUMBERS[finish] : (finish as string | undefined),
  };
}

/** The last word on each count. */
export function readUsage(chunks: readonly Json[]): Readonly<Record<string, number | undefined>> {
  const all: Record<string, number> = {};
  for (const { usageMetadata } of chunks) {
    for (const [key, value] of Object.entries((usageMetadata ?? {}) as Json))
      if (typeof value === 'number') all[key] = value;
  }
  const {
    promptTokenCount,
    cachedContentTokenCount,
    toolUsePromptTokenCount,
    candidatesTokenCount,
    thoughtsTokenCount,
  } = all;
  return {
    inputTokens:
      promptTokenCount === undefined
        ? undefined
        : promptTokenCount - (cachedContentTokenCount ?? 0) + (toolUsePromptTokenCount ?? 0),
    cacheReadTokens: cachedContentTokenCount,
    outputTokens: candidatesTokenCount,
    reasoningTokens: thoughtsTokenCount,
    ...extrasOf(chunks, candidatesTokenCount),
  };
}

/** The last word on each kind of token; all the recordings with searches are of models that bill each query. */
function extrasOf(chunks: readonly Json[], written: number | undefined): Record<string, number | undefined> {
  const listed = (list: string) =>
    chunks
      .map(({ usageMetadata }) => (usageMetadata as Json | undefined)?.[list] as Json[] | undefined)
      .findLast(Boolean);
  const tokens = (list: string, kind: string) => {
    const found = (listed(list) ?? []).filter(({ modality }) => modality === kind);
    return found.length === 0 ? undefined : found.reduce((all, { tokenCount }) => all + Number(tokenCount), 0);
  };
  const drawn = tokens('candidatesTokensDetails', 'IMAGE');
  const all = listed('candidatesTokensDetails')?.reduce((sum, { tokenCount }) => sum + Number(tokenCount), 0);
  const queries = chunks
    .flatMap(({ candidates }) => (candidates ?? []) as Json[])
    .flatMap(({ groundingMetadata }) => ((groundingMetadata as Json | undefined)?.webSearchQueries ?? []) as string[]);
  return {
    audioInputTokens: tokens('promptTokensDetails', 'AUDIO'),
    imageInputTokens: tokens('promptTokensDetails', 'IMAGE'),
    imageOutputTokens: drawn ?? (all !== undefined && all === written ? 0 : undefined),
    webSearches: new Set(queries.filter((query) => query !== '')).size || undefined,
  };
}

function isServerTool(part: Json): boolean {
  return ['executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse'].some((key) => part[key] !== undefined);
}

function textOf(parts: readonly Json[], thought: boolean): string {
  return parts
    .filter((part) => (part.thought === true) === thought)
    .map(({ text }) => text ?? '')
    .join('');
}

function toolsOf(parts: readonly Json[]): { name: string; args: unknown }[] {
  const tools: { name: string; args: Json }[] = [];
  for (const part of parts) {
    const call = part.functionCall as Json | undefined;
    if (call === undefined) continue;
    if (typeof call.name === 'string') tools.push({ name: call.name, args: (call.args ?? {}) as Json });
    for (const piece of (call.partialArgs ?? []) as Json[]) put(tools.at(-1)?.args ?? {}, piece);
  }
  return tools;
}

/** `$.a[0].b` of the fixtures; strings grow. */
function put(args: Json, piece: Json): void {
  const steps = String(piece.jsonPath)
    .slice(2)
    .split(/[.[\]]+/)
    .filter((step) => step !== '');
  const last = steps.pop() as string;
  let at: Json = args;
  steps.forEach((step, index) => {
    const next = steps[index + 1] ?? last;
    at[step] ??= /^\d+$/.test(next) ? [] : {};
    at = at[step] as Json;
  });
  const before = typeof at[last] === 'string' ? (at[last] as string) : '';
  at[last] = typeof piece.stringValue === 'string' ? before + piece.stringValue : piece.numberValue;
}

function citationsOf(grounding: Json | undefined): number {
  if (grounding === undefined) return 0;
  const supports = (grounding.groundingSupports ?? []) as Json[];
  if (supports.length === 0) return ((grounding.groundingChunks ?? []) as Json[]).length;
  return supports.reduce((sum, support) => sum + ((support.groundingChunkIndices ?? []) as number[]).length, 0);
}
