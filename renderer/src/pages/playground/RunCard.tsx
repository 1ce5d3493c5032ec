import { Anchor } from '@mantine/core';
import { Card } from '../../components/Card.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Money } from '../../components/Money.tsx';
import { Status, type Tone } from '../../components/Status.tsx';
import { formatDuration } from '../../format/duration.ts';
import { formatCount, tokensRead, tokensWritten } from '../../format/tokens.ts';
import { useRequestDrawer } from '../../request/request-drawer.ts';
import { TransferList } from '../../request/TransferList.tsx';
import classes from './RunCard.module.css';
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
  if (run === undefined) {
    return (
      <Card title="This call">
        <p className="muted">Route, tokens, cost and the ledger entries of the call appear here while it runs.</p>
      </Card>
    );
  }
  const requestId = run.route?.requestId;
  return (
    <Card
      title="This call"
      aside={
        <span role="status">
          <Status tone={PHASES[run.phase].tone}>{PHASES[run.phase].words}</Status>
        </span>
      }
    >
      <Facts facts={runFacts(run)} />
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

function runFacts({ route, finish, phase }: Run): readonly Fact[] {
  const over = phase !== 'running';
  const later = <span className="muted">{over ? 'unknown' : '…'}</span>;
  const usage = finish?.usage;
  return [
    { name: 'Route', value: route === undefined ? later : <span className="mono">{servedBy(route)}</span> },
    {
      name: 'Tokens',
      value:
        usage === undefined ? (
          later
        ) : (
          <span className="num">
            {formatCount(tokensRead(usage))} in, {formatCount(tokensWritten(usage))} out
          </span>
        ),
    },
    { name: 'Cost', value: finish === undefined ? later : <Money nano={finish.costNano} /> },
    {
      name: 'First token',
      value: finish?.firstTokenMs === undefined ? later : formatDuration(finish.firstTokenMs),
    },
    { name: 'Duration', value: finish === undefined ? later : formatDuration(finish.durationMs) },
  ];
}

function servedBy({ provider, model, attempts }: NonNullable<Run['route']>): string {
  const name = model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
  return attempts > 1 ? `${name}, attempt ${attempts}` : name;
}
