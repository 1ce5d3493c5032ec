import { Select } from '@mantine/core';
import { useState } from 'react';
import type { UsageDimension, UsageFilters } from '../../../../proxy/contract/usage.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { formatCount } from '../../format/tokens.ts';
import { DIMENSIONS, dimensionName, valueName } from '../../usage/dimensions.ts';
import type { Period } from '../../usage/periods.ts';
import { useUsageSummary } from '../../usage/use-usage.ts';
import classes from './FilterBar.module.css';

interface AddFilterProps {
  readonly period: Period;
  readonly filters: UsageFilters;
  readonly onAdd: (dimension: UsageDimension, value: string | null) => void;
}

/** By what, then which: only values that the period has. */
export function AddFilter({ period, filters, onAdd }: AddFilterProps) {
  const [dimension, setDimension] = useState<UsageDimension>('provider');
  const { fromMs, toMs } = period;
  const found = useUsageSummary({ fromMs, toMs, groupBy: [dimension] });
  const groups = found.isPlaceholderData ? undefined : found.data?.groups;
  const chosen = filters[dimension] ?? [];
  const values = (groups ?? []).map(({ key, figures }) => ({ value: textOf(key[dimension]), figures }));
  const free = values.filter(({ value }) => !chosen.includes(value));
  return (
    <div className={classes.fields}>
      <Select
        label="Filter by"
        data={DIMENSIONS.map((value) => ({ value, label: dimensionName(value) }))}
        value={dimension}
        onChange={(value) => value !== null && setDimension(value as UsageDimension)}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      {found.isError ? (
        <ErrorState what="the values" error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Select
          label="Only requests with"
          placeholder={groups === undefined ? 'Loading' : free.length === 0 ? 'Nothing in this period' : 'Choose'}
          disabled={free.length === 0}
          searchable
          data={free.map(({ value, figures }, index) => ({
            value: String(index),
            label: `${valueName(dimension, value)} (${formatCount(figures.requests)})`,
          }))}
          value={null}
          onChange={(index) => {
            const picked = free[Number(index)];
            if (index !== null && picked !== undefined) onAdd(dimension, picked.value);
          }}
          comboboxProps={{ withinPortal: false }}
        />
      )}
    </div>
  );
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
