import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useApi, useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';

/** What a look around this machine finds, once when the page opens and whenever a person asks again. */
export function useProbe() {
  return useQuery(useApi().discovery.probe.queryOptions());
}

/** Switches the looking on or off. */
export function useSwitchDiscovery(onDone: () => void) {
  const { client } = useSession();
  return useMutation({
    mutationFn: (local: boolean) => client.settings.update({ discovery: { local } }),
    onSuccess: onDone,
    onError: (error) => notifications.show({ color: 'red', title: 'Not changed', message: explainError(error) }),
  });
}
