import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';
import { formatCount } from '../../format/tokens.ts';

/** Asks a provider which models it lists now; the answer comes as a notification. */
export function useRefreshModels() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.providers.refreshModels.mutationOptions({
      onSuccess: ({ listed, added }, { id }) => {
        void queries.invalidateQueries({ queryKey: api.models.list.key() });
        const models = `${formatCount(listed)} ${listed === 1 ? 'model' : 'models'}`;
        const news = added === 0 ? 'none of them new' : `${formatCount(added)} that the catalog does not know`;
        notifications.show({ color: 'green', message: `${id} lists ${models}, ${news}.` });
      },
      onError: (error, { id }) =>
        notifications.show({
          color: 'red',
          title: `${id} does not list its models`,
          message: explainError(error),
          autoClose: 12_000,
        }),
    }),
  );
}
