import { Anchor } from '@mantine/core';
import { Card } from '../../components/Card.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Money } from '../../components/Money.tsx';
import { Status, type Tone } from '../../components/Status.tsx';
import type { RequestView } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount, tokensRead, tokensWritten } from '../../format/tokens.ts';
import { useLive } from '../../live/use-live.ts';
import { useRequestDrawer } from '../../request/request-drawer.ts';
import { TransferList } from '../../request/TransferList.tsx';
import classes from './RunCard.module.css';
import { runFigures } from './run-figures.ts';
import type { Run, RunPhase } from './run-state.ts';

const PHASES: Record<RunPhase, { readonly tone: Tone; readonly words: string }> = {
  running: { tone: 'busy', words: 'Running' },
  done: { tone: 'ok', words: 'Done' },
  stopped: { tone: 'warn', words: 'Stopped' },
  failed: { tone: 'bad', words: 'Failed' },
};

/** The last call as the gateway saw it: route, figures, and its ledger entries as they are written. */
export function RunCard({ run }: { readonly run: Run | undefined }) {
  const openDrawer = useRequestDrawer();
  const requestId = run?.route?.requestId;
  const request = useLive((live) => live.requests.find(({ id }) => id === requestId));
  if (run === undefined) {
    return (
      <Card title="This call">
        <p className="muted">Route, tokens, cost and the ledger entries of the call appear here while it runs.</p>
      </Card>
    );
  }
  return (
    <Card
      title="This call"
      aside={
        <span role="status">
          <Status tone={PHASES[run.phase].tone}>{PHASES[run.phase].words}</Status>
        </span>
      }
    >
      <Facts facts={runFacts(run, request)} />
      <h3 className={classes.subtitle}>Ledger entries</h3>
      {run.transfers.length === 0 ? (
        <p className="muted">{run.phase === 'running' ? 'None so far.' : 'None: no money was held.'}</p>
      ) : (
        <TransferList transfers={run.transfers} />
      )}
      {requestId !== undefined && (
        <Anchor component="button" type="button" className={classes.more} onClick={() => openDrawer(requestId)}>
          All details
        </Anchor>
      )}
    </Card>
  );
}

function runFacts(run: Run, request: RequestView | undefined): readonly Fact[] {
  const { route } = run;
  const { usage, costNano, firstTokenMs, durationMs } = runFigures(run, request);
  const later = <span className="muted">{run.phase === 'running' ? '…' : 'unknown'}</span>;
  const tokens = usage && (
    <span className="num">
      {formatCount(tokensRead(usage))} in, {formatCount(tokensWritten(usage))} out
    </span>
  );
  return [
    { name: 'Route', value: route === undefined ? later : <span className="mono">{servedBy(route)}</span> },
    { name: 'Tokens', value: tokens ?? later },
    { name: 'Cost', value: costNano === undefined ? later : <Money nano={costNano} /> },
    { name: 'First token', value: firstTokenMs === undefined ? later : formatDuration(firstTokenMs) },
    { name: 'Duration', value: durationMs === undefined ? later : formatDuration(durationMs) },
  ];
}

function servedBy({ provider, model, attempts }: NonNullable<Run['route']>): string {
  const name = model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
  return attempts > 1 ? `${name}, attempt ${attempts}` : name;
}
