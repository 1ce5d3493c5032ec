import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { ProviderConfig } from '../../../../proxy/contract/config.ts';
import { useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLivePush } from '../../live/use-live-push.ts';

export interface ProviderToSave {
  readonly config: ProviderConfig;
  /** Empty when the person gave none. */
  readonly secret: string;
}

/** Saves the provider, then its credential. A credential that cannot be stored leaves the provider saved, and says so. */
export function useSaveProvider(onDone: () => void) {
  const { client } = useSession();
  const push = useLivePush();
  return useMutation({
    mutationFn: async ({ config, secret }: ProviderToSave) => {
      push({ type: 'provider', provider: await client.providers.save(config) });
      if (secret === '') return undefined;
      try {
        push({ type: 'provider', provider: await client.credentials.set({ providerId: config.id, secret }) });
        return undefined;
      } catch (error) {
        return explainError(error);
      }
    },
    onSuccess: (credentialTrouble, { config }) => {
      if (credentialTrouble === undefined) {
        notifications.show({ color: 'green', message: `${config.id} is saved.` });
      } else {
        notifications.show({
          color: 'red',
          title: `${config.id} is saved, its credential is not`,
          message: credentialTrouble,
          autoClose: false,
        });
      }
      onDone();
    },
  });
}
