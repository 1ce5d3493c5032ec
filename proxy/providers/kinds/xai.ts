/** xAI over openai-chat, and its own openai-responses. */
import type { Quirks } from '../../protocols/translation.ts';
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const xai: Kind = {
  label: 'xAI',
  baseUrl: 'https://api.x.ai/v1',
  needsCredential: true,
  keysUrl: 'https://console.x.ai',
  protocols: ['openai-chat', 'openai-responses'],
  quirks: {
    noDeveloperRole: true,
    refusals: { developerRole: true },
    reasoningField: 'reasoning_content',
    reasoningOutsideOutput: true,
    // Its Responses know functions, no free-text tools and no namespaces.
    flatTools: true,
  },
  quirksOfModel,
  authenticate: bearer,
  modelList: openAiModelList,
};

/** Grok 4 and its kin always think and refuse to be told how much, until 4.3; while they think they take no stop and no penalties. */
function quirksOfModel(modelId: string): Quirks {
  if (/non-reasoning/.test(modelId)) return { reasoningWish: 'none' };
  if (/^grok-3-mini/.test(modelId)) return { efforts: ['low', 'high'], noPenalties: true, noStop: true };
  if (/^grok-(?:[5-9]|4\.[3-9])/.test(modelId))
    return { efforts: ['none', 'low', 'medium', 'high'], noPenalties: true, noStop: true };
  if (/^grok-(?:4|code)/.test(modelId)) return { reasoningWish: 'none', noPenalties: true, noStop: true };
  return { reasoningWish: 'none' };
}
