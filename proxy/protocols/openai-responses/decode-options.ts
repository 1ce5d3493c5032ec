/** Everything of a request that is neither its conversation nor its tools. */
import type { Call, OutputFormat, ReasoningWish } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { invalid } from '../json/request-body.ts';
import { EFFORTS } from './encode-reasoning.ts';

export const OPTION_FIELDS = [
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'parallel_tool_calls',
  'reasoning',
  'text',
  'user',
  'service_tier',
  'prompt_cache_key',
  'metadata',
] as const;

type Options = Omit<Call, 'model' | 'stream' | 'messages' | 'tools' | 'toolChoice' | 'foreign'>;
type Request = Readonly<Record<string, unknown>>;

const LOGPROBS = 'message.output_text.logprobs';

const SUMMARIES = ['auto', 'concise', 'detailed', 'none'] as const;
const VERBOSITIES = ['low', 'medium', 'high'] as const;

export interface DecodedOptions {
  readonly call: Options;
  /** Members of `reasoning` and `text` that nothing here stands for. */
  readonly rest: JsonObject;
}

export function decodeOptions(request: Request): DecodedOptions {
  const maxOutputTokens = numberOf(request, 'max_output_tokens');
  if (maxOutputTokens !== undefined && (!Number.isSafeInteger(maxOutputTokens) || maxOutputTokens < 1)) {
    throw invalid('max_output_tokens', '"max_output_tokens" must be a whole number from 1 up');
  }
  const user = asText(request.user) ?? asText(request.safety_identifier);
  const text = objectOf(request, 'text');
  return {
    call: defined({
      maxOutputTokens,
      temperature: numberOf(request, 'temperature'),
      topP: numberOf(request, 'top_p'),
      logprobs: logprobs(request),
      parallelToolCalls: typeof request.parallel_tool_calls === 'boolean' ? request.parallel_tool_calls : undefined,
      reasoning: reasoning(objectOf(request, 'reasoning')),
      output: outputFormat(text?.format),
      verbosity: VERBOSITIES.find((value) => value === text?.verbosity),
      user,
      serviceTier: asText(request.service_tier),
      cacheKey: asText(request.prompt_cache_key),
      metadata: metadata(request.metadata),
    }),
    rest: {
      ...restOf('reasoning', objectOf(request, 'reasoning'), ['effort', 'summary', 'generate_summary']),
      ...restOf('text', text, ['format', 'verbosity']),
    },
  };
}

/** Members that are not `known`, under the field's name; nothing when there are none. */
function restOf(field: string, value: Request | undefined, known: readonly string[]): JsonObject {
  const left = Object.entries(value ?? {}).filter(([key, member]) => !known.includes(key) && member !== null);
  return left.length === 0 ? {} : { [field]: Object.fromEntries(left) as JsonObject };
}

function reasoning(wish: Request | undefined): ReasoningWish | undefined {
  if (wish === undefined) return undefined;
  const effort = EFFORTS.find((value) => value === wish.effort);
  if (effort === undefined && typeof wish.effort === 'string') {
    throw invalid('reasoning.effort', `"reasoning.effort" must be one of ${EFFORTS.join(', ')}`);
  }
  // `generate_summary` is what `summary` was called first.
  const summary = SUMMARIES.find((value) => value === (wish.summary ?? wish.generate_summary));
  const found = defined({ effort, summary });
  return Object.keys(found).length === 0 ? undefined : found;
}

function outputFormat(value: unknown): OutputFormat | undefined {
  const format = asObject(value);
  switch (format?.type) {
    case undefined:
      return undefined;
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema': {
      const schema = asObject(format.schema);
      if (schema === undefined) throw invalid('text.format.schema', '"text.format" is json_schema, but has no schema');
      return {
        kind: 'schema',
        schema: schema as JsonObject,
        ...defined({
          name: asText(format.name),
          description: asText(format.description),
          strict: typeof format.strict === 'boolean' ? format.strict : undefined,
        }),
      };
    }
    default:
      throw invalid('text.format.type', '"text.format.type" must be text, json_object or json_schema');
  }
}

function logprobs(request: Request): Call['logprobs'] {
  const top = numberOf(request, 'top_logprobs');
  const included = Array.isArray(request.include) && request.include.includes(LOGPROBS);
  if (!included && (top === undefined || top === 0)) return undefined;
  return top === undefined ? {} : { top };
}

function metadata(value: unknown): Readonly<Record<string, string>> | undefined {
  const tags = asObject(value);
  if (tags === undefined) return undefined;
  const texts = Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

function objectOf(request: Request, field: string): Request | undefined {
  const value = request[field];
  if (value === undefined || value === null) return undefined;
  const object = asObject(value);
  if (object === undefined) throw invalid(field, `"${field}" must be an object`);
  return object;
}

function numberOf(request: Request, field: string): number | undefined {
  const value = request[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw invalid(field, `"${field}" must be a number`);
  return value;
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Defined<T>;
}
