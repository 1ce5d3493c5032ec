/** Together over openai-chat. */
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const together: Kind = {
  label: 'Together AI',
  baseUrl: 'https://api.together.ai/v1',
  needsCredential: true,
  keysUrl: 'https://api.together.ai/settings/api-keys',
  protocols: ['openai-chat'],
  quirks: {
    maxTokensField: 'max_tokens',
    noDeveloperRole: true,
    refusals: { renamed: { max_completion_tokens: 'max_tokens' }, developerRole: true },
    topK: true,
    // A number here, and a list of texts as the answer: not what a client of another protocol asked for.
    noLogprobs: true,
    noParallelToolCalls: true,
    // Every stream ends with the usage, asked for or not.
    noStreamUsage: true,
    reasoningField: 'reasoning',
    efforts: ['low', 'medium', 'high'],
  },
  authenticate: bearer,
  modelList: openAiModelList,
};
