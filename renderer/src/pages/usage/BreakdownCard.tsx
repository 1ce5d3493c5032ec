import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import type { UsageDimension } from '../../../../proxy/contract/usage.ts';
import { Card } from '../../components/Card.tsx';
import { DIMENSIONS, dimensionName } from '../../usage/dimensions.ts';
import classes from './BreakdownCard.module.css';
import { BreakdownTable } from './BreakdownTable.tsx';
import { COLUMN_SETS, type ColumnSet } from './breakdown-columns.tsx';
import { RequestsPart } from './RequestsPart.tsx';
import type { UsageQuery } from './usage-query.ts';

interface BreakdownCardProps {
  readonly query: UsageQuery | undefined;
  readonly part: 'groups' | 'requests';
  readonly onPart: (part: 'groups' | 'requests') => void;
  readonly onNarrow: (dimension: UsageDimension, value: string | null) => void;
}

/** Who or what used it, and below that the requests themselves. */
export function BreakdownCard({ query, part, onPart, onNarrow }: BreakdownCardProps) {
  const [dimension, setDimension] = useState<UsageDimension>('modelServed');
  const [columns, setColumns] = useState<ColumnSet>('money');
  return (
    <Card
      title="In detail"
      flush
      aside={
        <div className={classes.controls}>
          {part === 'groups' && (
            <>
              <SegmentedControl
                size="xs"
                aria-label="Columns"
                value={columns}
                onChange={(value) => setColumns(value as ColumnSet)}
                data={[...COLUMN_SETS]}
              />
              <Select
                size="xs"
                className={classes.by}
                aria-label="Grouped by"
                value={dimension}
                onChange={(value) => value !== null && setDimension(value as UsageDimension)}
                allowDeselect={false}
                data={DIMENSIONS.map((value) => ({ value, label: `By ${dimensionName(value).toLowerCase()}` }))}
              />
            </>
          )}
          <SegmentedControl
            size="xs"
            aria-label="Groups or requests"
            value={part}
            onChange={(value) => onPart(value as 'groups' | 'requests')}
            data={[
              { value: 'groups', label: 'Groups' },
              { value: 'requests', label: 'Requests' },
            ]}
          />
        </div>
      }
    >
      {part === 'groups' ? (
        <BreakdownTable
          query={query}
          dimension={dimension}
          columns={columns}
          onNarrow={(value) => onNarrow(dimension, value)}
        />
      ) : (
        <RequestsPart query={query} />
      )}
    </Card>
  );
}
