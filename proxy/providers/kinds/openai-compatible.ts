/** Any other server of the chat protocol (vLLM, llama.cpp, a company's own): the words that all of them know. */
import { bearer } from '../authentication.ts';
import { openAiModelList } from '../model-lists/openai.ts';
import type { Kind } from './kind.ts';

export const openaiCompatible: Kind = {
  label: 'OpenAI-compatible server',
  needsCredential: false,
  protocols: ['openai-chat'],
  quirks: { maxTokensField: 'max_tokens', noDeveloperRole: true, reasoningField: 'reasoning_content' },
  authenticate: bearer,
  modelList: openAiModelList,
};
