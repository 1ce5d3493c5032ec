/** What a provider's `credential` setting points at. */
import type { ProviderConfig, ProviderKind } from '../contract/config.ts';
import { assert } from '../core/assert.ts';
import { isLoopbackName } from '../core/loopback.ts';

export type CredentialReference =
  | { readonly source: 'none' }
  | { readonly source: 'environment'; readonly variable: string }
  | { readonly source: 'file'; readonly path: string }
  | {
      readonly source: 'store';
      readonly account: string;
      /** A provider that works without a credential: nothing stored is no failure. */
      readonly optional: boolean;
    };

const KINDS_WITHOUT_KEYS: ReadonlySet<ProviderKind> = new Set(['simulator', 'ollama', 'lmstudio']);
const KINDS_BY_ADDRESS: ReadonlySet<ProviderKind> = new Set(['openai-compatible', 'anthropic-compatible']);

/** A config is immutable, so each provider is read once and not at every request. */
const known = new WeakMap<ProviderConfig, CredentialReference>();

/** Reads `credential`; left out it means the store, under the provider's own id. */
export function credentialReference(provider: ProviderConfig): CredentialReference {
  const earlier = known.get(provider);
  if (earlier !== undefined) return earlier;
  const reference = read(provider);
  known.set(provider, reference);
  return reference;
}

function read(provider: ProviderConfig): CredentialReference {
  const written = provider.credential;
  if (written === undefined) return { source: 'store', account: provider.id, optional: worksWithoutKey(provider) };
  if (written === 'none') return { source: 'none' };
  const colon = written.indexOf(':');
  const scheme = written.slice(0, colon);
  const rest = written.slice(colon + 1);
  if (scheme === 'env') return { source: 'environment', variable: rest };
  if (scheme === 'file') return { source: 'file', path: rest };
  assert(scheme === 'keychain', 'a credential reference that the config schema let through is unknown');
  return { source: 'store', account: rest, optional: false };
}

/** The simulator and local model servers need no key; a server on this machine may need one, and gets it when set. */
function worksWithoutKey(provider: ProviderConfig): boolean {
  if (KINDS_WITHOUT_KEYS.has(provider.kind)) return true;
  if (!KINDS_BY_ADDRESS.has(provider.kind) || provider.baseUrl === undefined) return false;
  return URL.canParse(provider.baseUrl) && isLoopbackName(new URL(provider.baseUrl).hostname);
}
