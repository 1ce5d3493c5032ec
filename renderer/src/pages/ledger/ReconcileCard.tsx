import { Button, Group, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { ReconciliationReport } from '../../../../proxy/contract/ledger-desk.ts';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Status } from '../../components/Status.tsx';
import { explainError } from '../../format/explain-error.ts';
import { BillDialog } from './BillDialog.tsx';
import { checkedWords, openDifferences, openWords } from './difference-words.ts';
import classes from './ReconcileCard.module.css';
import type { Reconciliation } from './use-reconciliation.ts';

/** Whether the books agree with everything they can be held against, when that was looked at, and the way to look now. */
export function ReconcileCard({ reconciliation }: { readonly reconciliation: Reconciliation }) {
  const { last, run, start } = reconciliation;
  const [comparing, setComparing] = useState(false);
  return (
    <Card
      title="Reconciliation"
      aside={
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={run.isPending} onClick={() => setComparing(true)}>
            Compare a bill
          </Button>
          <Button size="xs" variant="default" loading={run.isPending && !comparing} onClick={() => start(undefined)}>
            Reconcile now
          </Button>
        </Group>
      }
    >
      <div role="status">
        {last.isError && (
          <ErrorState what="the last reconciliation" error={last.error} onRetry={() => void last.refetch()} />
        )}
        {last.isPending && <Skeleton height={42} aria-busy="true" />}
        {last.data === null && (
          <>
            <Status tone="idle">Not run yet</Status>
            <p className={classes.detail}>
              Holds the books against themselves, open calls, the records of requests and what providers say. Once a day
              it runs by itself.
            </p>
          </>
        )}
        {last.data != null && <LastRun report={last.data} />}
      </div>
      {run.isError && !comparing && (
        <div className={classes.error}>
          <Notice tone="bad" urgent title="The books could not be reconciled">
            {explainError(run.error)}
          </Notice>
        </div>
      )}
      <BillDialog reconciliation={reconciliation} opened={comparing} onClose={() => setComparing(false)} />
    </Card>
  );
}

function LastRun({ report }: { readonly report: ReconciliationReport }) {
  const open = openDifferences(report).length + report.unlisted;
  const written = report.corrected.length;
  return (
    <>
      <div className={classes.line}>
        {open === 0 ? <Status tone="ok">Everything agrees</Status> : <Status tone="bad">{openWords(report)}</Status>}
        <span className="muted">
          <Ago atMs={report.atMs} />
        </span>
      </div>
      <p className={classes.detail}>
        Checked {checkedWords(report)}.{' '}
        {written > 0 && `${written} ${written === 1 ? 'correction was' : 'corrections were'} written.`}
      </p>
    </>
  );
}
