/** A saved prompt in a chat completion: its messages stand before the request's, roles as they are. */
import { invalid } from '../json/request-body.ts';
import type { InsertPrompt } from '../saved-prompt/types.ts';

export const insertPrompt: InsertPrompt = (request, { messages, parameters }) => {
  const elements = messages.map(({ role, content }) => JSON.stringify({ role, content }));
  const own = request.place('messages');
  if (own === undefined) request.put('messages', `[${elements.join(',')}]`);
  else if (request.kind(own) === 'array') request.prepend(own, elements);
  else throw invalid('messages', '"messages" must be a list');
  const { model, temperature, topP, maxTokens } = parameters;
  request.fill({ model, temperature, top_p: topP });
  // Where a provider knows the older name only, the field is renamed for it like a client's.
  if (!request.has('max_tokens')) request.fill({ max_completion_tokens: maxTokens });
};
