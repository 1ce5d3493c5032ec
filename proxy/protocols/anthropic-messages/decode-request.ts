/** A client's request as a call. Unknown fields never fail: they travel in `foreign` and are named where they are left out. */
import type { Call, OutputFormat, ReasoningWish } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { toPlain } from '../json/lossless.ts';
import { invalid, readBody } from '../json/request-body.ts';
import type { RequestPath } from '../translation.ts';
import { toMessages } from './decode-messages.ts';
import { toToolChoice, toTools } from './decode-tools.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'stream',
  'stop_sequences',
  'temperature',
  'top_p',
  'top_k',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'service_tier',
]);

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

/** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request (with `param`). */
export function decodeRequest(bytes: Buffer, path: RequestPath): Call {
  const body = readBody(bytes);
  refuseThread(body);
  const model = path.model ?? asText(body.model);
  if (model === undefined) {
    throw invalid('model', '"model" must be a non-empty string, as in provider/model-id');
  }
  const maxOutputTokens = numberOf(body, 'max_tokens', Number.isSafeInteger);
  const topK = numberOf(body, 'top_k', Number.isSafeInteger);
  const temperature = numberOf(body, 'temperature', Number.isFinite);
  const topP = numberOf(body, 'top_p', Number.isFinite);
  const stop = toStop(body.stop_sequences);
  const output = toOutput(body);
  const reasoning = toReasoning(body);
  const user = asText(asObject(body.metadata)?.user_id);
  const serviceTier = asText(body.service_tier);
  const foreign = foreignFields(body);
  return {
    model,
    stream: path.stream ?? toStream(body.stream),
    messages: toMessages(body),
    tools: toTools(body.tools),
    ...toToolChoice(body.tool_choice),
    ...(output === undefined ? {} : { output }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(stop === undefined ? {} : { stop }),
    ...(user === undefined ? {} : { user }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(foreign === undefined ? {} : { foreign: { protocol: 'anthropic-messages', fields: foreign } }),
  };
}

/** The SDK's tool runner keeps the history at the server; told so, it sends the whole history instead. */
function refuseThread(body: JsonObject): void {
  if (body.thread === undefined || body.thread === null) return;
  throw new GatehouseError(
    'invalid_request',
    'Threads are not kept here: send the whole list of messages and leave "thread" out.',
    { param: 'thread', facts: { error_code: 'thread_unsupported_request' } },
  );
}

function toStream(value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw invalid('stream', '"stream" must be true or false');
  return value;
}

function numberOf(body: JsonObject, field: string, accepts: (value: number) => boolean): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !accepts(value))
    throw invalid(field, `"${field}" must be a number within its range`);
  return value;
}

function toStop(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value as readonly string[];
  throw invalid('stop_sequences', '"stop_sequences" must be a list of strings');
}

/** `output_config.format`, or `output_format` as its beta called it. */
function toOutput(body: JsonObject): OutputFormat | undefined {
  const format = asObject(asObject(body.output_config)?.format) ?? asObject(body.output_format);
  if (format === undefined) return undefined;
  const schema = asObject(format.schema) as JsonObject | undefined;
  if (format.type !== 'json_schema' || schema === undefined) {
    throw invalid('output_config.format', '"output_config.format" must be {"type":"json_schema","schema":{...}}');
  }
  return { kind: 'schema', schema: toPlain(schema) };
}

function toReasoning(body: JsonObject): ReasoningWish | undefined {
  const thinking = asObject(body.thinking);
  const effort = EFFORTS.find((known) => known === asObject(body.output_config)?.effort);
  const wish: ReasoningWish = {
    ...(effort === undefined ? {} : { effort }),
    ...(thinking === undefined ? {} : toThinking(thinking)),
  };
  return Object.keys(wish).length === 0 ? undefined : wish;
}

function toThinking(thinking: Readonly<Record<string, unknown>>): ReasoningWish {
  const summary = toSummary(thinking.display);
  switch (thinking.type) {
    case 'enabled': {
      const budget = thinking.budget_tokens;
      if (typeof budget !== 'number' || !Number.isSafeInteger(budget) || budget < 0) {
        throw invalid('thinking.budget_tokens', '"thinking.budget_tokens" must be a whole number of tokens');
      }
      return { budgetTokens: budget, ...summary };
    }
    case 'adaptive':
      return { adaptive: true, ...summary };
    case 'disabled':
      return { enabled: false };
    default:
      throw invalid('thinking.type', '"thinking.type" must be enabled, adaptive or disabled');
  }
}

function toSummary(display: unknown): Pick<ReasoningWish, 'summary'> {
  if (display === 'omitted') return { summary: 'none' };
  return display === 'summarized' ? { summary: 'auto' } : {};
}

function foreignFields(body: JsonObject): JsonObject | undefined {
  const fields = Object.entries(body).filter(([key, value]) => !KNOWN_FIELDS.has(key) && value !== null);
  const config = restOf(body.output_config, ['format', 'effort']);
  const metadata = restOf(body.metadata, ['user_id']);
  const all = [
    ...fields,
    ...config.map((rest) => ['output_config', rest]),
    ...metadata.map((rest) => ['metadata', rest]),
  ];
  return all.length === 0 ? undefined : (Object.fromEntries(all) as JsonObject);
}

function restOf(value: Json | undefined, known: readonly string[]): JsonObject[] {
  const rest = Object.entries(asObject(value) ?? {}).filter(([key, inner]) => !known.includes(key) && inner !== null);
  return rest.length === 0 ? [] : [Object.fromEntries(rest) as JsonObject];
}
