import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../app/session-context.ts';
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx';

interface RemovePromptDialogProps {
  readonly id: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RemovePromptDialog({ id, opened, onClose }: RemovePromptDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const remove = useMutation(
    api.prompts.remove.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.prompts.list.key() });
        notifications.show({ color: 'gray', message: `${id} is removed.` });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      title={`Remove ${id}?`}
      verb="Remove prompt"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id })}
      onClose={() => {
        remove.reset();
        onClose();
      }}
    >
      All its versions go, and requests that use it get the error <code>prompt_not_found</code>. It cannot be taken
      back.
    </ConfirmDialog>
  );
}
