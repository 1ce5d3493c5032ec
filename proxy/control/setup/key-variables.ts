/** The variables under which people keep provider keys, as the providers' own documentation names them. */
import type { ProviderKind } from '../../contract/config.ts';

export interface KeyVariable {
  readonly name: string;
  readonly kind: ProviderKind;
  /** Where these are set, the key may belong to another server than the provider's own. */
  readonly addresses?: readonly string[];
}

export const KEY_VARIABLES: readonly KeyVariable[] = [
  { name: 'OPENAI_API_KEY', kind: 'openai', addresses: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'] },
  { name: 'ANTHROPIC_API_KEY', kind: 'anthropic', addresses: ['ANTHROPIC_BASE_URL'] },
  { name: 'GEMINI_API_KEY', kind: 'google', addresses: ['GOOGLE_GEMINI_BASE_URL'] },
  { name: 'GOOGLE_API_KEY', kind: 'google', addresses: ['GOOGLE_GEMINI_BASE_URL'] },
  { name: 'OPENROUTER_API_KEY', kind: 'openrouter' },
  { name: 'GROQ_API_KEY', kind: 'groq' },
  { name: 'XAI_API_KEY', kind: 'xai' },
  { name: 'MISTRAL_API_KEY', kind: 'mistral' },
  { name: 'TOGETHER_API_KEY', kind: 'together' },
  { name: 'DEEPINFRA_API_KEY', kind: 'deepinfra' },
  { name: 'AWS_BEARER_TOKEN_BEDROCK', kind: 'bedrock' },
];

/** AWS hands out a key in two or three parts. */
export const AWS_KEY = { id: 'AWS_ACCESS_KEY_ID', secret: 'AWS_SECRET_ACCESS_KEY', session: 'AWS_SESSION_TOKEN' };
export const AWS_REGIONS = ['AWS_REGION', 'AWS_DEFAULT_REGION'];
