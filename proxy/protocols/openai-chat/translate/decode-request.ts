/** A chat completion request as a call. Unknown fields are kept under their names; what a client left out stays out. */
import type { Call, ForeignFields, OutputFormat } from '../../../core/call.ts';
import { GatehouseError } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import { checkEncoding, invalid, REQUEST_BODY } from '../../json/request-body.ts';
import { scanJson } from '../../json/scan.ts';
import { toMessages } from './decode-messages.ts';
import { toReasoningWish } from './decode-reasoning-wish.ts';
import { toToolChoice, toTools } from './decode-tools.ts';
import { asJsonObject, asString, optional } from './json.ts';

/** Fields that a call has a place for, and those that the gateway itself answers. */
const TRANSLATED: ReadonlySet<string> = new Set([
  ...[
    'model',
    'models',
    'messages',
    'stream',
    'stream_options',
    'n',
    'seed',
    'random_seed',
    'stop',
    'user',
    'metadata',
  ],
  ...['tools', 'tool_choice', 'parallel_tool_calls', 'functions', 'function_call', 'response_format'],
  ...['max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'top_k', 'presence_penalty', 'frequency_penalty'],
  ...['logprobs', 'top_logprobs', 'service_tier', 'verbosity', 'prompt_cache_key'],
]);
/** Fields that change nothing in the answer. */
const QUIET: ReadonlySet<string> = new Set(['store', 'usage', 'safety_identifier', 'prompt_cache_retention']);

/** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request. */
export function decodeRequest(body: Buffer): Call {
  checkEncoding(body);
  const document = scanJson(body, REQUEST_BODY);
  if (document.kind !== 'object') throw new GatehouseError('invalid_request', `${REQUEST_BODY} must be a JSON object`);
  const fields = JSON.parse(body.toString('utf8')) as JsonObject;
  const model = asText(fields.model);
  if (model === undefined)
    throw invalid('model', 'the field "model" is missing; name a model, as in provider/model-id');
  const seedRange = document.members.findLast(({ key }) => key === 'seed' || key === 'random_seed')?.value;
  const seed = seedRange === undefined ? undefined : toSeed(body.toString('latin1', seedRange.start, seedRange.end));
  const { reasoning, used } = toReasoningWish(fields);
  const legacy = isGiven(fields.functions) && !isGiven(fields.tools);
  return {
    model,
    stream: flag(fields, 'stream') ?? false,
    messages: toMessages(fields.messages),
    tools: toTools(fields.tools, fields.functions),
    ...optional('toolChoice', toToolChoice(fields.tool_choice, fields.function_call)),
    ...(legacy ? { legacyFunctions: true } : {}),
    // A `function_call` has room for one.
    ...optional('parallelToolCalls', legacy ? false : flag(fields, 'parallel_tool_calls')),
    ...optional('output', toOutput(fields.response_format)),
    ...optional('reasoning', reasoning),
    ...optional('maxOutputTokens', number(fields, 'max_completion_tokens') ?? number(fields, 'max_tokens')),
    ...optional('temperature', number(fields, 'temperature')),
    ...optional('topP', number(fields, 'top_p')),
    ...optional('topK', number(fields, 'top_k')),
    ...optional('stop', toStop(fields.stop)),
    ...optional('seed', seed),
    ...optional('presencePenalty', number(fields, 'presence_penalty')),
    ...optional('frequencyPenalty', number(fields, 'frequency_penalty')),
    ...optional('choices', number(fields, 'n')),
    ...optional('logprobs', toLogprobs(fields)),
    ...optional('user', text(fields, 'user')),
    ...optional('serviceTier', text(fields, 'service_tier')),
    ...optional('verbosity', toVerbosity(fields.verbosity)),
    ...optional('cacheKey', text(fields, 'prompt_cache_key')),
    ...optional('metadata', toMetadata(fields.metadata)),
    ...optional('foreign', toForeign(fields, used)),
  };
}

function toForeign(fields: JsonObject, used: ReadonlySet<string>): ForeignFields | undefined {
  const rest = Object.entries(fields).filter(
    ([key, value]) => !TRANSLATED.has(key) && !used.has(key) && value !== null && !isDefault(key, value),
  );
  if (rest.length === 0) return undefined;
  const quiet = rest.filter(([key]) => QUIET.has(key));
  return {
    protocol: 'openai-chat',
    fields: Object.fromEntries(rest.filter(([key]) => !QUIET.has(key))),
    ...(quiet.length === 0 ? {} : { quiet: Object.fromEntries(quiet) }),
  };
}

/** Spelling out what would happen anyway is no wish that could be lost. */
function isDefault(key: string, value: Json): boolean {
  return key === 'modalities' && Array.isArray(value) && value.length === 1 && value[0] === 'text';
}

/** A JSON number keeps its digits: seeds exceed 2^53, and JavaScript's numbers do not. */
function toSeed(text: string): string | undefined {
  if (text === 'null') return undefined;
  if (/^-?\d/.test(text)) return text;
  throw invalid('seed', '"seed" must be a number');
}

function toOutput(value: Json | undefined): OutputFormat | undefined {
  if (!isGiven(value)) return undefined;
  const format = asJsonObject(value);
  switch (format?.type) {
    case 'text':
      return { kind: 'text' };
    case 'json_object': {
      // Instructor's and Together's way to give a schema.
      const schema = asJsonObject(format.schema);
      return schema === undefined ? { kind: 'json' } : { kind: 'schema', schema };
    }
    case 'json_schema': {
      const wrapped = asJsonObject(format.json_schema);
      const schema = asJsonObject(wrapped?.schema) ?? asJsonObject(format.schema);
      if (schema === undefined) return { kind: 'json' };
      return {
        kind: 'schema',
        schema,
        ...optional('name', asText(wrapped?.name)),
        ...optional('description', asString(wrapped?.description)),
        ...(typeof wrapped?.strict === 'boolean' ? { strict: wrapped.strict } : {}),
      };
    }
    default:
      throw invalid('response_format', '"response_format.type" must be text, json_object or json_schema');
  }
}

function toStop(value: Json | undefined): readonly string[] | undefined {
  if (!isGiven(value)) return undefined;
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw invalid('stop', '"stop" must be a string or a list of strings');
  }
  return value.length === 0 ? undefined : value;
}

function toLogprobs(fields: JsonObject): Call['logprobs'] | undefined {
  if (flag(fields, 'logprobs') !== true) return undefined;
  return optional('top', number(fields, 'top_logprobs'));
}

function toVerbosity(value: Json | undefined): Call['verbosity'] | undefined {
  return value === 'low' || value === 'medium' || value === 'high' ? value : undefined;
}

function toMetadata(value: Json | undefined): Call['metadata'] | undefined {
  const entries = Object.entries(asJsonObject(value) ?? {}).flatMap(([key, tag]) =>
    typeof tag === 'string' ? [[key, tag] as const] : [],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

function number(fields: JsonObject, name: string): number | undefined {
  const value = fields[name];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'number') throw invalid(name, `"${name}" must be a number`);
  return value;
}

function flag(fields: JsonObject, name: string): boolean | undefined {
  const value = fields[name];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'boolean') throw invalid(name, `"${name}" must be true or false`);
  return value;
}

function text(fields: JsonObject, name: string): string | undefined {
  const value = fields[name];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'string') throw invalid(name, `"${name}" must be a string`);
  return value === '' ? undefined : value;
}
