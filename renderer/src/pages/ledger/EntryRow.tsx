import { memo } from 'react';
import type { TransferView } from '../../contract-views.ts';
import { formatNanoExactly } from '../../format/money.ts';
import { formatInstant, formatWhen } from '../../format/time.ts';
import { useRequestDrawer } from '../../request/request-drawer.ts';
import { transferWords } from '../../request/transfer-words.ts';
import classes from './EntriesTable.module.css';
import { isByPeople } from './entry-kinds.ts';

interface EntryRowProps {
  readonly entry: TransferView;
  readonly index: number;
}

export const EntryRow = memo(function EntryRow({ entry, index }: EntryRowProps) {
  const openDrawer = useRequestDrawer();
  const { requestId } = entry;
  const { name, meaning } = transferWords(entry.kind);
  return (
    <tr aria-rowindex={index + 2} className={classes.row} data-kind={entry.kind}>
      <td className="num muted" title={`hash ${entry.hash}`}>
        #{entry.seq}
      </td>
      <td className="num truncate" title={formatInstant(entry.atMs)}>
        {formatWhen(entry.atMs, Date.now())}
      </td>
      <td className={classes.kind} title={entry.reason === undefined ? meaning : `${meaning}: ${entry.reason}`}>
        {name}
      </td>
      <td className={`${classes.amount} mono num`}>{formatNanoExactly(entry.amountNano)}</td>
      <td className={`${classes.certainty} muted`}>{entry.certainty ?? ''}</td>
      {isByPeople(entry.kind) ? (
        <td className="truncate" title={entry.reason}>
          {[modelName(entry), entry.reason].filter((part) => part !== undefined && part !== '').join(': ')}
        </td>
      ) : (
        <td className="mono truncate" title={modelName(entry)}>
          {modelName(entry)}
        </td>
      )}
      <td className="truncate" title={entry.accessKeyId}>
        {entry.accessKeyId ?? ''}
      </td>
      <td className="truncate">
        {requestId !== undefined && (
          <button
            type="button"
            className={`${classes.request} mono`}
            aria-label={`Open request ${shortId(requestId)}`}
            onClick={() => openDrawer(requestId)}
          >
            {shortId(requestId)}
          </button>
        )}
      </td>
    </tr>
  );
});

function modelName({ provider, model }: TransferView): string {
  if (model === undefined) return provider ?? '';
  return provider === undefined || model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
}

function shortId(id: string): string {
  return `…${id.slice(-8)}`;
}
