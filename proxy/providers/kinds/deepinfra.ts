/** DeepInfra over openai-chat. */
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const deepinfra: Kind = {
  label: 'DeepInfra',
  baseUrl: 'https://api.deepinfra.com/v1/openai',
  needsCredential: true,
  keysUrl: 'https://deepinfra.com/dash/api_keys',
  protocols: ['openai-chat'],
  quirks: {
    maxTokensField: 'max_tokens',
    noDeveloperRole: true,
    refusals: { renamed: { max_completion_tokens: 'max_tokens' }, developerRole: true },
    topK: true,
    noParallelToolCalls: true,
    reasoningField: 'reasoning_content',
    efforts: ['none', 'low', 'medium', 'high'],
  },
  authenticate: bearer,
  modelList: openAiModelList,
};
