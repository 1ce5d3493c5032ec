import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { useLive } from '../../live/use-live.ts';
import type { ScopeKind } from './scope-words.ts';

/** Names that are known here, to choose from; any other can be typed. */
export function useScopeNames(kind: ScopeKind): readonly string[] {
  const api = useApi();
  const keys = useQuery({ ...api.accessKeys.list.queryOptions(), enabled: kind === 'key' || kind === 'project' });
  const models = useQuery({ ...api.models.list.queryOptions(), enabled: kind === 'model' });
  const requests = useLive((live) => live.requests) ?? [];
  const providers = useLive((live) => live.providers) ?? [];
  const working =
    keys.data?.filter(({ revokedAtMs, ephemeral }) => revokedAtMs === undefined && ephemeral !== true) ?? [];
  switch (kind) {
    case 'global':
      return [];
    case 'key':
      return distinct(working.map(({ id }) => id));
    case 'project':
      return distinct([...working.map(({ project }) => project), ...requests.map(({ project }) => project)]);
    case 'client':
      return distinct(requests.map(({ client }) => client));
    case 'provider':
      return distinct(providers.map(({ id }) => id));
    case 'model':
      return distinct(models.data?.map(({ id }) => id) ?? []);
    default:
      return kind satisfies never;
  }
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
