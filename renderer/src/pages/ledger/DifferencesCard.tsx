import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LedgerDifference, ReconciliationReport } from '../../../../proxy/contract/ledger-desk.ts';
import { Card } from '../../components/Card.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { formatNanoExactly } from '../../format/money.ts';
import { formatCount } from '../../format/tokens.ts';
import { useRequestDrawer } from '../../request/request-drawer.ts';
import { CorrectDialog } from './CorrectDialog.tsx';
import classes from './DifferencesCard.module.css';
import { correctable, differenceName, openDifferences, seqWords } from './difference-words.ts';
import type { Reconciliation } from './use-reconciliation.ts';

interface DifferencesCardProps {
  readonly report: ReconciliationReport;
  readonly reconciliation: Reconciliation;
}

/** What the last run found, each with the entries behind it. Nothing is corrected unless somebody says so. */
export function DifferencesCard({ report, reconciliation }: DifferencesCardProps) {
  const [correcting, setCorrecting] = useState(false);
  const open = openDifferences(report);
  const able = correctable(report, reconciliation.bill !== undefined);
  const wantBill = able.length < open.filter(({ correction }) => correction !== undefined).length;
  if (open.length === 0) return null;
  return (
    <Card
      title="Differences"
      flush
      className={classes.card}
      aside={
        able.length > 0 && (
          <Button size="xs" variant="default" onClick={() => setCorrecting(true)}>
            Correct {formatCount(able.length)}
          </Button>
        )
      }
    >
      <ScrollRegion className={classes.scroller} aria-label="Differences found">
        <ul className={classes.list}>
          {open.map((difference) => (
            <Item key={keyOf(difference)} difference={difference} />
          ))}
        </ul>
      </ScrollRegion>
      {report.unlisted > 0 && <p className={classes.note}>And {formatCount(report.unlisted)} more.</p>}
      {wantBill && (
        <p className={classes.note}>To correct what a bill says, compare the bill again: its file is not kept.</p>
      )}
      <CorrectDialog
        differences={able}
        reconciliation={reconciliation}
        opened={correcting}
        onClose={() => setCorrecting(false)}
      />
    </Card>
  );
}

function Item({ difference }: { readonly difference: LedgerDifference }) {
  const openDrawer = useRequestDrawer();
  const { kind, message, driftNano, requestId, seqs } = difference;
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <p className={classes.name}>{differenceName(kind)}</p>
        <p>{message}</p>
        <p className={classes.rows}>
          {seqs.length > 0 && `${seqs.length === 1 ? 'Entry' : 'Entries'} ${seqWords(seqs)} `}
          {requestId !== undefined && (
            <button type="button" className={classes.request} onClick={() => openDrawer(requestId)}>
              Open request …{requestId.slice(-8)}
            </button>
          )}
        </p>
      </div>
      {driftNano !== undefined && (
        <span className={`${classes.amount} mono num`} title="How far the other side is from the books">
          {driftNano > 0 ? '+' : ''}
          {formatNanoExactly(driftNano)}
        </span>
      )}
    </li>
  );
}

function keyOf({ kind, message, attemptId, requestId, seqs }: LedgerDifference): string {
  return [kind, attemptId, requestId, seqs.join(), message].join(' ');
}
