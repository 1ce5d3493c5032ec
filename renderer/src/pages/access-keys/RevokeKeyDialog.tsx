import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import type { AccessKeyView } from '../../contract-views.ts';

interface RevokeKeyDialogProps {
  readonly access: AccessKeyView | undefined;
  readonly onClose: () => void;
}

export function RevokeKeyDialog({ access, onClose }: RevokeKeyDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const revoke = useMutation(
    api.accessKeys.revoke.mutationOptions({
      onSuccess: async (key) => {
        await queries.invalidateQueries({ queryKey: api.accessKeys.list.key() });
        notifications.show({ color: 'gray', message: `${key.id} is revoked.` });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={access !== undefined}
      title={`Revoke ${access?.id ?? ''}?`}
      verb="Revoke key"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => access !== undefined && revoke.mutate({ id: access.id })}
      onClose={() => {
        revoke.reset();
        onClose();
      }}
    >
      Tools that use this key get the error <code>revoked_access_key</code> from now on. It cannot be taken back, but
      you can create another key.
    </ConfirmDialog>
  );
}
