/** A call as the body of POST /model/{id}/converse and /converse-stream: the path says which, the body is the same. */

import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Warnings } from '../../core/warnings.ts';
import { toOutputSchema } from '../anthropic-messages/output-schema.ts';
import { warnOfDropped } from '../dropped-fields.ts';
import { printLossless } from '../json/lossless.ts';
import type { EncodedRequest, EncodeTarget } from '../translation.ts';
import { fromInference, maxTokensOf } from './encode-inference.ts';
import { fromMessages } from './encode-messages.ts';
import { fromReasoning } from './encode-reasoning.ts';
import { fromTools } from './encode-tools.ts';
import { factsOfModel, type ModelFacts } from './model-facts.ts';

const SERVICE_TIERS: ReadonlySet<string> = new Set(['priority', 'default', 'flex', 'reserved']);
const TAGS_MAX = 16;
/** Bedrock's rule for the keys and values of requestMetadata. */
const TAG = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;

/** Throws GatehouseError invalid_request when leaving something out would change the meaning. */
export function encodeRequest(call: Call, target: EncodeTarget, warnings: Warnings): EncodedRequest {
  if ((call.choices ?? 1) > 1) {
    throw new GatehouseError('invalid_request', 'models on Bedrock give one answer a call; send n: 1', { param: 'n' });
  }
  const model = factsOfModel(target.model, target.quirks);
  const { system, messages } = fromMessages(call, model, warnings);
  const { toolConfig, forced } = fromTools(call, messages, model, warnings);
  const maxTokens = maxTokensOf(call, target, warnings);
  const reasoning = fromReasoning(call, model, { maxTokens, forcedTool: forced, turns: messages }, warnings);
  const inference = fromInference(call, model, { maxTokens, thinks: reasoning.thinks }, warnings);
  const own = ownFields(call);
  const body: JsonObject = {
    messages,
    ...optional('system', system),
    ...optional('inferenceConfig', inference.inferenceConfig),
    ...(toolConfig === undefined ? {} : { toolConfig }),
    ...optional('additionalModelRequestFields', {
      ...own.additionalModelRequestFields,
      ...inference.fields,
      ...reasoning.fields,
    }),
    ...optional('outputConfig', outputConfigOf(call, model, reasoning.effort, warnings)),
    ...stopSequenceWanted(call, model),
    ...serviceTierOf(call, warnings),
    ...requestMetadataOf(call, warnings),
    ...own.others,
  };
  warnOfTheRest(call, warnings);
  return {
    body: Buffer.from(printLossless(body)),
    headers: {
      'content-type': 'application/json',
      accept: call.stream ? 'application/vnd.amazon.eventstream' : 'application/json',
    },
  };
}

/** Of a call that came in this protocol. The model's own fields are laid under those that the call says in its words. */
function ownFields({ foreign }: Call) {
  if (foreign?.protocol !== 'bedrock-converse') return { additionalModelRequestFields: {}, others: {} };
  const { additionalModelRequestFields, ...fields } = foreign.fields;
  return {
    additionalModelRequestFields: (asObject(additionalModelRequestFields) ?? {}) as JsonObject,
    others: { ...foreign.quiet, ...fields },
  };
}

function optional(name: string, value: JsonObject | readonly JsonObject[]): JsonObject {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}

function outputConfigOf(call: Call, model: ModelFacts, effort: string | undefined, warnings: Warnings): JsonObject {
  const textFormat = model.structuredOutput ? textFormatOf(call, warnings) : undefined;
  return {
    ...(textFormat === undefined ? {} : { textFormat }),
    ...(effort === undefined ? {} : { effort }),
  };
}

/** The schema stands here as JSON text. */
function textFormatOf({ output }: Call, warnings: Warnings): JsonObject | undefined {
  if (output?.kind !== 'schema') return undefined;
  const { schema, rewritten } = toOutputSchema(output.schema);
  if (rewritten) warnings.add('schema_rewritten', 'response_format');
  const jsonSchema = {
    schema: printLossless(schema),
    ...(output.name === undefined ? {} : { name: output.name }),
    ...(output.description === undefined ? {} : { description: output.description }),
  };
  return { type: 'json_schema', structure: { jsonSchema } };
}

/** Claude tells which sequence stopped it when asked; other models' answers have no such field, and the path is ignored. */
function stopSequenceWanted({ stop }: Call, { family }: ModelFacts): JsonObject {
  if (family !== 'claude' || stop === undefined || stop.length === 0) return {};
  return { additionalModelResponseFieldPaths: ['/stop_sequence'] };
}

function serviceTierOf({ serviceTier }: Call, warnings: Warnings): JsonObject {
  if (serviceTier === undefined || serviceTier === 'auto') return {};
  if (SERVICE_TIERS.has(serviceTier)) return { serviceTier: { type: serviceTier } };
  warnings.add('dropped_service_tier', 'service_tier');
  return {};
}

/** Tags end up in the account's own logs. They go together or not at all: half of them would group calls wrongly. */
function requestMetadataOf({ metadata }: Call, warnings: Warnings): JsonObject {
  const tags = Object.entries(metadata ?? {});
  if (tags.length === 0) return {};
  if (tags.length <= TAGS_MAX && tags.every(([key, value]) => key !== '' && TAG.test(key) && TAG.test(value))) {
    return { requestMetadata: Object.fromEntries(tags) };
  }
  warnings.add('dropped_metadata', 'metadata');
  return {};
}

function warnOfTheRest(call: Call, warnings: Warnings): void {
  const dropped: readonly (readonly [string, unknown])[] = [
    ['seed', call.seed],
    ['presence_penalty', call.presencePenalty],
    ['frequency_penalty', call.frequencyPenalty],
    ['logprobs', call.logprobs],
    ['user', call.user],
    ['verbosity', call.verbosity],
    ['prompt_cache_key', call.cacheKey],
  ];
  warnOfDropped(dropped, call, 'bedrock-converse', warnings);
}
