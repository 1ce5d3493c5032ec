import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../app/session-context.ts';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { formatNano } from '../../format/money.ts';
import { numberTyped, type TypedNumber } from '../budgets/typed-number.ts';
import { createEntryIds, randomHex } from './entry-ids.ts';

const AMOUNT_USD_MAX = 1_000_000;
const REASON_CHARS_MAX = 500;

interface AddMoneyDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AddMoneyDialog({ opened, onClose }: AddMoneyDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add money to the wallet">
      <AddMoneyForm onClose={onClose} />
    </Modal>
  );
}

function AddMoneyForm({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const [amount, setAmount] = useState<TypedNumber>('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [idOf] = useState(() => createEntryIds(randomHex));
  const grant = useMutation(
    api.ledger.grant.mutationOptions({
      onSuccess: async ({ transfer, wallet }) => {
        queries.setQueryData(api.ledger.wallet.queryKey(), wallet);
        notifications.show({
          color: 'green',
          message: `${formatNano(transfer.amountNano)} added. The balance is ${formatNano(wallet.balanceNano)}.`,
        });
        onClose();
        await queries.invalidateQueries({ queryKey: api.ledger.adjustments.key() });
      },
    }),
  );
  const amountUsd = numberTyped(amount);
  const problems = {
    amount:
      amountUsd === undefined || amountUsd <= 0 || amountUsd > AMOUNT_USD_MAX
        ? 'More than $0, up to $1,000,000'
        : undefined,
    reason: reason.trim() === '' ? 'Say where it comes from; it stays in the ledger' : undefined,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (amountUsd === undefined || problems.amount !== undefined || problems.reason !== undefined) return;
    const content = { amountUsd, reason: reason.trim() };
    grant.mutate({ id: idOf(content), ...content });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <NumberInput
          label="Amount"
          prefix="$"
          min={0}
          max={AMOUNT_USD_MAX}
          decimalScale={9}
          value={amount}
          onChange={setAmount}
          error={tried ? problems.amount : undefined}
          hideControls
          data-autofocus
        />
        <TextInput
          label="Reason"
          description="Written beside the amount. A grant is never deleted."
          placeholder="Budget for November"
          maxLength={REASON_CHARS_MAX}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried ? problems.reason : undefined}
          autoComplete="off"
        />
        {grant.isError && (
          <Notice tone="bad" urgent title="Nothing was added">
            {explainError(grant.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={grant.isPending}>
            Add money
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
