/** A call as the body of POST /v1/messages. */

import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import type { Warnings } from '../../core/warnings.ts';
import { warnOfDropped } from '../dropped-fields.ts';
import { invalid } from '../json/request-body.ts';
import type { EncodedRequest, EncodeTarget, Quirks } from '../translation.ts';
import { type EncodedMessages, fromMessages } from './encode-messages.ts';
import { fromReasoning } from './encode-reasoning.ts';
import { fromSampling } from './encode-sampling.ts';
import { fromTools } from './encode-tools.ts';
import { quirksOfModel } from './model-quirks.ts';
import { toOutputSchema } from './output-schema.ts';

const USER_ID_LENGTH_MAX = 512;
export const ANTHROPIC_VERSION = '2023-06-01';

/** Throws GatehouseError invalid_request when leaving something out would change the meaning. */
export function encodeRequest(call: Call, target: EncodeTarget, warnings: Warnings): EncodedRequest {
  const quirks: Quirks = { ...quirksOfModel(target.model), ...target.quirks };
  if ((call.choices ?? 1) > 1) throw invalid('n', 'Claude models give one answer a call; send n: 1');
  const maxTokens = maxTokensOf(call, target, warnings);
  const messages = fromMessages(call, quirks, warnings);
  const { tools, toolChoice, forced } = fromTools(call, quirks, warnings);
  const thinkingLost = lostThinking(messages);
  const reasoning = fromReasoning(call.reasoning, quirks, { maxTokens, forcedTool: forced, thinkingLost }, warnings);
  const stop = stopOf(call, warnings);
  const body = {
    model: target.model,
    max_tokens: maxTokens,
    ...(messages.system.length === 0 ? {} : { system: messages.system }),
    messages: messages.messages,
    ...(tools.length === 0 ? {} : { tools }),
    ...(toolChoice === undefined ? {} : { tool_choice: toolChoice }),
    ...(reasoning.thinking === undefined ? {} : { thinking: reasoning.thinking }),
    ...fromSampling(call, quirks, reasoning.thinks, warnings),
    ...(stop.length === 0 ? {} : { stop_sequences: stop }),
    ...serviceTierOf(call, warnings),
    ...(call.stream ? { stream: true } : {}),
    ...ownFields(call),
    ...metadataOf(call, warnings),
    ...outputConfigOf(call, quirks, reasoning.effort, warnings),
  };
  warnOfTheRest(call, warnings);
  const accepted = withoutRefused(body, quirks, warnings);
  return { body: Buffer.from(JSON.stringify(accepted)), headers: { 'anthropic-version': ANTHROPIC_VERSION } };
}

/** What a compatible provider does not take of the protocol. */
function withoutRefused(body: object, { refusedFields = [] }: Quirks, warnings: Warnings): object {
  const refused = refusedFields.filter((field) => field in body);
  for (const field of refused) warnings.add(`dropped_${field}`, field);
  return Object.fromEntries(Object.entries(body).filter(([field]) => !refused.includes(field)));
}

/** The protocol insists on a limit. */
function maxTokensOf(call: Call, target: EncodeTarget, warnings: Warnings): number {
  const most = target.maxOutputTokens;
  const asked = call.maxOutputTokens ?? most;
  if (asked === undefined) {
    throw new GatehouseError(
      'invalid_request',
      'This model needs a limit on its answer and none is known for it: send max_tokens, or set maxOutputTokens for the model.',
      { param: 'max_tokens' },
    );
  }
  if (most === undefined || asked <= most) return asked;
  warnings.add('clamped_max_tokens', 'max_tokens');
  return most;
}

/**
 * With a budget of thinking, a turn that is in the middle of calling tools must begin with its thinking. Where that was
 * another model's and is left out, this request goes without thinking instead of being refused.
 */
function lostThinking({ messages }: EncodedMessages): boolean {
  const last = messages.at(-1);
  const before = messages.at(-2);
  if (last?.role !== 'user' || !last.content.some((block) => block.type === 'tool_result')) return false;
  const type = before?.content[0]?.type;
  return type !== 'thinking' && type !== 'redacted_thinking';
}

/** A stop sequence of white space alone is refused. */
function stopOf({ stop }: Call, warnings: Warnings): readonly string[] {
  const kept = (stop ?? []).filter((sequence) => sequence.trim() !== '');
  if (kept.length < (stop?.length ?? 0)) warnings.add('dropped_stop', 'stop');
  return kept;
}

function serviceTierOf({ serviceTier }: Call, warnings: Warnings): JsonObject {
  if (serviceTier === undefined) return {};
  if (serviceTier === 'auto' || serviceTier === 'standard_only') return { service_tier: serviceTier };
  if (serviceTier === 'default') return { service_tier: 'standard_only' };
  warnings.add('dropped_service_tier', 'service_tier');
  return {};
}

function ownFields({ foreign }: Call): JsonObject {
  return foreign?.protocol === 'anthropic-messages' ? foreign.fields : {};
}

function metadataOf(call: Call, warnings: Warnings): JsonObject {
  const rest = asObject(ownFields(call).metadata) as JsonObject | undefined;
  const tooLong = call.user !== undefined && call.user.length > USER_ID_LENGTH_MAX;
  if (tooLong) warnings.add('dropped_user', 'user');
  const user = call.user === undefined || tooLong ? {} : { user_id: call.user };
  const metadata = { ...rest, ...user };
  return Object.keys(metadata).length === 0 ? {} : { metadata };
}

function outputConfigOf(call: Call, quirks: Quirks, effort: string | undefined, warnings: Warnings): JsonObject {
  const rest = asObject(ownFields(call).output_config) as JsonObject | undefined;
  const native = call.output?.kind === 'schema' && quirks.schemaByTool !== true && quirks.noJsonSchema !== true;
  const config = {
    ...rest,
    ...(effort === undefined ? {} : { effort }),
    ...(native && call.output.kind === 'schema' ? { format: formatOf(call.output.schema, warnings) } : {}),
  };
  return Object.keys(config).length === 0 ? {} : { output_config: config };
}

function formatOf(given: JsonObject, warnings: Warnings): JsonObject {
  const { schema, rewritten } = toOutputSchema(given);
  if (rewritten) warnings.add('schema_rewritten', 'response_format');
  return { type: 'json_schema', schema };
}

function warnOfTheRest(call: Call, warnings: Warnings): void {
  const dropped: readonly (readonly [string, unknown])[] = [
    ['seed', call.seed],
    ['presence_penalty', call.presencePenalty],
    ['frequency_penalty', call.frequencyPenalty],
    ['logprobs', call.logprobs],
    ['verbosity', call.verbosity],
    ['prompt_cache_key', call.cacheKey],
    ['metadata', call.metadata],
  ];
  warnOfDropped(dropped, call, 'anthropic-messages', warnings);
}
