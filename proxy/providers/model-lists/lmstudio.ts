/** `GET /api/v0/models` of LM Studio, which stands beside `/v1` and knows of each model what `/v1/models` does not say. */
import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ModelInfo } from '../types.ts';
import { modelInfo, readEntries, textsIn, tokensIn } from './entries.ts';
import type { ModelList } from './model-list.ts';

export const lmStudioModelList: ModelList = {
  // Releases before 0.3.6 have only the second.
  paths: (base) => [`${base.replace(/\/v1$/, '')}/api/v0/models`, `${base}/models`],
  read: (body) => readEntries(asObject(body)?.data, readEntry),
};

function readEntry(entry: JsonObject): ModelInfo | undefined {
  const id = asText(entry.id);
  if (id === undefined) return undefined;
  const type = asText(entry.type);
  return modelInfo({
    id,
    // A loaded model has the window it was loaded with, whatever it could have.
    contextTokens: tokensIn(entry, 'loaded_context_length', 'max_context_length'),
    purpose: type === undefined ? undefined : type === 'embeddings' ? 'embedding' : 'chat',
    inputModalities: type === undefined ? undefined : type === 'vlm' ? ['text', 'image'] : ['text'],
    tools: textsIn(entry.capabilities)?.includes('tool_use'),
  });
}
