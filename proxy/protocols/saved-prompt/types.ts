/** A saved prompt on its way into a request, and what each protocol offers to take it in. */
import type { PromptMessage, PromptParameters } from '../../contract/prompts.ts';
import type { PromptedRequest } from './prompted-request.ts';

export interface PromptContent {
  /** With their variables filled. */
  readonly messages: readonly PromptMessage[];
  readonly parameters: PromptParameters;
}

/**
 * Puts the messages before the request's own, in this protocol's shape, and the parameters where the request says nothing.
 * Throws GatehouseError invalid_request where the request's own field is not what the protocol has there.
 */
export type InsertPrompt = (request: PromptedRequest, prompt: PromptContent) => void;

export function isSystem({ role }: PromptMessage): boolean {
  return role === 'system' || role === 'developer';
}
