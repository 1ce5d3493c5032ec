import type { TransferView } from '../contract-views.ts';
import { formatNanoExactly } from '../format/money.ts';
import { formatClock, formatInstant } from '../format/time.ts';
import classes from './TransferList.module.css';
import { transferWords } from './transfer-words.ts';

/** A handful of ledger entries, in the order they were written. */
export function TransferList({ transfers }: { readonly transfers: readonly TransferView[] }) {
  const ordered = [...transfers].sort((a, b) => a.seq - b.seq);
  return (
    <ol className={classes.list}>
      {ordered.map((transfer) => (
        <li key={transfer.seq} className={classes.entry}>
          <span className={classes.kind} data-kind={transfer.kind}>
            {transferWords(transfer.kind).name}
          </span>
          <span className={`${classes.note} num`} title={formatInstant(transfer.atMs)}>
            #{transfer.seq}
            <span className={classes.time}> · {formatClock(transfer.atMs)}</span>
          </span>
          <span className={`${classes.amount} num`}>{formatNanoExactly(transfer.amountNano)}</span>
          {transfer.reason !== undefined && <span className={classes.reason}>{transfer.reason}</span>}
        </li>
      ))}
    </ol>
  );
}
