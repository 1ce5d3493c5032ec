/** Mistral over openai-chat. It refuses every field that it does not know (422 `extra_forbidden`). */
import type { Quirks } from '../../protocols/translation.ts';
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

/** What it answers 422 to, in calls of its own protocol too. */
const UNKNOWN_FIELDS = [
  'user',
  'service_tier',
  'verbosity',
  'logit_bias',
  'store',
  'safety_identifier',
  'modalities',
  'audio',
];

export const mistral: Kind = {
  label: 'Mistral',
  baseUrl: 'https://api.mistral.ai/v1',
  needsCredential: true,
  keysUrl: 'https://console.mistral.ai/api-keys',
  protocols: ['openai-chat'],
  quirks: {
    maxTokensField: 'max_tokens',
    noDeveloperRole: true,
    randomSeed: true,
    requiredIsAny: true,
    nineLetterCallIds: true,
    noLogprobs: true,
    reasoningField: 'parts',
    files: 'document_url',
    refusedFields: UNKNOWN_FIELDS,
    refusals: {
      renamed: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
      dropped: UNKNOWN_FIELDS,
      developerRole: true,
      reasoningContent: true,
    },
  },
  quirksOfModel,
  authenticate: bearer,
  modelList: openAiModelList,
};

/** Thinking is switched on and off at the hybrid models; Magistral always thinks, the others never do. */
function quirksOfModel(modelId: string): Quirks {
  return /^mistral-(?:small|medium|large)/.test(modelId) ? { efforts: ['none', 'high'] } : { reasoningWish: 'none' };
}
