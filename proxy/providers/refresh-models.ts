/** Keeps the providers' own lists of models: asked for when a person wants it, at save, and at start for local servers. */
import { GatehouseError } from '../core/errors.ts';
import { KINDS } from './kinds.ts';
import type { LiveModels } from './live-models.ts';
import type { Provider } from './types.ts';

export interface RefresherParts {
  readonly providers: () => ReadonlyMap<string, Provider>;
  /** Rejects when the credential is not to be had. */
  readonly secretOf: (provider: Provider) => Promise<string | undefined>;
  readonly live: LiveModels;
  readonly onRefreshed: (providerId: string) => void;
  /** Of a refresh that nobody waits for. */
  readonly onFailure: (providerId: string, error: unknown) => void;
}

export interface Refreshed {
  /** As the provider lists them. */
  readonly listed: number;
  /** Of these, how many neither the catalog nor the config nor an earlier list knew. */
  readonly added: number;
}

export interface ModelRefresher {
  /** Rejects with GatehouseError; an earlier list stays then. Whoever asks while a look-up of it runs shares that. */
  refresh(providerId: string): Promise<Refreshed>;
  /** The same without an audience: nothing happens where a provider is off or has no list. Never rejects. */
  refreshQuietly(providerId: string): Promise<void>;
  /** The enabled providers that run on the person's hardware. Never rejects. */
  refreshLocal(): Promise<void>;
  close(): void;
}

export function createModelRefresher(parts: RefresherParts): ModelRefresher {
  const closing = new AbortController();
  const running = new Map<string, Promise<Refreshed>>();

  async function ask(provider: Provider): Promise<Refreshed> {
    const { listModels, config, baseUrl } = provider;
    if (listModels === undefined) {
      throw new GatehouseError(
        'invalid_request',
        `${KINDS[config.kind].label} has no list of models that can be asked for`,
      );
    }
    const models = await listModels(await parts.secretOf(provider), closing.signal);
    const before = new Set(provider.models().map((model) => model.id));
    parts.live.set(config, baseUrl, models);
    parts.onRefreshed(config.id);
    return { listed: models.length, added: models.filter((model) => !before.has(model.id)).length };
  }

  async function refresh(providerId: string): Promise<Refreshed> {
    const provider = parts.providers().get(providerId);
    if (provider === undefined) throw new GatehouseError('invalid_request', `there is no provider "${providerId}"`);
    const key = `${providerId} ${provider.baseUrl}`;
    const shared = running.get(key);
    if (shared !== undefined) return shared;
    const asked = ask(provider).finally(() => running.delete(key));
    running.set(key, asked);
    return asked;
  }

  async function refreshQuietly(providerId: string): Promise<void> {
    const provider = parts.providers().get(providerId);
    if (provider?.listModels === undefined || !provider.config.enabled) return;
    try {
      await refresh(providerId);
    } catch (error) {
      parts.onFailure(providerId, error);
    }
  }

  return {
    refresh,
    refreshQuietly,
    async refreshLocal() {
      const local = [...parts.providers().values()].filter(({ config }) => KINDS[config.kind].ownHardware === true);
      await Promise.all(local.map(({ config }) => refreshQuietly(config.id)));
    },
    close: () => closing.abort(),
  };
}
