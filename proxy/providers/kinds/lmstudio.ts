/** LM Studio over openai-chat. */
import { bearer } from '../authentication.ts';
import { lmStudioModelList } from '../model-lists/lmstudio.ts';
import type { Kind } from './kind.ts';

export const lmstudio: Kind = {
  label: 'LM Studio',
  baseUrl: 'http://127.0.0.1:1234/v1',
  needsCredential: false,
  protocols: ['openai-chat'],
  quirks: {
    maxTokensField: 'max_tokens',
    noDeveloperRole: true,
    // Templates of newer models end the call with "System message must be at the beginning."
    leadingSystemOnly: true,
    topK: true,
    noParallelToolCalls: true,
    noLogprobs: true,
    // An image by address is refused: "'url' field must be a base64 encoded image".
    noImageUrls: true,
    reasoningField: 'reasoning_content',
    efforts: ['low', 'medium', 'high'],
    // "'response_format.type' must be 'json_schema' or 'text'".
    noJsonObject: true,
    // "Invalid tool_choice type: 'object'. Supported string values: none, auto, required".
    noNamedToolChoice: true,
    refusals: { jsonObject: true, namedToolChoice: true },
  },
  authenticate: bearer,
  modelList: lmStudioModelList,
  ownHardware: true,
};
