import { CloseButton } from '@mantine/core';
import { Notice } from '../../components/Notice.tsx';
import type { AuditReport } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import { explainError } from '../../format/explain-error.ts';
import { formatCount } from '../../format/tokens.ts';
import classes from './AuditPanel.module.css';
import type { Audit } from './use-audit.ts';

/** What the verification found, until it is closed. */
export function AuditPanel({ audit }: { readonly audit: Audit }) {
  return (
    <div role="status" className={audit.isIdle || audit.isPending ? undefined : classes.panel}>
      {audit.isError && (
        <Notice tone="bad" title="The ledger could not be verified">
          {explainError(audit.error)}
        </Notice>
      )}
      {audit.data !== undefined && <Report report={audit.data} onClose={audit.reset} />}
    </div>
  );
}

function Report({ report, onClose }: { readonly report: AuditReport; readonly onClose: () => void }) {
  const counted = `${formatCount(report.checkedEntries)} ${report.checkedEntries === 1 ? 'entry' : 'entries'}`;
  const close = <CloseButton aria-label="Close the report" onClick={onClose} />;
  if (report.ok) {
    return (
      <Notice tone="ok" title="The ledger is sound" action={close}>
        {counted} recomputed in {formatDuration(report.durationMs)}: the hash chain is unbroken, every hold is resolved
        at most once, and the totals agree. <Head hash={report.headHash} />
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={problemCount(report.problems.length)} action={close}>
      <p>
        {counted} recomputed in {formatDuration(report.durationMs)}. Keep a copy of the data directory before anything
        else is changed.
      </p>
      <ul className={classes.problems}>
        {report.problems.map((problem) => (
          <li key={`${problem.kind} ${problem.seq ?? ''} ${problem.attemptId ?? ''} ${problem.message}`}>
            <code>{problem.kind}</code>
            {problem.seq !== undefined && ` at entry #${problem.seq}`}: {problem.message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Head({ hash }: { readonly hash: string }) {
  if (hash === '') return null;
  return (
    <>
      Head <code title={hash}>{hash.slice(0, 12)}</code>
    </>
  );
}

function problemCount(count: number): string {
  return count === 1 ? 'The ledger has 1 problem' : `The ledger has ${count} problems`;
}
