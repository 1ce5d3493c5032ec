import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../app/session-context.ts';
import { explainError } from '../../../format/explain-error.ts';

/** Lets an endpoint, or a provider with all its endpoints and its credential, take calls again at once. */
export function useReset() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.routing.reset.mutationOptions({
      onSuccess: async (_, { id }) => {
        await queries.invalidateQueries({ queryKey: api.routing.breakers.key() });
        notifications.show({ color: 'green', message: `${id} takes calls again.` });
      },
      onError: (error) => notifications.show({ color: 'red', title: 'Not reset', message: explainError(error) }),
    }),
  );
}

export type Reset = ReturnType<typeof useReset>;
