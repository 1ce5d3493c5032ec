import { useMutation } from '@tanstack/react-query';
import { useSession } from '../../app/session-context.ts';
import { useLivePush } from '../../live/use-live-push.ts';
import { draftToConfig, type KindChoice, type ProviderDraft } from '../providers/provider-draft.ts';
import { useRunProviderTest } from './use-provider-test.ts';

interface NewCredential {
  readonly draft: ProviderDraft;
  readonly kind: KindChoice;
}

/** Adds the provider where it is not there yet, stores its credential, and tries it. */
export function useSaveCredential(onDone: () => void) {
  const { client, live } = useSession();
  const push = useLivePush();
  const test = useRunProviderTest();
  return useMutation({
    mutationFn: async ({ draft, kind }: NewCredential) => {
      const known = live.get().live?.providers.some(({ id }) => id === draft.id) === true;
      if (!known)
        push({ type: 'provider', provider: await client.providers.save(draftToConfig(draft, kind, undefined)) });
      const provider = await client.credentials.set({ providerId: draft.id, secret: draft.secret.trim() });
      push({ type: 'provider', provider });
      return provider.id;
    },
    onSuccess: (id) => {
      test(id);
      onDone();
    },
  });
}
