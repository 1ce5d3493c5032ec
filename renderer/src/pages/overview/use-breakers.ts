import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../../app/session-context.ts';
import { useLive } from '../../live/use-live.ts';

const RESTING_MS = 5_000;

/** The breakers, asked for again when the feed says that a provider changed. Undefined until they are known. */
export function useBreakers() {
  const api = useApi();
  const queries = useQueryClient();
  const providers = useLive((live) => live.providers);
  const breakers = useQuery({
    ...api.routing.breakers.queryOptions({ refetchOnMount: 'always' }),
    // A rest ends by itself, which no event tells. Nothing is asked once none is left.
    refetchInterval: ({ state }) => (state.data?.breakers.some(isOpen) === true ? RESTING_MS : false),
  });
  useEffect(() => {
    if (providers !== undefined) void queries.invalidateQueries({ queryKey: api.routing.breakers.key() });
  }, [providers, queries, api]);
  return breakers.data;
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'open';
}
