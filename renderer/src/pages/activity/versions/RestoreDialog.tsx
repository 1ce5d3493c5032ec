import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../app/session-context.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { explainError } from '../../../format/explain-error.ts';
import { ConfigDiffView } from './ConfigDiffView.tsx';
import { useVersionYaml } from './use-versions.ts';

interface RestoreDialogProps {
  /** The version to go back to; undefined: closed. */
  readonly number: number | undefined;
  readonly present: number;
  readonly onClose: () => void;
}

/** Shows what would change before it does. */
export function RestoreDialog({ number, present, onClose }: RestoreDialogProps) {
  return (
    <Modal
      opened={number !== undefined}
      onClose={onClose}
      title={number === undefined ? '' : `Go back to version ${number}?`}
      size="lg"
    >
      {number !== undefined && <Restore number={number} present={present} onClose={onClose} />}
    </Modal>
  );
}

interface RestoreProps {
  readonly number: number;
  readonly present: number;
  readonly onClose: () => void;
}

function Restore({ number, present, onClose }: RestoreProps) {
  const api = useApi();
  const queries = useQueryClient();
  const now = useVersionYaml(present);
  const then = useVersionYaml(number);
  const restore = useMutation(
    api.config.rollBack.mutationOptions({
      onSuccess: async ({ version }) => {
        notifications.show({ color: 'green', message: `Version ${number} is in use again, as version ${version}.` });
        onClose();
        await queries.invalidateQueries({ queryKey: api.config.key() });
      },
    }),
  );
  const failed = [now, then].find(({ isError, data }) => isError && data === undefined);
  return (
    <Stack gap="md">
      <p>
        This would change as below. It is applied at once as a new version, and the present one stays in the list. Calls
        that are under way go on as they began.
      </p>
      {failed !== undefined && (
        <ErrorState what="the difference" error={failed.error} onRetry={() => void failed.refetch()} />
      )}
      {failed === undefined && (now.data === undefined || then.data === undefined) && (
        <Skeleton height={160} aria-busy="true" />
      )}
      {now.data !== undefined && then.data !== undefined && (
        <ConfigDiffView earlier={now.data.yaml} later={then.data.yaml} label={`Changes of going back to ${number}`} />
      )}
      {restore.isError && (
        <Notice tone="bad" urgent title="Nothing was changed">
          {explainError(restore.error)}
        </Notice>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          loading={restore.isPending}
          disabled={now.data === undefined || then.data === undefined}
          onClick={() => restore.mutate({ number })}
        >
          Restore version {number}
        </Button>
      </Group>
    </Stack>
  );
}
