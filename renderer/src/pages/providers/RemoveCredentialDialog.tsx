import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import type { ProviderView } from '../../contract-views.ts';
import { useLivePush } from '../../live/use-live-push.ts';

interface RemoveCredentialDialogProps {
  readonly provider: ProviderView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RemoveCredentialDialog({ provider, opened, onClose }: RemoveCredentialDialogProps) {
  const push = useLivePush();
  const remove = useMutation(
    useApi().credentials.remove.mutationOptions({
      onSuccess: (changed) => {
        push({ type: 'provider', provider: changed });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      title={`Remove the credential for ${provider.id}?`}
      verb="Remove credential"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ providerId: provider.id })}
      onClose={() => {
        remove.reset();
        onClose();
      }}
    >
      Gatehouse deletes it from where it is kept. Calls to {provider.id} fail until you add another. The account at the
      provider is not touched.
    </ConfirmDialog>
  );
}
