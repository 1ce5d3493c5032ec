/** Faults put into a good document, each of which its description has to refuse. */
import type { Collected } from './collection.ts';

export interface Mutant {
  readonly fault: string;
  readonly document: unknown;
}

/** Where the descriptions (or our departures) leave anything be. Members by name, wherever they stand. */
const FREE = new Set([
  'input',
  'args',
  'schema',
  'metadata',
  'details',
  'gatehouse',
  'reasoning_details',
  'extra_content',
]);

/** Values from a closed list; what a schema leaves open is named. */
const ENUMS = new Set(['type', 'object', 'status', 'role', 'finish_reason', 'stop_reason', 'finishReason']);
const OPEN_WORDS: Readonly<Record<string, readonly string[]>> = {
  // The type of an error is any text at OpenAI.
  ErrorResponse: ['error/type'],
  ResponseStreamEvent: ['error/type'],
  GenerateContentResponse: ['role'],
  Status: ['status'],
};

/** Members that a reader can rely on. */
export const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  CreateChatCompletionResponse: [
    'id',
    'object',
    'created',
    'model',
    'choices',
    'choices/*/index',
    'choices/*/message',
    'choices/*/finish_reason',
    'choices/*/logprobs',
    'choices/*/message/role',
    'choices/*/message/content',
    'choices/*/message/refusal',
    'choices/*/message/tool_calls/*/id',
    'choices/*/message/tool_calls/*/type',
    'choices/*/message/tool_calls/*/function/arguments',
  ],
  CreateChatCompletionStreamResponse: [
    'id',
    'object',
    'created',
    'model',
    'choices',
    'choices/*/index',
    'choices/*/delta',
    'choices/*/finish_reason',
    'choices/*/delta/tool_calls/*/index',
  ],
  Response: [
    'id',
    'object',
    'created_at',
    'error',
    'model',
    'output',
    'tools',
    'output/*/type',
    'output/*/content',
    'output/*/content/*/annotations',
    'output/*/call_id',
    'output/*/arguments',
    'output/*/summary',
    'usage/input_tokens',
    'usage/output_tokens_details/reasoning_tokens',
  ],
  ResponseStreamEvent: [
    'type',
    'response',
    'response/id',
    'response/output',
    'output_index',
    'content_index',
    'item_id',
    'item',
    'delta',
    'part',
  ],
  Message: [
    'id',
    'type',
    'role',
    'model',
    'content',
    'stop_reason',
    'stop_sequence',
    'usage',
    'usage/input_tokens',
    'usage/output_tokens',
    'content/*/text',
    'content/*/citations',
    'content/*/id',
    'content/*/input',
    'content/*/thinking',
    'content/*/signature',
  ],
  MessageStreamEvent: ['type', 'index', 'delta', 'delta/type', 'message', 'message/usage', 'content_block', 'usage'],
  ErrorResponse: ['error', 'error/type', 'error/message'],
  ListModelsResponse: ['object', 'data'],
  ListResponse_ModelInfo_: ['data', 'has_more', 'first_id', 'last_id', 'data/*/id', 'data/*/type'],
  CountMessageTokensResponse: ['input_tokens'],
};

/** Google requires nothing: to it every member that is missing is at its default. */
export function* mutantsOf({ schema, description, document }: Collected): Generator<Mutant> {
  for (const place of placesOf(document, [])) {
    const name = place.path.join('/');
    const last = place.path.at(-1) ?? '';
    const required = description === 'gemini' ? [] : (REQUIRED[schema] ?? []);
    if (required.includes(name)) yield { fault: `${name} is missing`, document: withChange(document, place.keys) };
    if (FREE.has(last)) continue;
    if (place.path.length > 0) {
      yield { fault: `${name} of another type`, document: withChange(document, place.keys, otherType(place.value)) };
    }
    const word = ENUMS.has(last) && typeof place.value === 'string';
    const open = OPEN_WORDS[schema]?.some((end) => name.endsWith(end)) === true;
    if (word && !open)
      yield { fault: `${name} out of the list`, document: withChange(document, place.keys, 'nonsense') };
    if (isObject(place.value)) {
      const more = { ...place.value, unheard_of: 1 };
      yield {
        fault: `${name === '' ? 'the whole' : name} with a member more`,
        document: withChange(document, place.keys, more),
      };
    }
  }
}

interface Place {
  /** Names, `*` for a place in a list. */
  readonly path: readonly string[];
  readonly keys: readonly (string | number)[];
  readonly value: unknown;
}

/** Every place; nothing inside of what is free. */
export function* placesOf(value: unknown, keys: readonly (string | number)[]): Generator<Place> {
  const path = keys.map((key) => (typeof key === 'number' ? '*' : key));
  const last = path.at(-1) ?? '';
  yield { path, keys, value };
  if (FREE.has(last)) return;
  if (Array.isArray(value)) {
    for (const [place, inner] of value.entries()) yield* placesOf(inner, [...keys, place]);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, [...keys, key]);
  }
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return 7.5;
  if (value === null) return [[7.5]];
  return typeof value === 'object' && !Array.isArray(value) ? 'a text' : { unheard_of: 1 };
}

/** A copy with another value at the place; without the place when there is none. */
function withChange(value: unknown, keys: readonly (string | number)[], changed?: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return changed;
  if (Array.isArray(value))
    return value.map((inner, place) => (place === key ? withChange(inner, rest, changed) : inner));
  const { [key]: inner, ...others } = value as Record<string, unknown>;
  if (rest.length === 0 && changed === undefined) return others;
  return { ...others, [key]: withChange(inner, rest, changed) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Documents that together have every place that any of a kind has. */
export function samplesOf(documents: readonly Collected[]): Collected[] {
  const seen = new Set<string>();
  return documents.filter((document) => {
    const places = [...placesOf(document.document, [])].map(
      ({ path, value }) => `${document.kind} ${path.join('/')} ${value === null ? 'null' : typeof value}`,
    );
    const fresh = places.filter((place) => !seen.has(place));
    for (const place of fresh) seen.add(place);
    return fresh.length > 0;
  });
}
