/** Ollama over openai-chat: it knows no more than the fields it was taught, and drops the others without a word. */
import { bearer } from '../authentication.ts';
import { ollamaModelList } from '../model-lists/ollama.ts';
import type { Kind } from './kind.ts';

export const ollama: Kind = {
  label: 'Ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  needsCredential: false,
  protocols: ['openai-chat'],
  quirks: {
    maxTokensField: 'max_tokens',
    // Templates of models know system, user, assistant and tool; a message of another role would be left out of the prompt.
    noDeveloperRole: true,
    // A limit by its new name is not read, and the answer has no end.
    refusals: { renamed: { max_completion_tokens: 'max_tokens' }, developerRole: true },
    noParallelToolCalls: true,
    noImageUrls: true,
    reasoningField: 'reasoning',
    efforts: ['none', 'low', 'medium', 'high'],
    refusedFields: ['n', 'user', 'logit_bias'],
  },
  authenticate: bearer,
  modelList: ollamaModelList,
  ownHardware: true,
};
