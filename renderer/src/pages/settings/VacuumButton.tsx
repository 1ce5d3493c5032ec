import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../app/session-context.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { formatBytes } from '../../format/bytes.ts';

/** Asks first: calls wait while the database is written anew. */
export function VacuumButton() {
  const api = useApi();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const vacuum = useMutation(
    api.maintenance.vacuum.mutationOptions({
      onSuccess: async ({ bytesBefore, bytesAfter }) => {
        setAsking(false);
        notifications.show({
          color: 'green',
          message:
            bytesAfter < bytesBefore
              ? `${formatBytes(bytesBefore - bytesAfter)} given back. The database has ${formatBytes(bytesAfter)}.`
              : `There was nothing to give back. The database has ${formatBytes(bytesAfter)}.`,
        });
        await queries.invalidateQueries({ queryKey: api.maintenance.database.key() });
      },
    }),
  );
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        Give space back
      </Button>
      <ConfirmDialog
        opened={asking}
        title="Write the database anew?"
        verb="Give space back"
        busy={vacuum.isPending}
        error={vacuum.error}
        onConfirm={() => vacuum.mutate(undefined)}
        onClose={() => {
          vacuum.reset();
          setAsking(false);
        }}
      >
        The space of deleted records goes back to the disk. Calls wait until it is done, some seconds for a large
        database. Nothing is lost.
      </ConfirmDialog>
    </>
  );
}
