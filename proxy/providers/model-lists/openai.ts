/**
 * `GET /models` as OpenAI answers it, and with what others add: Together sends the array alone and says what a model is
 * for, OpenRouter its modalities, Groq, Mistral, DeepInfra and vLLM the context, each under a name of its own.
 */
import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ModelInfo } from '../types.ts';
import { flagIn, modelInfo, readEntries, textsIn, tokensIn } from './entries.ts';
import type { ModelList } from './model-list.ts';

export const openAiModelList: ModelList = {
  paths: (base) => [`${base}/models`],
  read: (body) => readEntries(Array.isArray(body) ? body : asObject(body)?.data, readEntry),
};

/** Kinds of model that no route of ours serves. */
const NOT_SERVED: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'moderation', 'rerank', 'transcribe']);

function readEntry(entry: JsonObject): ModelInfo | undefined {
  const id = asText(entry.id);
  const type = asText(entry.type);
  if (id === undefined || entry.active === false || (type !== undefined && NOT_SERVED.has(type))) return undefined;
  const architecture = asObject(entry.architecture);
  const parameters = textsIn(entry.supported_parameters);
  const capabilities = asObject(entry.capabilities);
  const metadata = asObject(entry.metadata);
  const contextTokens =
    tokensIn(entry, 'context_length', 'context_window', 'max_context_length', 'max_model_len') ??
    tokensIn(metadata, 'context_length');
  return modelInfo({
    id,
    contextTokens,
    maxOutputTokens:
      tokensIn(asObject(entry.top_provider), 'max_completion_tokens') ??
      tokensIn(entry, 'max_completion_tokens') ??
      // DeepInfra says the whole window where it sets no other bound.
      tokensIn(metadata, 'max_tokens'),
    purpose: type === 'embedding' ? 'embedding' : undefined,
    inputModalities: textsIn(architecture?.input_modalities) ?? visionOf(capabilities),
    outputModalities: textsIn(architecture?.output_modalities),
    tools: parameters?.includes('tools') ?? flagIn(capabilities?.function_calling),
    reasoning: parameters?.includes('reasoning') ?? flagIn(capabilities?.reasoning),
    structuredOutput: parameters?.includes('structured_outputs'),
  });
}

/** Mistral's way to say it. */
function visionOf(capabilities: JsonObject | undefined): readonly string[] | undefined {
  const vision = flagIn(capabilities?.vision);
  return vision === undefined ? undefined : vision ? ['text', 'image'] : ['text'];
}
