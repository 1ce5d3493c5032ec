/** A saved prompt in a messages request: system text goes to `system`, before the request's own; the rest to `messages`. */
import { invalid } from '../json/request-body.ts';
import type { PromptedRequest } from '../saved-prompt/prompted-request.ts';
import { type InsertPrompt, isSystem } from '../saved-prompt/types.ts';

export const insertPrompt: InsertPrompt = (request, prompt) => {
  insertPromptToCount(request, prompt);
  const { temperature, topP, maxTokens } = prompt.parameters;
  request.fill({ temperature, top_p: topP, max_tokens: maxTokens });
};

/** Counting tokens knows no parameters of an answer. */
export const insertPromptToCount: InsertPrompt = (request, { messages, parameters }) => {
  insertSystem(
    request,
    messages.filter(isSystem).map(({ content }) => JSON.stringify({ type: 'text', text: content })),
  );
  const elements = messages
    .filter((message) => !isSystem(message))
    .map(({ role, content }) => JSON.stringify({ role, content }));
  const own = request.place('messages');
  if (own !== undefined && request.kind(own) !== 'array') throw invalid('messages', '"messages" must be a list');
  if (own !== undefined) request.prepend(own, elements);
  else if (elements.length > 0) request.put('messages', `[${elements.join(',')}]`);
  request.fill({ model: parameters.model });
};

function insertSystem(request: PromptedRequest, blocks: readonly string[]): void {
  if (blocks.length === 0) return;
  const own = request.place('system');
  const kind = own && request.kind(own);
  // Empty text blocks are refused there.
  if (own === undefined || request.text(own) === '""') request.put('system', `[${blocks.join(',')}]`);
  else if (kind === 'array') request.prepend(own, blocks);
  else if (kind === 'string') request.wrap(own, `[${blocks.join(',')},{"type":"text","text":`, '}]');
  else throw invalid('system', '"system" must be text or a list of text blocks');
}
