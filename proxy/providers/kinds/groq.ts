/** Groq over openai-chat. Its description of the API names what none of its models takes. */
import type { Quirks } from '../../protocols/translation.ts';
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const groq: Kind = {
  label: 'Groq',
  baseUrl: 'https://api.groq.com/openai/v1',
  needsCredential: true,
  keysUrl: 'https://console.groq.com/keys',
  protocols: ['openai-chat'],
  quirks: {
    reasoningField: 'reasoning',
    noLogprobs: true,
    noPenalties: true,
    refusedFields: ['logit_bias', 'store', 'metadata'],
    // "property 'store' is unsupported", "property 'reasoning_content' is unsupported".
    refusals: { dropped: ['store', 'metadata'], reasoningContent: true },
  },
  quirksOfModel,
  authenticate: bearer,
  modelList: openAiModelList,
};

/** gpt-oss knows three efforts, Qwen only whether to think at all; the other models refuse the field. */
function quirksOfModel(modelId: string): Quirks {
  if (modelId.includes('gpt-oss')) return { efforts: ['low', 'medium', 'high'] };
  return modelId.includes('qwen3') ? { efforts: ['none'] } : { reasoningWish: 'none' };
}
