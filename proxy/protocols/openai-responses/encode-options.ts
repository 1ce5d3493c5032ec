/** Everything of a request that is neither its conversation nor its tools, as this protocol writes it. */
import type { Call, OutputFormat } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Warnings } from '../../core/warnings.ts';
import { invalid } from '../json/request-body.ts';
import type { Quirks } from '../translation.ts';
import { encodeReasoning } from './encode-reasoning.ts';

const SERVICE_TIERS: ReadonlySet<string> = new Set(['auto', 'default', 'flex', 'scale', 'priority', 'fast']);

type Fields = Record<string, Json>;

export function encodeOptions(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject {
  const options: Fields = {};
  const set = (field: string, value: Json | undefined) => {
    if (value !== undefined) options[field] = value;
  };
  const drop = (field: string, value: unknown) => {
    if (value !== undefined) warnings.add(`dropped_${field}`, field);
  };
  if ((call.choices ?? 1) > 1) {
    throw invalid(
      'n',
      'the protocol of this provider gives one answer a call; leave "n" out and call once for each answer',
    );
  }
  set('max_output_tokens', raisedLimit(call, warnings));
  if (quirks.noSampling === true) {
    drop('temperature', call.temperature);
    drop('top_p', call.topP);
  } else {
    set('temperature', call.temperature);
    set('top_p', call.topP);
  }
  drop('top_k', call.topK);
  drop('stop', call.stop !== undefined && call.stop.length > 0 ? call.stop : undefined);
  drop('seed', call.seed);
  drop('presence_penalty', call.presencePenalty);
  drop('frequency_penalty', call.frequencyPenalty);
  set('parallel_tool_calls', call.tools.length === 0 ? undefined : call.parallelToolCalls);
  set('reasoning', encodeReasoning(call.reasoning, quirks, warnings));
  set('text', encodeText(call, quirks, warnings));
  if (quirks.noLogprobs === true) drop('logprobs', call.logprobs);
  else set('top_logprobs', call.logprobs?.top);
  set('user', call.user);
  if (call.serviceTier !== undefined && !SERVICE_TIERS.has(call.serviceTier)) drop('service_tier', call.serviceTier);
  else set('service_tier', call.serviceTier);
  set('prompt_cache_key', call.cacheKey);
  set('metadata', call.metadata);
  return options;
}

/** Fewer are refused here; Claude Code probes with 1. */
const OUTPUT_TOKENS_MIN = 16;

function raisedLimit({ maxOutputTokens, foreign }: Call, warnings: Warnings): number | undefined {
  if (maxOutputTokens === undefined || maxOutputTokens >= OUTPUT_TOKENS_MIN) return maxOutputTokens;
  if (foreign?.protocol === 'openai-responses') return maxOutputTokens;
  warnings.add('max_output_tokens_raised', 'max_output_tokens');
  return OUTPUT_TOKENS_MIN;
}

function encodeText(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject | undefined {
  const fields: Fields = {};
  if (call.output !== undefined) fields.format = encodeFormat(call.output, quirks, warnings);
  if (call.verbosity !== undefined) fields.verbosity = call.verbosity;
  return Object.keys(fields).length === 0 ? undefined : fields;
}

const NAME_LENGTH_MAX = 64;

function encodeFormat(output: OutputFormat, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject {
  if (output.kind === 'text') return { type: 'text' };
  if (output.kind === 'json') return { type: 'json_object' };
  if (quirks.noJsonSchema === true) {
    warnings.add('schema_as_json', 'text.format');
    return { type: 'json_object' };
  }
  return {
    type: 'json_schema',
    // Required here; other protocols have no name for a schema.
    name: (output.name ?? 'answer').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, NAME_LENGTH_MAX),
    schema: output.schema,
    ...(output.description === undefined ? {} : { description: output.description }),
    ...(output.strict === undefined ? {} : { strict: output.strict }),
  };
}

/** Members that only this protocol knows, back at their places, also inside the objects that are known in part. */
export function mergeForeign(body: Fields, fields: JsonObject): void {
  for (const [key, value] of Object.entries(fields)) {
    const there = asObject(body[key]);
    const more = asObject(value);
    body[key] = there !== undefined && more !== undefined ? ({ ...there, ...more } as JsonObject) : value;
  }
}
