/** Every kind of provider. The window, the registry and the command line read the same table. */
import type { ProviderConfig, ProviderKind } from '../contract/config.ts';
import { endpointOf } from './bedrock/region.ts';
import { anthropic } from './kinds/anthropic.ts';
import { anthropicCompatible } from './kinds/anthropic-compatible.ts';
import { bedrock } from './kinds/bedrock.ts';
import { deepinfra } from './kinds/deepinfra.ts';
import { google } from './kinds/google.ts';
import { groq } from './kinds/groq.ts';
import type { Kind } from './kinds/kind.ts';
import { lmstudio } from './kinds/lmstudio.ts';
import { mistral } from './kinds/mistral.ts';
import { ollama } from './kinds/ollama.ts';
import { openai } from './kinds/openai.ts';
import { openaiCompatible } from './kinds/openai-compatible.ts';
import { openrouter } from './kinds/openrouter.ts';
import { simulator } from './kinds/simulator.ts';
import { together } from './kinds/together.ts';
import { xai } from './kinds/xai.ts';

export const KINDS: Readonly<Record<ProviderKind, Kind>> = {
  openai,
  anthropic,
  google,
  bedrock,
  groq,
  together,
  xai,
  mistral,
  deepinfra,
  openrouter,
  ollama,
  lmstudio,
  'openai-compatible': openaiCompatible,
  'anthropic-compatible': anthropicCompatible,
  simulator,
};

/** Where a provider is: its own address, its region's, or its kind's. Undefined: none of them is said. */
export function baseUrlOf({ kind, baseUrl, region }: ProviderConfig): string | undefined {
  if (baseUrl !== undefined) return kind === 'anthropic-compatible' ? withVersion(baseUrl) : baseUrl;
  return region === undefined ? KINDS[kind].baseUrl : endpointOf(region);
}

/** Claude Code and its kin are pointed at the address without `/v1`, the SDKs of others at the one with it. */
function withVersion(baseUrl: string): string {
  return /\/v\d+\/?$/.test(baseUrl) ? baseUrl : `${baseUrl.replace(/\/+$/, '')}/v1`;
}
