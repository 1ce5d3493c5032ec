/** `inferenceConfig`, and the sampling that only the model's own fields can say. */
import type { Call } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { invalid } from '../json/request-body.ts';

export interface DecodedInference {
  readonly settings: Pick<Call, 'maxOutputTokens' | 'temperature' | 'topP' | 'topK' | 'stop'>;
  /** The model's own fields that nothing was read from. */
  readonly rest: JsonObject;
}

/** `modelFields`: `additionalModelRequestFields` as far as nobody read it. Throws GatehouseError invalid_request. */
export function toInference(body: JsonObject, modelFields: JsonObject): DecodedInference {
  const config = (asObject(body.inferenceConfig) ?? {}) as JsonObject;
  const { topK, rest } = takeTopK(modelFields);
  const maxOutputTokens = numberOf(config, 'maxTokens', Number.isSafeInteger);
  const temperature = numberOf(config, 'temperature', Number.isFinite);
  const topP = numberOf(config, 'topP', Number.isFinite);
  const stop = toStop(config.stopSequences);
  return {
    settings: {
      ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(topK === undefined ? {} : { topK }),
      ...(stop === undefined ? {} : { stop }),
    },
    rest,
  };
}

/** Claude and Mistral call it `top_k`; Nova has it in an `inferenceConfig` of its own. */
function takeTopK(fields: JsonObject): { readonly topK: number | undefined; readonly rest: JsonObject } {
  const { top_k: plain, inferenceConfig, ...others } = fields;
  if (typeof plain === 'number') return { topK: plain, rest: without(fields, 'top_k') };
  const { topK, ...config } = (asObject(inferenceConfig) ?? {}) as JsonObject;
  if (typeof topK !== 'number') return { topK: undefined, rest: fields };
  return { topK, rest: Object.keys(config).length === 0 ? others : { ...others, inferenceConfig: config } };
}

function without(fields: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

function numberOf(config: JsonObject, field: string, accepts: (value: number) => boolean): number | undefined {
  const value = config[field] ?? null;
  if (value === null) return undefined;
  if (typeof value === 'number' && accepts(value)) return value;
  throw invalid(`inferenceConfig.${field}`, `"inferenceConfig.${field}" must be a number within its range`);
}

function toStop(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value as readonly string[];
  throw invalid('inferenceConfig.stopSequences', '"inferenceConfig.stopSequences" must be a list of strings');
}
