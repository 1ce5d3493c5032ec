import type { UsageArms } from '../../../../../proxy/contract/usage.ts';
import { Money } from '../../../components/Money.tsx';
import { ScrollRegion } from '../../../components/ScrollRegion.tsx';
import { formatDuration } from '../../../format/duration.ts';
import { formatCount } from '../../../format/tokens.ts';
import { costPerCall, failureShare } from './arm-figures.ts';
import classes from './SplitResults.module.css';
import { percentWords } from './split-draft.ts';

interface ArmsTableProps {
  readonly name: string;
  readonly arms: UsageArms['arms'];
}

/** Arms side by side: calls, errors, cost and speed. */
export function ArmsTable({ name, arms }: ArmsTableProps) {
  return (
    <ScrollRegion className={classes.scroller} aria-label={`Arms of ${name}`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Arm</th>
            <th scope="col">Calls</th>
            <th scope="col">Failed</th>
            <th scope="col">Cost</th>
            <th scope="col">Cost a call</th>
            <th scope="col">First token, p50</th>
            <th scope="col">Time, p50</th>
            <th scope="col">Time, p95</th>
          </tr>
        </thead>
        <tbody>
          {arms.map(({ arm, figures }) => (
            <tr key={arm}>
              <th scope="row" className="mono">
                {arm}
              </th>
              <td className="num">{formatCount(figures.requests)}</td>
              <td className="num">
                {formatCount(figures.failed)} ({percentWords(failureShare(figures))})
              </td>
              <td>
                <Money nano={figures.costNano} />
                {figures.unknownCosts > 0 && <span className="muted"> + {figures.unknownCosts} unknown</span>}
              </td>
              <td>
                <Money nano={costPerCall(figures)} />
              </td>
              <td className="num">{formatDuration(figures.firstTokenMs?.p50)}</td>
              <td className="num">{formatDuration(figures.latencyMs?.p50)}</td>
              <td className="num">{formatDuration(figures.latencyMs?.p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
