import { useState } from 'react';
import type { UsageFilters } from '../../../../proxy/contract/usage.ts';
import { Notice } from '../../components/Notice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useNow } from '../../components/use-now.ts';
import { asCustom, type Period, type PeriodChoice, periodOf } from '../../usage/periods.ts';
import { useFreshUsage } from '../../usage/use-fresh-usage.ts';
import { useTimeZone } from '../../usage/use-time-zone.ts';
import { BreakdownCard } from './BreakdownCard.tsx';
import { ChartCard } from './ChartCard.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterBar } from './FilterBar.tsx';
import { InvoiceButton } from './InvoiceButton.tsx';
import { PeriodPicker } from './PeriodPicker.tsx';
import { TotalsRow } from './TotalsRow.tsx';
import classes from './UsagePage.module.css';

/** What was used over a period, told apart by whatever the person asks, down to the single request. */
export function UsagePage() {
  useFreshUsage();
  const nowMs = useNow(60_000);
  const timeZone = useTimeZone();
  const [choice, setChoice] = useState<PeriodChoice>({ kind: '7-days' });
  const [filters, setFilters] = useState<UsageFilters>({});
  const [part, setPart] = useState<'groups' | 'requests'>('groups');
  const period = timeZone === undefined ? undefined : periodOf(choice, nowMs, timeZone);
  const query = period === undefined ? undefined : { ...period, filters };
  const zoomTo = (bucket: Pick<Period, 'fromMs' | 'toMs'>) => {
    if (timeZone !== undefined) setChoice(asCustom({ ...bucket, bucket: 'day' }, timeZone));
  };
  return (
    <>
      <PageHeader
        title="Usage"
        text="What was used, by whom and at what price. Figures only, never what was said."
        actions={
          <>
            <InvoiceButton timeZone={timeZone} />
            <ExportMenu query={query} timeZone={timeZone} />
          </>
        }
      />
      <div className={classes.toolbar}>
        <PeriodPicker choice={choice} period={period} timeZone={timeZone} onChange={setChoice} />
        <FilterBar period={period} filters={filters} onChange={setFilters} />
      </div>
      {period === undefined && timeZone !== undefined ? (
        <Notice tone="info" title="Choose the first and the last day">
          The last day must not be before the first.
        </Notice>
      ) : (
        <>
          <TotalsRow query={query} />
          <ChartCard query={query} timeZone={timeZone} onZoom={zoomTo} />
          <BreakdownCard
            query={query}
            part={part}
            onPart={setPart}
            onNarrow={(dimension, value) => {
              setFilters({ ...filters, [dimension]: [value] });
              setPart('requests');
            }}
          />
        </>
      )}
    </>
  );
}
