import { Button, Skeleton } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import type { ModelView } from '../../contract-views.ts';
import { ModelRow } from './ModelRow.tsx';
import classes from './ModelsTable.module.css';
import { SortHeader } from './SortHeader.tsx';
import type { ModelSort, SortColumn } from './sort-models.ts';
import type { Comparison } from './use-comparison.ts';

const ROW_PX = 48;

interface Column {
  readonly column: SortColumn;
  readonly name: string;
  readonly width: number | undefined;
  readonly className: string | undefined;
}

const COLUMNS: readonly Column[] = [
  { column: 'model', name: 'Model', width: undefined, className: undefined },
  { column: 'context', name: 'Context', width: 88, className: classes.figure },
  { column: 'maxOutput', name: 'Max output', width: 104, className: `${classes.figure} ${classes.minor}` },
  { column: 'input', name: 'Input', width: 84, className: classes.figure },
  { column: 'output', name: 'Output', width: 84, className: classes.figure },
  { column: 'cacheRead', name: 'Cache read', width: 102, className: classes.figure },
  { column: 'tier', name: 'Tier', width: 106, className: classes.minor },
];

interface ModelsTableProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Undefined while they are being fetched. */
  readonly models: readonly ModelView[] | undefined;
  readonly filtered: boolean;
  readonly onShowAll: () => void;
  readonly sort: ModelSort;
  readonly onSort: (sort: ModelSort) => void;
  readonly comparison: Comparison;
  /** What the person decided, by model. */
  readonly flags: ReadonlyMap<string, string>;
  readonly onOpen: (id: string) => void;
}

/** Only the rows in view exist, so a thousand models scroll as lightly as ten. */
export function ModelsTable({
  scroller,
  models,
  filtered,
  onShowAll,
  sort,
  onSort,
  comparison,
  flags,
  onOpen,
}: ModelsTableProps) {
  const rows = useVirtualizer({
    count: models?.length ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  if (models?.length === 0) {
    return <Card flush>{filtered ? <NoMatch onShowAll={onShowAll} /> : <NoModel />}</Card>;
  }
  const items = rows.getVirtualItems();
  return (
    <Card flush className={classes.card}>
      <ScrollRegion ref={scroller} className={classes.scroller} aria-label="List of models">
        <table className={classes.table} aria-rowcount={(models?.length ?? 0) + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={classes.choose}>
                <span className="visually-hidden">Compare</span>
              </th>
              {COLUMNS.map((column) => (
                <SortHeader key={column.column} {...column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer height={items[0]?.start ?? 0} />
            {items.map(({ index }) => {
              const model = models?.[index];
              if (model === undefined) return null;
              const chosen = comparison.chosen.includes(model.id);
              return (
                <ModelRow
                  key={model.id}
                  model={model}
                  index={index}
                  flag={flags.get(model.id)}
                  chosen={chosen}
                  choosable={chosen || !comparison.full}
                  onChoose={comparison.toggle}
                  onOpen={onOpen}
                />
              );
            })}
            <Spacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
        {models === undefined && <RowsSkeleton />}
      </ScrollRegion>
    </Card>
  );
}

/** Stands for the rows that are not drawn. One cell: a span would bring back the columns a small window leaves out. */
function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function RowsSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
        <Skeleton key={row} height={26} />
      ))}
    </div>
  );
}

function NoMatch({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<IconCpu size={22} />}
      title="No model matches"
      text="Try fewer words, or take a filter away."
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all models
        </Button>
      }
    />
  );
}

function NoModel() {
  return (
    <EmptyState
      icon={<IconCpu size={22} />}
      title="No model yet"
      text={
        <>
          The models of your providers appear here. <Link href="/providers">Add a provider</Link> or switch one on.
        </>
      }
    />
  );
}
