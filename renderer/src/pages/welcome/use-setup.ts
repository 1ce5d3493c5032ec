import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SetupChange } from '../../../../proxy/contract/setup.ts';
import { useApi, useSession } from '../../app/session-context.ts';
import type { SetupView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { withChange } from './with-change.ts';

const MUTATION = ['setup'];

/** The guided start: where the person is in it, and the keys of the environment. */
export function useSetup() {
  return useQuery(useApi().setup.get.queryOptions());
}

/**
 * Remembers where the person is. The page goes on at once, with what it will be: whoever skips the guide must not be led
 * back into it because the answer is still under way.
 */
export function useSaveSetup() {
  const { client } = useSession();
  const queries = useQueryClient();
  const { queryKey } = useApi().setup.get.queryOptions();
  return useMutation({
    mutationKey: MUTATION,
    // One after the other, as the person went.
    scope: { id: 'setup' },
    mutationFn: (change: SetupChange) => client.setup.save(change),
    onMutate: (change) => {
      void queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, (before: SetupView | undefined) => before && withChange(before, change));
    },
    onSuccess: (saved) => {
      // A later change is ahead of this answer.
      if (queries.isMutating({ mutationKey: MUTATION }) === 1) queries.setQueryData(queryKey, saved);
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Your place was not kept', message: explainError(error) }),
  });
}
