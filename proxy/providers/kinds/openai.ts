/** OpenAI itself: its two protocols as they are written. */
import type { Quirks } from '../../protocols/translation.ts';
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const openai: Kind = {
  label: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  needsCredential: true,
  keysUrl: 'https://platform.openai.com/api-keys',
  protocols: ['openai-chat', 'openai-responses'],
  quirks: { customTools: true, allowedTools: true, openAiFields: true },
  quirksOfModel,
  authenticate: bearer,
  modelList: openAiModelList,
};

/**
 * "Unsupported parameter: 'max_tokens' is not supported with this model." Clients tell these models by how their names begin,
 * and here the name begins with the provider's.
 */
const LIMIT_BY_ITS_NEW_NAME = { renamed: { max_tokens: 'max_completion_tokens' } } as const;

const REASONING_MODEL = /^(?:o\d|gpt-[5-9])(?!.*chat)/;

/** The models that think refuse sampling, penalties, stop and log probabilities with a 400; the others refuse a wish to think. */
function quirksOfModel(modelId: string): Quirks {
  if (!REASONING_MODEL.test(modelId)) return { reasoningWish: 'none' };
  return { noSampling: true, noPenalties: true, noStop: true, noLogprobs: true, refusals: LIMIT_BY_ITS_NEW_NAME };
}
