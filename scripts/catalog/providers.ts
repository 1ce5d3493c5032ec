/** The providers that the catalog covers: one entry each, and everything that is special about it in one place. */
import type { Purpose } from '../../proxy/catalog/catalog-model.ts';
import type { ProviderKind } from '../../proxy/contract/config.ts';
import type { Loose, SourceName } from './reading.ts';

export interface Candidate {
  readonly id: string;
  readonly purpose: Purpose;
  /** LiteLLM's entry, if it has one. */
  readonly litellm: Loose | undefined;
}

export interface CatalogProvider {
  readonly kind: ProviderKind;
  /** How each source calls it. */
  readonly litellm: readonly string[];
  readonly modelsDev: string;
  readonly genaiPrices?: string;
  /** The source that is this provider's own list: it alone says which models there are, and it wins. */
  readonly own?: SourceName;
  /** What LiteLLM puts before the id that goes over the wire. */
  readonly prefix?: string;
  /** Why this one is not in the catalog; undefined when it is. Beside the reasons that hold everywhere. */
  readonly leaveOut?: (candidate: Candidate) => string | undefined;
}

export const PROVIDERS: readonly CatalogProvider[] = [
  {
    kind: 'openai',
    litellm: ['openai', 'text-completion-openai'],
    modelsDev: 'openai',
    genaiPrices: 'openai',
    leaveOut: ({ id }) => {
      if (id.startsWith('ft:')) return 'a fine-tuned model has an id of its own';
      if (/search|deep-research/.test(id)) return 'each search is billed beside the tokens';
      if (/image/.test(id)) return 'draws, and is not for conversation';
      if (/^(openai\/)?container$/.test(id)) return 'no model';
      return undefined;
    },
  },
  { kind: 'anthropic', litellm: ['anthropic'], modelsDev: 'anthropic', genaiPrices: 'anthropic' },
  {
    kind: 'google',
    litellm: ['gemini'],
    modelsDev: 'google',
    genaiPrices: 'google',
    prefix: 'gemini/',
    leaveOut: ({ id, purpose }) => {
      if (/deep-research|computer-use|robotics|omni/.test(id)) return 'an agent or a device, not a chat model';
      // LiteLLM lists a chat model of another age among the embeddings.
      return purpose === 'embedding' && !id.includes('embedding') ? 'no embedding model' : undefined;
    },
  },
  {
    kind: 'bedrock',
    litellm: ['bedrock', 'bedrock_converse'],
    modelsDev: 'amazon-bedrock',
    genaiPrices: 'aws',
    leaveOut: ({ id }) => {
      if (id.includes('-month-commitment/')) return 'provisioned throughput is billed by the hour';
      if (id.startsWith('bedrock/')) return 'a price of one region, under no id of its own';
      if (id.startsWith('us-gov.')) return 'a price of one region, under no id of its own';
      if (id.includes('@') || id.startsWith('claude-')) return 'not an id of Bedrock';
      if (/marengo|pegasus|sonic/.test(id)) return 'video or audio in, billed by the second';
      return undefined;
    },
  },
  { kind: 'groq', litellm: ['groq'], modelsDev: 'groq', genaiPrices: 'groq', prefix: 'groq/' },
  {
    kind: 'together',
    litellm: ['together_ai'],
    modelsDev: 'togetherai',
    genaiPrices: 'together',
    prefix: 'together_ai/',
    leaveOut: ({ id }) => {
      if (/^together-ai-/.test(id)) return 'a price band, no model';
      return id.startsWith('baai/') ? 'listed twice' : undefined;
    },
  },
  { kind: 'xai', litellm: ['xai'], modelsDev: 'xai', genaiPrices: 'x-ai', prefix: 'xai/' },
  { kind: 'mistral', litellm: ['mistral'], modelsDev: 'mistral', genaiPrices: 'mistral', prefix: 'mistral/' },
  { kind: 'deepinfra', litellm: ['deepinfra'], modelsDev: 'deepinfra', prefix: 'deepinfra/' },
  {
    kind: 'openrouter',
    litellm: ['openrouter'],
    modelsDev: 'openrouter',
    genaiPrices: 'openrouter',
    own: 'openrouter',
    prefix: 'openrouter/',
  },
];
