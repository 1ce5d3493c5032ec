/** A call as a chat completion request for one server, whose deviations the quirks name. */
import { createHash } from 'node:crypto';
import type { Call, OutputFormat } from '../../../core/call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Warnings } from '../../../core/warnings.ts';
import { flattenTools } from '../../openai-responses/flatten-tools.ts';
import type { EncodedRequest, EncodeTarget, Quirks } from '../../translation.ts';
import { fromMessages } from './encode-messages.ts';
import { fromReasoningWish } from './encode-reasoning-wish.ts';
import { fromTools } from './encode-tools.ts';
import { optional } from './json.ts';
import { outputTool } from './structured-output.ts';

/** Responses' fields that mean the same here. */
const SHARED_WITH_RESPONSES: ReadonlySet<string> = new Set(['safety_identifier', 'prompt_cache_retention']);
const SERVICE_TIERS: ReadonlySet<string> = new Set(['auto', 'default', 'flex', 'scale', 'priority', 'fast']);
/** What happens when nothing is said. */
const ORDINARY_TIERS: ReadonlySet<string> = new Set(['auto', 'default']);
const USER_LENGTH_MAX = 64;

/** Throws GatehouseError invalid_request when leaving something out would change the meaning. */
export function encodeRequest(asked: Call, target: EncodeTarget, warnings: Warnings): EncodedRequest {
  const { quirks } = target;
  const call = needsFlattening(asked, quirks) ? flattenTools(asked) : asked;
  const { tools, toolChoice } = fromTools(call, quirks, warnings);
  const fields: JsonObject = {
    model: target.model,
    messages: fromMessages(call, quirks, warnings),
    ...(tools.length === 0 ? {} : { tools }),
    ...optional('tool_choice', toolChoice),
    ...fromParallel(call, quirks, warnings, tools.length > 0),
    ...fromOutput(call.output, quirks, warnings),
    ...fromReasoningWish(call.reasoning, quirks, warnings),
    ...optional(quirks.maxTokensField ?? 'max_completion_tokens', call.maxOutputTokens),
    ...fromSampling(call, quirks, warnings),
    ...refusable('stop', call.stop, quirks.noStop, warnings),
    ...refusable('presence_penalty', call.presencePenalty, quirks.noPenalties, warnings),
    ...refusable('frequency_penalty', call.frequencyPenalty, quirks.noPenalties, warnings),
    ...fromLogprobs(call, quirks, warnings),
    ...optional('n', call.choices),
    ...optional('user', call.user === undefined ? undefined : userIdOf(call.user)),
    ...fromOpenAiFields(call, quirks, warnings),
    ...fromForeign(call, warnings),
    ...(call.stream ? { stream: true } : {}),
    ...(call.stream && quirks.noStreamUsage !== true ? { stream_options: { include_usage: true } } : {}),
  };
  const kept = without(fields, quirks.refusedFields ?? [], warnings);
  return { body: withSeed(kept, call.seed, quirks, warnings) };
}

/** Namespaces are never known here; free-text tools are at OpenAI. */
function needsFlattening(call: Call, quirks: Readonly<Quirks>): boolean {
  if (quirks.customTools !== true) return true;
  return (
    call.tools.some((tool) => tool.namespace !== undefined) ||
    call.messages.some(({ parts }) => parts.some((part) => part.kind === 'tool-call' && part.namespace !== undefined))
  );
}

function fromParallel(call: Call, quirks: Readonly<Quirks>, warnings: Warnings, hasTools: boolean): JsonObject {
  // OpenAI refuses the field without tools.
  if (call.parallelToolCalls === undefined || !hasTools) return {};
  if (quirks.noParallelToolCalls !== true) return { parallel_tool_calls: call.parallelToolCalls };
  if (!call.parallelToolCalls) warnings.add('dropped_parallel_tool_calls', 'parallel_tool_calls');
  return {};
}

function fromOutput(output: OutputFormat | undefined, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject {
  if (output === undefined || outputTool(output, quirks) !== undefined) return {};
  switch (output.kind) {
    case 'text':
      return { response_format: { type: 'text' } };
    case 'json':
      if (quirks.noJsonObject !== true) return { response_format: { type: 'json_object' } };
      warnings.add('json_object_as_schema', 'response_format');
      return { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } } };
    case 'schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: {
            // Required, and nothing but a label.
            name: output.name ?? 'answer',
            ...optional('description', output.description),
            ...optional('strict', output.strict),
            schema: output.schema,
          },
        },
      };
    default:
      return output satisfies never;
  }
}

function fromSampling(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject {
  const one = quirks.oneSampling === true && call.temperature !== undefined;
  const none = quirks.noSampling === true;
  return {
    ...refusable('temperature', call.temperature, none, warnings),
    ...refusable('top_p', call.topP, none || one, warnings),
    ...refusable('top_k', call.topK, none || quirks.topK !== true, warnings),
  };
}

function fromLogprobs(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject {
  if (call.logprobs === undefined) return {};
  const { top } = call.logprobs;
  const fields = refusable('logprobs', true, quirks.noLogprobs, warnings);
  return fields.logprobs === undefined ? {} : { ...fields, ...optional('top_logprobs', top) };
}

function refusable(
  name: string,
  value: Json | undefined,
  refused: boolean | undefined,
  warnings: Warnings,
): JsonObject {
  if (value === undefined) return {};
  if (refused !== true) return { [name]: value };
  warnings.add(`dropped_${name}`, name);
  return {};
}

/** OpenAI's own words, and fields of Responses that mean the same here. A cache key or an id is no loss to the answer. */
function fromOpenAiFields(call: Call, quirks: Readonly<Quirks>, warnings: Warnings): JsonObject {
  const tier = call.serviceTier === 'standard_only' ? 'default' : call.serviceTier;
  const taken = quirks.openAiFields === true;
  const shared = call.foreign?.protocol === 'openai-responses' && taken ? Object.entries(call.foreign.quiet ?? {}) : [];
  return {
    ...refusable('verbosity', call.verbosity, !taken, warnings),
    ...(tier === undefined || (!taken && ORDINARY_TIERS.has(tier))
      ? {}
      : refusable('service_tier', tier, !taken || !SERVICE_TIERS.has(tier), warnings)),
    ...optional('prompt_cache_key', taken ? call.cacheKey : undefined),
    ...Object.fromEntries(shared.filter(([name]) => SHARED_WITH_RESPONSES.has(name))),
  };
}

/** OpenAI takes 64 letters. The id is opaque, and its hash tells people apart as well as it does. */
function userIdOf(user: string): string {
  return user.length <= USER_LENGTH_MAX ? user : createHash('sha256').update(user).digest('hex');
}

function fromForeign(call: Call, warnings: Warnings): JsonObject {
  const { foreign } = call;
  const metadata = fromMetadata(call, warnings);
  if (foreign === undefined) return metadata;
  if (foreign.protocol === 'openai-chat') return { ...metadata, ...foreign.fields, ...foreign.quiet };
  for (const name of Object.keys(foreign.fields)) warnings.add(`dropped_${name}`, name);
  return metadata;
}

/** OpenAI takes tags only of answers that it stores. */
function fromMetadata({ metadata, foreign }: Call, warnings: Warnings): JsonObject {
  if (metadata === undefined) return {};
  if (foreign?.protocol === 'openai-chat' && foreign.quiet?.store === true) return { metadata };
  warnings.add('dropped_metadata', 'metadata');
  return {};
}

function without(fields: JsonObject, refused: readonly string[], warnings: Warnings): JsonObject {
  const found = refused.filter((name) => Object.hasOwn(fields, name));
  if (found.length === 0) return fields;
  for (const name of found) warnings.add(`dropped_${name}`, name);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !found.includes(name)));
}

/** The digits go into the text as they are: a JavaScript number would round them. */
function withSeed(fields: JsonObject, seed: string | undefined, quirks: Readonly<Quirks>, warnings: Warnings): Buffer {
  const text = JSON.stringify(fields);
  const name = quirks.randomSeed === true ? 'random_seed' : 'seed';
  if (seed === undefined) return Buffer.from(text);
  if (quirks.noSeed === true || quirks.refusedFields?.includes(name) === true || !/^-?(?:0|[1-9]\d*)$/.test(seed)) {
    warnings.add('dropped_seed', 'seed');
    return Buffer.from(text);
  }
  return Buffer.from(`${text.slice(0, -1)},"${name}":${seed}}`);
}
