import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { CapBar } from '../../components/CapBar.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { AccessKeyView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { receiptFacts } from './receipt-facts.tsx';

interface ReceiptDialogProps {
  readonly access: AccessKeyView | undefined;
  readonly onClose: () => void;
}

/** What a run has spent, from the ledger; and the way to end it. */
export function ReceiptDialog({ access, onClose }: ReceiptDialogProps) {
  return (
    <Modal opened={access !== undefined} onClose={onClose} title={`Receipt of ${access?.id ?? ''}`}>
      {access !== undefined && <Receipt id={access.id} />}
    </Modal>
  );
}

function Receipt({ id }: { readonly id: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const query = useQuery({ ...api.runs.receipt.queryOptions({ input: { id } }), staleTime: 0 });
  const end = useMutation(
    api.runs.end.mutationOptions({
      onSuccess: async (receipt) => {
        queries.setQueryData(api.runs.receipt.queryKey({ input: { id } }), receipt);
        await queries.invalidateQueries({ queryKey: api.accessKeys.list.key() });
      },
    }),
  );
  if (query.isError) {
    return <ErrorState what="the receipt" error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) return <Skeleton height={220} aria-busy="true" />;
  const receipt = query.data;
  return (
    <Stack gap="md">
      <Facts facts={receiptFacts(receipt)} />
      <CapBar budget={receipt.budget} />
      {end.isError && (
        <Notice tone="bad" urgent title="Not ended">
          {explainError(end.error)}
        </Notice>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          Look again
        </Button>
        {receipt.endedAtMs === undefined && (
          <Button loading={end.isPending} onClick={() => end.mutate({ id })}>
            End the run
          </Button>
        )}
      </Group>
    </Stack>
  );
}
