import { Button, CloseButton, Popover } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { UsageDimension, UsageFilters } from '../../../../proxy/contract/usage.ts';
import { DIMENSIONS, dimensionName, isCodeLike, valueName } from '../../usage/dimensions.ts';
import type { Period } from '../../usage/periods.ts';
import { AddFilter } from './AddFilter.tsx';
import classes from './FilterBar.module.css';

interface FilterBarProps {
  readonly period: Period | undefined;
  readonly filters: UsageFilters;
  readonly onChange: (filters: UsageFilters) => void;
}

/** Which requests the page is about, as chips that can be taken off one by one. */
export function FilterBar({ period, filters, onChange }: FilterBarProps) {
  const [adding, setAdding] = useState(false);
  const chips = DIMENSIONS.flatMap((dimension) =>
    (filters[dimension] ?? []).map((value) => ({ dimension, value, name: valueName(dimension, value) })),
  );
  return (
    <search className={classes.bar} aria-label="Filters">
      {chips.map(({ dimension, value, name }) => (
        <span key={`${dimension} ${value}`} className={classes.chip}>
          <span className="muted">{dimensionName(dimension)}</span>
          <span className={`${isCodeLike(dimension, value) ? 'mono' : ''} truncate`} title={name}>
            {name}
          </span>
          <CloseButton
            size="xs"
            aria-label={`Remove the filter ${dimensionName(dimension)} ${name}`}
            onClick={() => onChange(without(filters, dimension, value))}
          />
        </span>
      ))}
      <Popover opened={adding} onChange={setAdding} position="bottom-start" width={300} trapFocus withRoles shadow="md">
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFilterPlus size={15} aria-hidden="true" />}
            onClick={() => setAdding(!adding)}
            disabled={period === undefined}
          >
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Add a filter">
          {period !== undefined && (
            <AddFilter
              period={period}
              filters={filters}
              onAdd={(dimension, value) => {
                onChange({ ...filters, [dimension]: [...(filters[dimension] ?? []), value] });
                setAdding(false);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
    </search>
  );
}

function without(filters: UsageFilters, dimension: UsageDimension, value: string | null): UsageFilters {
  const { [dimension]: values, ...others } = filters;
  const left = (values ?? []).filter((one) => one !== value);
  return left.length === 0 ? others : { ...others, [dimension]: left };
}
