import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../app/session.ts';
import { useSession } from '../../app/session-context.ts';

/** One tiny real call. Its outcome is kept, so that going back a step does not pay for another. */
function providerTest(client: Session['client'], id: string) {
  return {
    queryKey: ['provider-test', id],
    queryFn: () => client.providers.test({ id }),
    retry: false,
  };
}

/** What the last try of this provider said; it runs only when somebody asks for it. */
export function useProviderTest(id: string) {
  const { client } = useSession();
  return useQuery({ ...providerTest(client, id), enabled: false });
}

export function useRunProviderTest(): (id: string) => void {
  const { client } = useSession();
  const queries = useQueryClient();
  // Who shows the outcome shows the failure too: see useProviderTest.
  return (id) => void queries.prefetchQuery({ ...providerTest(client, id), staleTime: 0 });
}
