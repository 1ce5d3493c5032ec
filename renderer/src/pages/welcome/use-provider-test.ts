import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../app/session.ts';
import { useApi, useSession } from '../../app/session-context.ts';

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

/** For after a credential was stored, and for whoever asks again. */
export function useRunProviderTest(): (id: string) => void {
  const { client } = useSession();
  const api = useApi();
  const queries = useQueryClient();
  return (id) => {
    // Who shows the outcome shows the failure too: see useProviderTest.
    void queries.prefetchQuery({ ...providerTest(client, id), staleTime: 0 });
    // Which keys of the environment are in use may have changed with the credential.
    void queries.invalidateQueries({ queryKey: api.setup.key() });
  };
}
