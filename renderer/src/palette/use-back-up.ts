import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import { explainError } from '../format/explain-error.ts';

/** A checked copy of the database in its usual place; how it went comes as a notification. */
export function useBackUp(): () => void {
  const api = useApi();
  const queries = useQueryClient();
  const backUp = useMutation(
    api.maintenance.backup.mutationOptions({
      onSuccess: async ({ path, ledgerOk }) => {
        notifications.show({
          color: ledgerOk ? 'green' : 'yellow',
          title: ledgerOk ? 'Backed up' : 'Backed up, but the books do not add up',
          message: ledgerOk ? path : `${path}. Verify the ledger to see what differs.`,
          autoClose: 12_000,
        });
        await queries.invalidateQueries({ queryKey: api.maintenance.database.key() });
      },
      onError: (error) =>
        notifications.show({ color: 'red', title: 'Not backed up', message: explainError(error), autoClose: 12_000 }),
    }),
  );
  return () => backUp.mutate({});
}
