/** OpenRouter over openai-chat, and its own openai-responses. It takes what its many providers take, in their words. */
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const openrouter: Kind = {
  label: 'OpenRouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  needsCredential: true,
  keysUrl: 'https://openrouter.ai/settings/keys',
  protocols: ['openai-chat', 'openai-responses'],
  quirks: {
    topK: true,
    reasoningField: 'reasoning',
    reasoningWish: 'reasoning-object',
    reasoningDetails: true,
    efforts: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
    cacheMarks: 'cache_control',
    files: 'url-in-file-data',
    // Its Responses know functions, no free-text tools and no namespaces.
    flatTools: true,
  },
  authenticate: bearer,
  modelList: openAiModelList,
};
