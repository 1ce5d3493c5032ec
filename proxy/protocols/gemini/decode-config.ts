/** generationConfig. Fields that only Gemini knows are kept under `generationConfig.<field>`. */
import type { Call, OutputFormat, ReasoningWish } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { numberText } from '../json/lossless.ts';
import { fromGeminiSchema } from './schema-from-gemini.ts';
import { booleanField, camelName, countField, field, listField, numberField, objectField, textField } from './wire.ts';

type Settings = Pick<
  Call,
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'maxOutputTokens'
  | 'stop'
  | 'seed'
  | 'choices'
  | 'presencePenalty'
  | 'frequencyPenalty'
  | 'logprobs'
  | 'output'
  | 'reasoning'
>;

const KNOWN: ReadonlySet<string> = new Set([
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'stopSequences',
  'seed',
  'candidateCount',
  'presencePenalty',
  'frequencyPenalty',
  'responseLogprobs',
  'logprobs',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'thinkingConfig',
]);

export interface DecodedConfig {
  readonly settings: Settings;
  readonly rest: JsonObject;
}

export function decodeConfig(body: JsonObject): DecodedConfig {
  const config = objectField(body, 'generationConfig');
  if (config === undefined) return { settings: {}, rest: {} };
  const stop = listField(config, 'stopSequences').filter((sequence) => typeof sequence === 'string');
  const top = countField(config, 'logprobs');
  const wantsLogprobs = booleanField(config, 'responseLogprobs') === true;
  const settings = {
    temperature: numberField(config, 'temperature'),
    topP: numberField(config, 'topP'),
    topK: countField(config, 'topK'),
    maxOutputTokens: countField(config, 'maxOutputTokens'),
    stop: stop.length === 0 ? undefined : stop,
    seed: numberText(field(config, 'seed')),
    choices: countField(config, 'candidateCount'),
    presencePenalty: numberField(config, 'presencePenalty'),
    frequencyPenalty: numberField(config, 'frequencyPenalty'),
    logprobs: wantsLogprobs ? (top === undefined ? {} : { top }) : undefined,
    output: decodeOutput(config),
    reasoning: decodeThinking(objectField(config, 'thinkingConfig')),
  };
  return {
    settings: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
    rest: Object.fromEntries(restOf(config)),
  };
}

function restOf(config: JsonObject): (readonly [string, Json])[] {
  const rest = Object.entries(config).map(([key, value]) => [camelName(key), value] as const);
  const kept = rest.filter(([key, value]) => value !== null && !KNOWN.has(key) && !isPlainText(key, value));
  const mimeType = textField(config, 'responseMimeType');
  const usual = mimeType === undefined || mimeType === JSON_TYPE || mimeType === TEXT_TYPE;
  const unusual = rest.filter(([key, value]) => !usual && OUTPUT_FIELDS.has(key) && value !== null);
  return [...kept, ...unusual].map(([key, value]) => [`generationConfig.${key}`, value]);
}

/** Text is what every model answers: saying so asks for nothing. */
function isPlainText(key: string, value: Json): boolean {
  return key === 'responseModalities' && Array.isArray(value) && value.length === 1 && value[0] === 'TEXT';
}

const OUTPUT_FIELDS: ReadonlySet<string> = new Set(['responseMimeType', 'responseSchema', 'responseJsonSchema']);
const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';

function decodeOutput(config: JsonObject): OutputFormat | undefined {
  const openApi = objectField(config, 'responseSchema');
  const schema = objectField(config, 'responseJsonSchema') ?? (openApi && fromGeminiSchema(openApi));
  const mimeType = textField(config, 'responseMimeType');
  // text/x.enum: one of the schema's words as bare text. Only Gemini has it.
  if (schema !== undefined && (mimeType === undefined || mimeType === JSON_TYPE)) {
    const name = textField(schema, 'title');
    const description = textField(schema, 'description');
    return {
      kind: 'schema',
      schema,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    };
  }
  if (mimeType === JSON_TYPE) return { kind: 'json' };
  return mimeType === TEXT_TYPE ? { kind: 'text' } : undefined;
}

const LEVELS = ['', 'LOW', 'MEDIUM', 'HIGH', 'MINIMAL'];

function decodeThinking(config: JsonObject | undefined): ReasoningWish | undefined {
  if (config === undefined) return undefined;
  const budget = numberField(config, 'thinkingBudget');
  const level = levelOf(field(config, 'thinkingLevel'));
  const shown = booleanField(config, 'includeThoughts');
  const wish: ReasoningWish = {
    ...(level === undefined ? {} : { effort: level }),
    ...(budget === undefined
      ? {}
      : budget < 0
        ? { adaptive: true }
        : budget === 0
          ? { enabled: false }
          : { budgetTokens: budget }),
    ...(shown === undefined ? {} : { summary: shown ? 'auto' : 'none' }),
  };
  return Object.keys(wish).length === 0 ? undefined : wish;
}

function levelOf(value: Json | undefined): 'minimal' | 'low' | 'medium' | 'high' | undefined {
  const name = typeof value === 'number' ? LEVELS[value] : typeof value === 'string' ? value.toUpperCase() : '';
  switch (name) {
    case 'MINIMAL':
      return 'minimal';
    case 'LOW':
      return 'low';
    case 'MEDIUM':
      return 'medium';
    case 'HIGH':
      return 'high';
    default:
      return undefined;
  }
}
