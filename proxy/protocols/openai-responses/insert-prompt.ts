/**
 * A saved prompt in a response request. System text that leads it goes before the `instructions`, which are not repeated
 * in the conversation that `previous_response_id` continues; the rest goes before the input.
 */
import type { PromptMessage } from '../../contract/prompts.ts';
import { invalid } from '../json/request-body.ts';
import type { PromptedRequest } from '../saved-prompt/prompted-request.ts';
import { type InsertPrompt, isSystem } from '../saved-prompt/types.ts';

const BLANK_LINE = '\n\n';

export const insertPrompt: InsertPrompt = (request, { messages, parameters }) => {
  const leading = messages.findIndex((message) => !isSystem(message));
  const split = leading === -1 ? messages.length : leading;
  insertInstructions(request, messages.slice(0, split));
  insertInput(request, messages.slice(split));
  const { model, temperature, topP, maxTokens } = parameters;
  request.fill({ model, temperature, top_p: topP, max_output_tokens: maxTokens });
};

function insertInstructions(request: PromptedRequest, messages: readonly PromptMessage[]): void {
  if (messages.length === 0) return;
  const text = messages.map(({ content }) => content).join(BLANK_LINE);
  const own = request.place('instructions');
  if (own === undefined || request.text(own) === '""') {
    request.put('instructions', JSON.stringify(text));
    return;
  }
  if (request.kind(own) !== 'string') throw invalid('instructions', '"instructions" must be a string');
  request.insert(own.start + 1, JSON.stringify(text + BLANK_LINE).slice(1, -1));
}

function insertInput(request: PromptedRequest, messages: readonly PromptMessage[]): void {
  if (messages.length === 0) return;
  const items = messages.map(({ role, content }) => JSON.stringify({ role, content }));
  const own = request.place('input');
  const kind = own && request.kind(own);
  if (own === undefined) request.put('input', `[${items.join(',')}]`);
  else if (kind === 'array') request.prepend(own, items);
  else if (kind === 'string') request.wrap(own, `[${items.join(',')},{"role":"user","content":`, '}]');
  else throw invalid('input', '"input" must be a string or a list of items');
}
