/** The providers that the catalog covers: one entry each, and everything that is special about it in one place. */
import type { ProviderKind } from '../../proxy/contract/config.ts';
import type { Loose } from './reading.ts';

export interface CatalogProvider {
  readonly kind: ProviderKind;
  /** How each source calls it. */
  readonly litellm: readonly string[];
  readonly modelsDev: string;
  readonly genaiPrices: string;
  /** LiteLLM's key without its own prefix, i.e. the id that goes over the wire. */
  readonly wireId: (litellmId: string) => string;
  /** Why this entry is not in the catalog; undefined when it is. */
  readonly leaveOut: (id: string, entry: Loose) => string | undefined;
}

export const PROVIDERS: readonly CatalogProvider[] = [
  {
    kind: 'openai',
    litellm: ['openai'],
    modelsDev: 'openai',
    genaiPrices: 'openai',
    wireId: (id) => id,
    leaveOut: (id, entry) => {
      if (id.startsWith('ft:')) return 'a fine-tuned model has an id of its own';
      if (/audio/.test(id)) return 'audio tokens have prices of their own';
      if (/search/.test(id)) return 'each search is billed beside the tokens';
      return servesChat(entry) ? undefined : 'not on /v1/chat/completions';
    },
  },
];

function servesChat(entry: Loose): boolean {
  const endpoints = entry.supported_endpoints;
  return !Array.isArray(endpoints) || endpoints.includes('/v1/chat/completions');
}
