import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SetupChange } from '../../../../proxy/contract/setup.ts';
import { useApi, useSession } from '../../app/session-context.ts';

/** The guided start: where the person is in it, and the keys of the environment. */
export function useSetup() {
  return useQuery(useApi().setup.get.queryOptions());
}

/** Remembers where the person is. The page goes on at once; what could not be remembered costs only the way back. */
export function useSaveSetup() {
  const { client } = useSession();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: SetupChange) => client.setup.save(change),
    onSuccess: (saved) => queries.setQueryData(api.setup.get.queryKey(), saved),
  });
}
