/** Everything a lane can ask: `auto` and its modes, the config's own names, and every model that chats. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../../app/session-context.ts';
import type { ModelView } from '../../../contract-views.ts';
import { priceWords } from './price-words.ts';
import { AUTO_VALUES, autoWords } from './target-words.ts';

export interface TargetGroup {
  readonly group: string;
  readonly items: readonly string[];
}

export interface Targets {
  readonly groups: readonly TargetGroup[];
  /** One line under a name. */
  readonly detailOf: (value: string) => string | undefined;
  readonly model: (value: string) => ModelView | undefined;
  /** What a lane asks that has no model yet. */
  readonly first: string | undefined;
  readonly has: (value: string) => boolean;
}

export function useTargets() {
  const api = useApi();
  const models = useQuery(api.models.list.queryOptions());
  const config = useQuery(api.config.current.queryOptions());
  const targets = useMemo(() => {
    // Without the config its names would be missing, and a lane that asks one of them would lose it.
    if (models.data === undefined || config.isPending) return undefined;
    const own = [
      ...(config.data?.virtualModels.map(({ id }) => id) ?? []),
      ...(config.data?.routing.splits?.map(({ model }) => model) ?? []),
    ];
    return makeTargets(models.data, [...new Set(own)]);
  }, [models.data, config.data, config.isPending]);
  return { models, targets };
}

function makeTargets(all: readonly ModelView[], own: readonly string[]): Targets {
  const models = all.filter(({ purpose }) => purpose === undefined || purpose === 'chat');
  const byId = new Map(models.map((model) => [model.id, model]));
  const providers = [...new Set(models.map(({ provider }) => provider))];
  const groups = [
    { group: 'Let Gatehouse choose', items: AUTO_VALUES },
    { group: 'Names of your own', items: own.filter((name) => !byId.has(name) && !AUTO_VALUES.includes(name)) },
    ...providers.map((provider) => ({
      group: provider,
      items: models.filter((model) => model.provider === provider).map(({ id }) => id),
    })),
  ].filter(({ items }) => items.length > 0);
  const values = new Set(groups.flatMap(({ items }) => items));
  return {
    groups,
    model: (value) => byId.get(value),
    first: models[0]?.id,
    has: (value) => values.has(value),
    detailOf: (value) => {
      const model = byId.get(value);
      if (model !== undefined) return model.description ?? priceWords(model);
      return AUTO_VALUES.includes(value) ? autoWords(value) : 'Your routing decides';
    },
  };
}
