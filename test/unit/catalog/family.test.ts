import { expect, test } from 'vitest';
import { familyOf } from '../../../scripts/catalog/family.ts';

test.each([
  ['groq', 'llama-3.3-70b-versatile', 'llama-3.3-70b'],
  ['together', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', 'llama-3.3-70b'],
  ['together', 'meta-llama/Llama-3.3-70B-Instruct-Turbo-Free', 'llama-3.3-70b'],
  ['deepinfra', 'meta-llama/Llama-3.3-70B-Instruct', 'llama-3.3-70b'],
  ['openrouter', 'meta-llama/llama-3.3-70b-instruct:free', 'llama-3.3-70b'],
  ['bedrock', 'us.meta.llama3-3-70b-instruct-v1:0', 'llama-3.3-70b'],
  ['groq', 'meta-llama/llama-4-maverick-17b-128e-instruct', 'llama-4-maverick'],
  ['bedrock', 'meta.llama4-maverick-17b-instruct-v1:0', 'llama-4-maverick'],
  ['anthropic', 'claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
  ['bedrock', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
  ['openrouter', 'anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5'],
  ['deepinfra', 'anthropic/claude-4-opus', 'claude-opus-4'],
  ['openai', 'gpt-4o-2024-08-06', 'gpt-4o'],
  ['openai', 'gpt-4-turbo', 'gpt-4-turbo'],
  ['bedrock', 'openai.gpt-oss-120b-1:0', 'gpt-oss-120b'],
  ['deepinfra', 'Qwen/Qwen3-235B-A22B-Instruct-2507', 'qwen3-235b-a22b-2507'],
  ['deepinfra', 'Qwen/Qwen3-235B-A22B-Thinking-2507', 'qwen3-235b-a22b-thinking-2507'],
  ['openrouter', 'qwen/qwen-2.5-7b-instruct', 'qwen2.5-7b'],
  ['deepinfra', 'mistralai/Mistral-Small-3.2-24B-Instruct-2506', 'mistral-small-2506'],
  ['bedrock', 'amazon.titan-embed-text-v1', 'titan-embed-text-v1'],
  ['bedrock', 'amazon.titan-embed-text-v2:0', 'titan-embed-text-v2'],
  ['bedrock', 'anthropic.claude-v2:1', 'claude-2-1'],
  ['bedrock', 'nvidia.nemotron-nano-9b-v2', 'nemotron-nano-9b-v2'],
  ['bedrock', 'deepseek.r1-v1:0', 'deepseek-r1'],
  ['openrouter', 'openrouter/auto', undefined],
  ['openrouter', '~anthropic/claude-sonnet-latest', undefined],
] as const)('%s %s is of the family %s', (kind, id, family) => {
  expect(familyOf(kind, id)).toBe(family);
});
