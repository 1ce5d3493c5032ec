import { SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SplitConfig } from '../../../../../proxy/contract/config.ts';
import { useApi } from '../../../app/session-context.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useNow } from '../../../components/use-now.ts';
import { ArmsTable } from './ArmsTable.tsx';
import classes from './SplitResults.module.css';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const PERIODS = [
  { value: '1', label: '24 hours' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
];

/** What each arm of a split came to in a period. */
export function SplitResults({ split }: { readonly split: SplitConfig }) {
  const [days, setDays] = useState('7');
  // Whole hours: the figures are kept by the hour, and a period that ends now would be another question every second.
  const hour = Math.floor(useNow(60_000) / HOUR_MS);
  const toMs = (hour + 1) * HOUR_MS;
  const results = useQuery(
    useApi().usage.splits.queryOptions({
      input: { name: split.name, fromMs: toMs - Number(days) * DAY_MS, toMs },
      placeholderData: keepPreviousData,
    }),
  );
  const arms = results.data?.arms;
  return (
    <Card
      title={`Results of ${split.name}`}
      flush
      aside={
        <SegmentedControl
          size="xs"
          aria-label={`Period of the results of ${split.name}`}
          data={PERIODS}
          value={days}
          onChange={setDays}
        />
      }
    >
      {results.isError && (
        <div className={classes.pad}>
          <ErrorState what="the results" error={results.error} onRetry={() => void results.refetch()} />
        </div>
      )}
      {results.isPending && <Skeleton height={110} radius={0} aria-busy="true" />}
      {arms?.length === 0 && (
        <p className={`${classes.pad} muted`}>
          No call was divided in this time. Ask for <span className="mono">{split.model}</span> and each arm appears
          here.
        </p>
      )}
      {arms !== undefined && arms.length > 0 && <ArmsTable name={split.name} arms={arms} />}
    </Card>
  );
}
