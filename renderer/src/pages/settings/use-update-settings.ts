import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';

/** Saves a part of the settings; a change that waits for a restart says so. */
export function useUpdateSettings(saved: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.settings.update.mutationOptions({
      onSuccess: ({ settings, restartNeeded }) => {
        queries.setQueryData(api.settings.get.queryKey(), settings);
        notifications.show({
          color: restartNeeded ? 'yellow' : 'green',
          message: restartNeeded ? `${saved} It takes effect when the gateway restarts.` : saved,
          autoClose: restartNeeded ? 10_000 : 4000,
        });
      },
    }),
  );
}
