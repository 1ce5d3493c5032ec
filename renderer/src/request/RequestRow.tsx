import { memo } from 'react';
import { Money } from '../components/Money.tsx';
import { Status } from '../components/Status.tsx';
import type { RequestView } from '../contract-views.ts';
import { formatDuration } from '../format/duration.ts';
import { formatInstant, formatWhen } from '../format/time.ts';
import { formatCount, tokensRead, tokensWritten } from '../format/tokens.ts';
import classes from './RequestRow.module.css';
import { useRequestDrawer } from './request-drawer.ts';
import { caller, isOpen, isProblem, routeWords, stateWords, wasNotCharged } from './request-words.ts';

interface RequestRowProps {
  readonly request: RequestView;
  /** Its place in a list of which only a part is drawn. */
  readonly index?: number;
}

/** Two lines per request: what it is, and the detail that explains it. Opens the drawer. */
export const RequestRow = memo(function RequestRow({ request, index }: RequestRowProps) {
  const openDrawer = useRequestDrawer();
  const { tone, words } = stateWords(request.state);
  const { name, detail } = caller(request);
  return (
    <tr
      className={classes.row}
      onClick={() => openDrawer(request.id)}
      data-request={request.id}
      aria-rowindex={index === undefined ? undefined : index + 2}
    >
      <td>
        <Status tone={tone}>{words}</Status>
        <div className={classes.second} title={formatInstant(request.startedAtMs)}>
          {formatWhen(request.startedAtMs, Date.now())}
        </div>
      </td>
      <td>
        <div className="truncate" title={name}>
          {name}
        </div>
        <div className={`${classes.second} truncate`}>{detail ?? ''}</div>
      </td>
      <td>
        <button
          type="button"
          className={`${classes.open} mono truncate`}
          title={request.modelAsked}
          onClick={(event) => {
            event.stopPropagation();
            openDrawer(request.id);
          }}
        >
          {request.modelAsked ?? 'no model named'}
        </button>
        <div className={`${isProblem(request) ? classes.why : classes.second} truncate`} title={routeWords(request)}>
          {routeWords(request)}
        </div>
      </td>
      <td className={classes.figure}>
        <TokenFigures request={request} />
      </td>
      <td className={classes.figure}>
        <CostFigures request={request} />
      </td>
      <td className={classes.figure}>
        <TimeFigures request={request} />
      </td>
    </tr>
  );
});

function TokenFigures({ request }: { readonly request: RequestView }) {
  if (isOpen(request) && request.usage === undefined) return null;
  if (request.usage === undefined) return isProblem(request) ? null : <span className="muted">unknown</span>;
  return (
    <>
      <div className="num">{formatCount(tokensRead(request.usage))} in</div>
      <div className={`${classes.second} num`}>{formatCount(tokensWritten(request.usage))} out</div>
    </>
  );
}

function CostFigures({ request }: { readonly request: RequestView }) {
  if (isOpen(request)) return null;
  if (wasNotCharged(request)) return <span className="muted">not charged</span>;
  return (
    <>
      <Money nano={request.costNano} />
      <div className={classes.second}>{request.certainty === 'estimated' ? 'estimated' : ''}</div>
    </>
  );
}

function TimeFigures({ request }: { readonly request: RequestView }) {
  if (isOpen(request)) return null;
  return (
    <>
      <div className="num">{formatDuration(request.durationMs)}</div>
      <div className={`${classes.second} num`} title="Time to the first token">
        {request.firstTokenMs === undefined ? '' : `first ${formatDuration(request.firstTokenMs)}`}
      </div>
    </>
  );
}
