/** The closed sets of words a config may use. */
import { z } from 'zod';

export const PROVIDER_KINDS = [
  'openai',
  'anthropic',
  'google',
  'bedrock',
  'groq',
  'together',
  'xai',
  'mistral',
  'deepinfra',
  'openrouter',
  'ollama',
  'lmstudio',
  'openai-compatible',
  'anthropic-compatible',
  'simulator',
] as const;
export const providerKind = z.enum(PROVIDER_KINDS);
export type ProviderKind = z.infer<typeof providerKind>;

/** What the simulator can be told to speak, so that everything can be tried against a provider of each protocol. */
export const simulatorProtocol = z.enum([
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'bedrock-converse',
]);

export const tier = z.enum(['economy', 'standard', 'premium']);
export type Tier = z.infer<typeof tier>;
export const mode = z.enum(['cheap', 'quality', 'latency', 'privacy', 'code']);
export type Mode = z.infer<typeof mode>;
export const budgetWindow = z.enum(['hour', 'day', 'week', 'month', 'total']);
export type BudgetWindow = z.infer<typeof budgetWindow>;
export const onLimit = z.enum(['block', 'clamp', 'downgrade', 'ask']);

const envRefPattern = /^env:[A-Za-z_][A-Za-z0-9_]*$/;
/** A secret never stands in a config: only the name of the variable that holds it. */
export const envRef = z.string().regex(envRefPattern, 'use env:<NAME>; a secret never stands in the config');
export const httpUrl = z.url({ protocol: /^https?$/, error: 'use an http:// or https:// address' });
