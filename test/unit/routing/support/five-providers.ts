/** Five providers with models of all tiers, two families at more than one of them. */
import { model, provider } from './fixtures.ts';

export const STANDARD = { tier: 'standard', purpose: 'chat' } as const;
export const OPENAI = provider('openai', {
  models: [
    model('gpt-4o', [2.5, 10, 1.25], { ...STANDARD, family: 'gpt-4o', contextTokens: 128_000 }),
    model('gpt-4o-mini', [0.15, 0.6], { tier: 'economy', contextTokens: 128_000 }),
    model('o1-pro', [150, 600], { tier: 'premium', contextTokens: 200_000 }),
  ],
});
export const ANTHROPIC = provider('anthropic', {
  protocols: ['anthropic-messages'],
  models: [
    model('claude-sonnet', [3, 15, 0.3], { ...STANDARD, family: 'claude-sonnet', contextTokens: 200_000 }),
    model('claude-opus', [15, 75], { tier: 'premium', family: 'claude-opus', contextTokens: 200_000 }),
  ],
});
const GROQ = provider('groq', {
  models: [
    model('llama-8b', [0.6, 0.8], { tier: 'economy', family: 'llama' }),
    model('tiny', [0.05, 0.08], { tier: 'economy' }),
  ],
});
const TOGETHER = provider('together', {
  models: [model('meta/llama', [0.9, 0.9], { tier: 'economy', family: 'llama' })],
});
export const ROUTER = provider('openrouter', {
  models: [
    model('openai/gpt-4o', [2.5, 10], { ...STANDARD, family: 'gpt-4o' }),
    model('gpt-4o', [2.6, 10], { ...STANDARD, family: 'gpt-4o' }),
  ],
});
export const ALL = [OPENAI, ANTHROPIC, GROQ, TOGETHER, ROUTER];
