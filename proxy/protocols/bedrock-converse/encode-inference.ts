/** `inferenceConfig`, and the sampling that Converse has no name for, in the model's own. */
import type { Call } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { fromSampling } from '../anthropic-messages/encode-sampling.ts';
import type { EncodeTarget } from '../translation.ts';
import type { ModelFacts } from './model-facts.ts';

export interface EncodedInference {
  readonly inferenceConfig: JsonObject;
  readonly fields: JsonObject;
}

export function fromInference(
  call: Call,
  model: ModelFacts,
  facts: { readonly maxTokens: number | undefined; readonly thinks: boolean },
  warnings: Warnings,
): EncodedInference {
  // Converse bounds temperature and top_p as Claude does, and Claude's own restrictions are in its quirks.
  const { temperature, top_p: topP, top_k: topK } = fromSampling(call, model.quirks, facts.thinks, warnings);
  const stop = (call.stop ?? []).filter((sequence) => sequence !== '');
  if (stop.length < (call.stop?.length ?? 0)) warnings.add('dropped_stop', 'stop');
  const inferenceConfig = {
    ...(facts.maxTokens === undefined ? {} : { maxTokens: facts.maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stop.length === 0 ? {} : { stopSequences: stop }),
  };
  return { inferenceConfig, fields: topK === undefined ? {} : topKFields(Number(topK), model, warnings) };
}

function topKFields(topK: number, { family }: ModelFacts, warnings: Warnings): JsonObject {
  switch (family) {
    case 'claude':
    case 'mistral':
      return { top_k: topK };
    case 'nova':
    case 'nova-2':
      return { inferenceConfig: { topK } };
    case 'gpt-oss':
    case 'openai':
    case 'opaque':
    case 'other':
      warnings.add('dropped_top_k', 'top_k');
      return {};
    default:
      return family satisfies never;
  }
}

/** Undefined: the client set no limit, and the provider has one of its own. */
export function maxTokensOf(call: Call, target: EncodeTarget, warnings: Warnings): number | undefined {
  const most = target.maxOutputTokens;
  const asked = call.maxOutputTokens;
  if (asked === undefined || most === undefined || asked <= most) return asked;
  warnings.add('clamped_max_tokens', 'max_tokens');
  return most;
}
