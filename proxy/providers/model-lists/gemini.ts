/** `GET /models` of Gemini: `{models: [{name: "models/<id>", inputTokenLimit, ...}]}`. */
import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ModelInfo } from '../types.ts';
import { flagIn, modelInfo, readEntries, textsIn, tokensIn } from './entries.ts';
import type { ModelList } from './model-list.ts';

export const geminiModelList: ModelList = {
  paths: (base) => [`${base}/models?pageSize=1000`],
  read: (body) => readEntries(asObject(body)?.models, readEntry),
};

function readEntry(entry: JsonObject): ModelInfo | undefined {
  const id = asText(entry.name)?.replace(/^models\//, '');
  const methods = textsIn(entry.supportedGenerationMethods);
  const purpose = purposeOf(methods);
  if (id === undefined || purpose === undefined) return undefined;
  return modelInfo({
    id,
    contextTokens: tokensIn(entry, 'inputTokenLimit'),
    maxOutputTokens: tokensIn(entry, 'outputTokenLimit'),
    reasoning: flagIn(entry.thinking),
    purpose,
  });
}

/** Undefined: it draws, speaks or searches, and no route of ours serves that. */
function purposeOf(methods: readonly string[] | undefined): ModelInfo['purpose'] {
  if (methods === undefined || methods.includes('generateContent')) return 'chat';
  return methods.includes('embedContent') ? 'embedding' : undefined;
}
