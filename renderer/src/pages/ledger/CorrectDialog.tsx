import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LedgerDifference } from '../../../../proxy/contract/ledger-desk.ts';
import { Notice } from '../../components/Notice.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { explainError } from '../../format/explain-error.ts';
import { formatNanoExactly } from '../../format/money.ts';
import { formatCount } from '../../format/tokens.ts';
import classes from './CorrectDialog.module.css';
import { correctionSubject } from './difference-words.ts';
import type { Reconciliation } from './use-reconciliation.ts';

const REASON_CHARS_MAX = 500;

interface CorrectDialogProps {
  readonly differences: readonly LedgerDifference[];
  readonly reconciliation: Reconciliation;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Corrections are entries that stay: they are shown one by one, with a reason asked, before any is written. */
export function CorrectDialog(props: CorrectDialogProps) {
  const close = () => {
    props.reconciliation.run.reset();
    props.onClose();
  };
  return (
    <Modal opened={props.opened} onClose={close} title="Correct the books?" size={560}>
      <CorrectForm {...props} onClose={close} />
    </Modal>
  );
}

function CorrectForm({ differences, reconciliation, onClose }: CorrectDialogProps) {
  const { run, correct } = reconciliation;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!missing) correct(reason.trim(), onClose);
  };
  const count = differences.length;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>
          {count === 1
            ? 'This entry is added to the ledger, so that it agrees with the provider. It cannot be taken back; no earlier entry changes.'
            : `These ${formatCount(count)} entries are added to the ledger, so that it agrees with the provider. They cannot be taken back; no earlier entry changes.`}{' '}
          The books are compared once more first, and what is found then is written.
        </p>
        <ScrollRegion className={classes.scroller} aria-label="Corrections to write">
          <ul className={classes.rows}>
            {differences.map((difference) => (
              <li key={difference.correction?.id} className={classes.item}>
                <span className={classes.what}>{correctionSubject(difference)}</span>
                <span className="mono num">{signed(difference.correction?.amountNano)}</span>
              </li>
            ))}
          </ul>
        </ScrollRegion>
        <TextInput
          label="Reason"
          description="Written beside every one of them."
          placeholder="Bill of November"
          maxLength={REASON_CHARS_MAX}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried && missing ? 'Say why; it stays in the ledger' : undefined}
          autoComplete="off"
          data-autofocus
        />
        {run.isError && (
          <Notice tone="bad" urgent title="The corrections could not be written">
            {explainError(run.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red.9" loading={run.isPending}>
            {count === 1 ? 'Write 1 correction' : `Write ${formatCount(count)} corrections`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function signed(nano: number | undefined): string {
  return `${nano !== undefined && nano > 0 ? '+' : ''}${formatNanoExactly(nano)}`;
}
