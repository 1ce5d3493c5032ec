import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { ProviderConfig } from '../../../../proxy/contract/config.ts';
import { useSession } from '../../app/session-context.ts';
import type { ProviderView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLivePush } from '../../live/use-live-push.ts';

/** Switches a provider on or off, keeping everything else of its config as it is. */
export function useToggleProvider(provider: ProviderView): () => void {
  const { client } = useSession();
  const push = useLivePush();
  const toggle = useMutation({
    mutationFn: async () => {
      const config = await client.config.current();
      const now = config.providers.find(({ id }) => id === provider.id) ?? foundHere(provider);
      if (now === undefined) throw new Error(`${provider.id} is not in the config any more.`);
      return client.providers.save({ ...now, enabled: !provider.enabled });
    },
    onSuccess: (saved) => push({ type: 'provider', provider: saved }),
    onError: (error) => notifications.show({ color: 'red', title: 'Not changed', message: explainError(error) }),
  });
  return () => toggle.mutate();
}

/** A server found on this machine is in no config; switching it off writes it into one. */
function foundHere(provider: ProviderView): ProviderConfig | undefined {
  if (provider.discovered !== true) return undefined;
  const { id, kind, baseUrl } = provider;
  return { id, kind, baseUrl, retention: 'provider-default', enabled: true, models: [] };
}
