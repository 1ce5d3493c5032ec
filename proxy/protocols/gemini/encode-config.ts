/** A call's settings as generationConfig. */
import type { Call } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { numberFrom } from '../json/lossless.ts';
import type { EncodeTarget } from '../translation.ts';
import { encodeThinking } from './encode-thinking.ts';
import type { Generation } from './models.ts';
import { rewriteForGemini } from './schema-fields.ts';

/** What Google takes; a sixth sequence is a 400. */
const STOP_MAX = 5;
const SEED_MAX = 2 ** 31 - 1;
const CONFIG_PREFIX = 'generationConfig.';

export function encodeConfig(
  call: Call,
  target: EncodeTarget,
  generation: Generation,
  native: boolean,
  warnings: Warnings,
): JsonObject | undefined {
  const { quirks } = target;
  const penalties = quirks.noPenalties !== true;
  const config: Record<string, Json | undefined> = {
    temperature: call.temperature,
    topP: call.topP,
    topK: call.topK,
    maxOutputTokens: call.maxOutputTokens,
    stopSequences: quirks.noStop === true ? dropped(call.stop, 'stop', warnings) : encodeStop(call.stop, warnings),
    seed: quirks.noSeed === true ? dropped(call.seed, 'seed', warnings) : encodeSeed(call.seed, warnings),
    candidateCount: call.choices,
    presencePenalty: penalties ? call.presencePenalty : dropped(call.presencePenalty, 'presence_penalty', warnings),
    frequencyPenalty: penalties ? call.frequencyPenalty : dropped(call.frequencyPenalty, 'frequency_penalty', warnings),
    ...encodeLogprobs(call, target, warnings),
    ...encodeOutput(call, native, warnings),
    thinkingConfig: call.reasoning === undefined ? undefined : encodeThinking(call.reasoning, generation, warnings),
    ...foreignConfig(call),
  };
  const said = Object.entries(config).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

function encodeStop(stop: readonly string[] | undefined, warnings: Warnings): readonly string[] | undefined {
  if (stop === undefined || stop.length <= STOP_MAX) return stop;
  warnings.add('dropped_stop', 'stop');
  return stop.slice(0, STOP_MAX);
}

/** Gemini's seed is a 32-bit integer. A larger one can't be sent, and a shortened one would be another seed. */
function encodeSeed(seed: string | undefined, warnings: Warnings): Json | undefined {
  if (seed === undefined) return undefined;
  const number = numberFrom(seed);
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= SEED_MAX) return number;
  warnings.add('dropped_seed', 'seed');
  return undefined;
}

function encodeLogprobs({ logprobs }: Call, { quirks }: EncodeTarget, warnings: Warnings): JsonObject {
  if (logprobs === undefined) return {};
  if (quirks.noLogprobs === true) {
    warnings.add('dropped_logprobs', 'logprobs');
    return {};
  }
  return { responseLogprobs: true, ...(logprobs.top === undefined ? {} : { logprobs: logprobs.top }) };
}

/** `native` false: a tool gives the answer its form, or nothing does. */
function encodeOutput({ output }: Call, native: boolean, warnings: Warnings): JsonObject {
  if (output === undefined || !native) return {};
  if (output.kind === 'text') return { responseMimeType: 'text/plain' };
  if (output.kind === 'json') return { responseMimeType: 'application/json' };
  const { field, schema } = rewriteForGemini(output.schema, 'response', 'response_format', warnings);
  return { responseMimeType: 'application/json', [field]: schema };
}

/** What a Gemini client said in words of its own. */
function foreignConfig({ foreign }: Call): JsonObject {
  if (foreign?.protocol !== 'gemini') return {};
  const own = Object.entries(foreign.fields).filter(([key]) => key.startsWith(CONFIG_PREFIX));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(CONFIG_PREFIX.length), value]));
}

function dropped(value: unknown, field: string, warnings: Warnings): undefined {
  if (value !== undefined) warnings.add(`dropped_${field}`, field);
  return undefined;
}
