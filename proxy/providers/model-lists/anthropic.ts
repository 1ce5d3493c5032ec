/** `GET /models` of Anthropic: `{data: [{id, max_input_tokens, max_tokens}]}`. All of them fit on one page of 1000. */
import { asObject, asText } from '../../core/json-value.ts';
import { modelInfo, readEntries, tokensIn } from './entries.ts';
import type { ModelList } from './model-list.ts';

export const anthropicModelList: ModelList = {
  paths: (base) => [`${base}/models?limit=1000`],
  read: (body) =>
    readEntries(asObject(body)?.data, (entry) => {
      const id = asText(entry.id);
      if (id === undefined) return undefined;
      return modelInfo({
        id,
        contextTokens: tokensIn(entry, 'max_input_tokens'),
        maxOutputTokens: tokensIn(entry, 'max_tokens'),
      });
    }),
};
