import { type Fact, Facts } from '../../../components/Facts.tsx';
import { Money } from '../../../components/Money.tsx';
import { formatDuration } from '../../../format/duration.ts';
import { formatCount, tokensRead, tokensWritten } from '../../../format/tokens.ts';
import { useLive } from '../../../live/use-live.ts';
import { servedWords } from '../answer/served-words.ts';
import { runFigures } from '../state/run-figures.ts';
import type { Run } from '../state/run-state.ts';

export function RunFacts({ run }: { readonly run: Run }) {
  const request = useLive((live) => live.requests.find(({ id }) => id === run.requestId));
  const { usage, costNano, free, firstTokenMs, durationMs, tokensPerSecond } = runFigures(run, request);
  const later = <span className="muted">{run.phase === 'running' ? '…' : 'unknown'}</span>;
  const finish = run.finish?.finishReason ?? request?.finishReason;
  const facts: readonly (Fact | undefined)[] = [
    { name: 'Model', value: <span className="mono">{servedWords(run)}</span> },
    { name: 'Cost', value: free ? 'not charged' : costNano === undefined ? later : <Money nano={costNano} /> },
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
    { name: 'First token', value: firstTokenMs === undefined ? later : formatDuration(firstTokenMs) },
    tokensPerSecond === undefined
      ? undefined
      : { name: 'Speed', value: `${formatCount(Math.round(tokensPerSecond))} tokens a second` },
    { name: 'Duration', value: durationMs === undefined ? later : formatDuration(durationMs) },
    finish === undefined ? undefined : { name: 'Finish reason', value: finish },
    run.requestId === undefined ? undefined : { name: 'Request id', value: <code>{run.requestId}</code> },
  ];
  return <Facts facts={facts.filter((fact) => fact !== undefined)} />;
}
