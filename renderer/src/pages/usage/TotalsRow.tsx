import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { UsageFigures } from '../../../../proxy/contract/usage.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Money } from '../../components/Money.tsx';
import { formatDuration } from '../../format/duration.ts';
import { formatNano } from '../../format/money.ts';
import { formatCount } from '../../format/tokens.ts';
import { knownCost, knownSaving, problemWords, tokensIn, tokensOut } from '../../usage/figures.ts';
import { useUsageSummary } from '../../usage/use-usage.ts';
import classes from './TotalsRow.module.css';
import { asked, type UsageQuery } from './usage-query.ts';

/** The period in five figures. */
export function TotalsRow({ query }: { readonly query: UsageQuery | undefined }) {
  const summary = useUsageSummary(query && asked(query));
  if (summary.isError) {
    return <ErrorState what="the totals" error={summary.error} onRetry={() => void summary.refetch()} />;
  }
  if (summary.data === undefined) return <Skeleton className={classes.row} height={84} radius={10} aria-busy="true" />;
  return <Totals figures={summary.data.total} waiting={summary.isPlaceholderData} />;
}

function Totals({ figures, waiting }: { readonly figures: UsageFigures; readonly waiting: boolean }) {
  const { requests, chargedNano, feeNano, unknownCosts, compared, latencyMs } = figures;
  const saving = knownSaving(figures);
  return (
    <section aria-label="Totals">
      <dl className={classes.row} aria-busy={waiting || undefined}>
        <Figure name="Spent" value={<Money nano={chargedNano} />}>
          {unknownCosts > 0
            ? `${formatCount(unknownCosts)} of unknown cost`
            : feeNano === 0
              ? 'No fee on top'
              : `Cost ${formatNano(knownCost(figures))}, fee ${formatNano(feeNano)}`}
        </Figure>
        <Figure name="Requests" value={formatCount(requests)}>
          {problemWords(figures) || (requests === 0 ? 'None in this period' : 'All went well')}
        </Figure>
        <Figure name="Tokens" value={formatCount(tokensIn(figures) + tokensOut(figures))}>
          {formatCount(tokensIn(figures))} in, {formatCount(tokensOut(figures))} out
        </Figure>
        <Figure name="Saved by routing" value={<Money nano={saving} />}>
          {compared === 0 ? 'Nothing to compare with' : `Over ${formatCount(compared)} compared with the model asked`}
        </Figure>
        <Figure name="Time, half are faster" value={formatDuration(latencyMs?.p50)}>
          {latencyMs === undefined
            ? 'No request went well'
            : `95 % in ${formatDuration(latencyMs.p95)}, 99 % in ${formatDuration(latencyMs.p99)}`}
        </Figure>
      </dl>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly children: ReactNode;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt className={classes.name}>{name}</dt>
      <dd className={`${classes.value} num`}>{value}</dd>
      <dd className={classes.note}>{children}</dd>
    </div>
  );
}
