import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useApi, useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';

/** What a look around this machine finds, once when the page opens and whenever a person asks again. */
export function useProbe() {
  return useQuery(useApi().discovery.probe.queryOptions());
}

/** Switches the looking on or off, keeping everything else of the config as it is. */
export function useSwitchDiscovery(onDone: () => void) {
  const { client } = useSession();
  return useMutation({
    mutationFn: async (local: boolean) => {
      const current = await client.config.current();
      // The config as JSON is the config as YAML.
      return client.config.import({ yaml: JSON.stringify({ ...current, discovery: { local } }) });
    },
    onSuccess: onDone,
    onError: (error) => notifications.show({ color: 'red', title: 'Not changed', message: explainError(error) }),
  });
}
