/** A request that uses a saved prompt by its id and version. Pure. */
import type { ChatRequest } from '../../../../../proxy/contract/playground-request.ts';
import { PROMPT_ID_PREFIX, type PromptVersionView } from '../../../../../proxy/contract/prompts.ts';

/** `model`: what is asked where the prompt names none itself. */
export function promptRequest(id: string, version: PromptVersionView, model: string): ChatRequest {
  const variables = Object.fromEntries(version.variables.map((name) => [name, `your ${name}`]));
  return {
    headers: {},
    body: {
      model: version.parameters.model ?? model,
      // Your own come after the prompt's.
      messages: [],
      prompt: {
        id: `${PROMPT_ID_PREFIX}${id}`,
        version: version.version,
        ...(version.variables.length === 0 ? {} : { variables }),
      },
      stream: true,
    },
  };
}
