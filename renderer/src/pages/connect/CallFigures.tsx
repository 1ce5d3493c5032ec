import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { Ago } from '../../components/Ago.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Money } from '../../components/Money.tsx';
import { Status } from '../../components/Status.tsx';
import type { RequestView } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount, tokensRead, tokensWritten } from '../../format/tokens.ts';
import { useRequestDrawer } from '../../request/request-drawer.ts';
import { caller, isOpen, servedName, stateWords, wasNotCharged } from '../../request/request-words.ts';
import classes from './CallFigures.module.css';

interface CallFiguresProps {
  readonly requestId: string;
  /** As the live feed has it; left out, it is read from the record. */
  readonly live?: RequestView | undefined;
}

/** One call in the figures that matter: who, what for, who served it, tokens, cost, time. */
export function CallFigures({ requestId, live }: CallFiguresProps) {
  const openDrawer = useRequestDrawer();
  const recorded = useQuery({
    ...useApi().requests.get.queryOptions({ input: { id: requestId } }),
    enabled: live === undefined,
  });
  const request = live ?? recorded.data?.request;
  if (recorded.isError && request === undefined) {
    return <ErrorState what="the call" error={recorded.error} onRetry={() => void recorded.refetch()} />;
  }
  if (request === undefined) return <Skeleton height={150} aria-busy="true" />;
  const { tone, words } = stateWords(request.state);
  return (
    <div>
      <div className={classes.head}>
        <Status tone={tone}>{words}</Status>
        <span className="muted">
          <Ago atMs={request.startedAtMs} />
        </span>
      </div>
      <Facts facts={figures(request)} />
      <Button size="xs" variant="default" className={classes.open} onClick={() => openDrawer(request.id)}>
        All about this call
      </Button>
    </div>
  );
}

function figures(request: RequestView): readonly Fact[] {
  const open = isOpen(request);
  const all: readonly (Fact | undefined)[] = [
    { name: 'Tool', value: caller(request).name },
    { name: 'Asked for', value: <span className="mono">{request.modelAsked ?? 'no model named'}</span> },
    { name: 'Served by', value: <span className="mono">{servedName(request) ?? (open ? '…' : 'nobody')}</span> },
    request.errorCode === undefined ? undefined : { name: 'Error', value: <code>{request.errorCode}</code> },
    request.usage === undefined
      ? undefined
      : {
          name: 'Tokens',
          value: `${formatCount(tokensRead(request.usage))} read, ${formatCount(tokensWritten(request.usage))} written`,
        },
    open
      ? undefined
      : { name: 'Cost', value: wasNotCharged(request) ? 'not charged' : <Money nano={request.costNano} /> },
    open ? undefined : { name: 'Time', value: formatDuration(request.durationMs) },
  ];
  return all.filter((fact) => fact !== undefined);
}
