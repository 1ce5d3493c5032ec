import type { ReactNode } from 'react';
import type { UsageFigures } from '../../../../proxy/contract/usage.ts';
import { chartColour } from '../../charts/chart-colours.ts';
import { Sparkbars } from '../../charts/Sparkbars.tsx';
import { Money } from '../../components/Money.tsx';
import { formatDuration } from '../../format/duration.ts';
import { formatNano } from '../../format/money.ts';
import { formatCount } from '../../format/tokens.ts';
import { knownSaving, problemWords } from '../../usage/figures.ts';
import classes from './LastDayCard.module.css';

interface LastDayFiguresProps {
  readonly total: UsageFigures;
  /** One an hour. */
  readonly points: readonly UsageFigures[];
}

export function LastDayFigures({ total, points }: LastDayFiguresProps) {
  const { latencyMs, firstTokenMs, compared, unknownCosts } = total;
  return (
    <>
      <Part name="Requests" value={formatCount(total.requests)} note={problemWords(total) || 'no problems'}>
        <Sparkbars
          values={points.map(({ requests }) => requests)}
          colour={chartColour(0)}
          label={`Requests by the hour: ${formatCount(total.requests)} in all`}
        />
      </Part>
      <Part
        name="Spent"
        value={<Money nano={total.chargedNano} />}
        note={unknownCosts === 0 ? '' : `${formatCount(unknownCosts)} of unknown cost`}
      >
        <Sparkbars
          values={points.map(({ chargedNano }) => chargedNano)}
          colour={chartColour(4)}
          label={`Spent by the hour: ${formatNano(total.chargedNano)} in all`}
        />
      </Part>
      <dl className={classes.times}>
        <div className={classes.head}>
          <dt>Time</dt>
          <dd className="muted">whole</dd>
          <dd className="muted">first token</dd>
        </div>
        {(['p50', 'p95', 'p99'] as const).map((share) => (
          <div key={share}>
            <dt title={SHARES[share]}>{share}</dt>
            <dd className={latencyMs === undefined ? 'muted' : 'num'}>{formatDuration(latencyMs?.[share])}</dd>
            <dd className={firstTokenMs === undefined ? 'muted' : 'num'}>{formatDuration(firstTokenMs?.[share])}</dd>
          </div>
        ))}
      </dl>
      <Part name="Saved by routing" value={<Money nano={knownSaving(total)} />} note="">
        <p className={classes.words}>
          {compared === 0
            ? 'No request could be compared with the model it asked for.'
            : `Against the models asked for, over ${formatCount(compared)} ${compared === 1 ? 'request' : 'requests'}.`}
        </p>
      </Part>
    </>
  );
}

const SHARES = {
  p50: 'Half of the requests were faster',
  p95: '95 of 100 requests were faster',
  p99: '99 of 100 requests were faster',
};

interface PartProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly note: string;
  readonly children: ReactNode;
}

function Part({ name, value, note, children }: PartProps) {
  return (
    <div className={classes.part}>
      <p className={classes.line}>
        <span className="muted">{name}</span>
        <strong className="num">{value}</strong>
        <span className={`${classes.note} truncate`}>{note}</span>
      </p>
      {children}
    </div>
  );
}
