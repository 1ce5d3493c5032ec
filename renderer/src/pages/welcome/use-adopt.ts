import { useMutation } from '@tanstack/react-query';
import { useSession } from '../../app/session-context.ts';
import { useLivePush } from '../../live/use-live-push.ts';
import { useRunProviderTest } from './use-provider-test.ts';

export type Keep = 'keychain' | 'environment';

/** Makes a provider of a key in the environment, then tries it. */
export function useAdopt() {
  const { client } = useSession();
  const push = useLivePush();
  const test = useRunProviderTest();
  return useMutation({
    mutationFn: (input: { variable: string; keep: Keep }) => client.setup.adopt(input),
    onSuccess: ({ provider }) => {
      push({ type: 'provider', provider });
      test(provider.id);
    },
  });
}
