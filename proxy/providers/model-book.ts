/**
 * The models of one provider: the catalog's and the config's, and behind them what its own list adds. A list adds facts
 * about a model (its context, its tools) only where nobody has them; it never changes a price.
 */
import type { ProviderConfig } from '../contract/config.ts';
import type { Price } from '../core/price.ts';
import { isOwnNetwork } from './base-url.ts';
import type { Kind } from './kinds/kind.ts';
import type { LiveModels } from './live-models.ts';
import type { ModelInfo } from './types.ts';

export interface ModelBookParts {
  readonly config: ProviderConfig;
  readonly baseUrl: string;
  readonly kind: Kind;
  readonly own: readonly ModelInfo[];
  readonly live: LiveModels;
}

export interface ModelBook {
  models(): readonly ModelInfo[];
  model(id: string): ModelInfo | undefined;
}

const FREE: Price = { inputNanoPerMTok: 0, outputNanoPerMTok: 0, cacheReadNanoPerMTok: 0 };

export function createModelBook({ config, baseUrl, kind, own, live }: ModelBookParts): ModelBook {
  const free = kind.ownHardware === true && isOwnNetwork(baseUrl);
  let readFrom: readonly ModelInfo[] | undefined;
  let all: readonly ModelInfo[] = own.map((model) => priced(model, free));
  let byId = new Map(all.map((model) => [model.id, model]));

  function refresh(): void {
    const listed = live.of(config, baseUrl);
    if (listed === readFrom || listed === undefined) return;
    readFrom = listed;
    const known = new Map(own.map((model) => [model.id, model]));
    for (const model of listed) known.set(model.id, { ...model, ...known.get(model.id) });
    all = [...known.values()].map((model) => priced(model, free));
    byId = new Map(all.map((model) => [model.id, model]));
  }

  return {
    models() {
      refresh();
      return all;
    },
    model(id) {
      refresh();
      // A model that was fetched since the list was read runs on the same hardware as the others.
      return byId.get(id) ?? (free && !isCloudName(id) ? priced({ id }, free) : undefined);
    },
  };
}

function priced(model: ModelInfo, free: boolean): ModelInfo {
  if (!free || model.price !== undefined || model.runsElsewhere === true) return model;
  return { ...model, price: FREE };
}

/** How Ollama names the models that it passes on to its cloud: `gpt-oss:120b-cloud`, `glm-4.6:cloud`. */
function isCloudName(id: string): boolean {
  return /[:-]cloud$/.test(id);
}
