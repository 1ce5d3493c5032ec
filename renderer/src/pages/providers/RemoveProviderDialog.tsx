import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import type { ProviderView } from '../../contract-views.ts';

interface RemoveProviderDialogProps {
  readonly provider: ProviderView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RemoveProviderDialog({ provider, opened, onClose }: RemoveProviderDialogProps) {
  const remove = useMutation(useApi().providers.remove.mutationOptions({ onSuccess: onClose }));
  return (
    <ConfirmDialog
      opened={opened}
      title={`Remove ${provider.id}?`}
      verb="Remove provider"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: provider.id })}
      onClose={() => {
        remove.reset();
        onClose();
      }}
    >
      Its models disappear from the gateway. What was already spent stays in the ledger.
    </ConfirmDialog>
  );
}
