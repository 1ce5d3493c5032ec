import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { modelAddress } from '../../app/addresses.ts';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { EVERY_MODEL, filterModels, type ModelFilter } from './filter-models.ts';
import { ModelDialog } from './ModelDialog.tsx';
import { ModelsTable } from './ModelsTable.tsx';
import { ModelsToolbar } from './ModelsToolbar.tsx';
import { BY_NAME, type ModelSort, sortModels } from './sort-models.ts';
import { useComparison } from './use-comparison.ts';
import { useModelFlags } from './use-model-flags.ts';

export function ModelsPage() {
  const query = useQuery(useApi().models.list.queryOptions());
  const [filter, setFilter] = useState(EVERY_MODEL);
  const [sort, setSort] = useState(BY_NAME);
  const [place, go] = useLocation();
  const [compared, setCompared] = useState<readonly string[]>();
  const comparison = useComparison();
  const flags = useModelFlags();
  const scroller = useRef<HTMLDivElement>(null);
  const models = query.data;
  const named = models?.find(({ id }) => modelAddress(id) === place || `/models/${id}` === place);
  const opened = compared ?? (named === undefined ? undefined : [named.id]);
  // Typing stays quick while a long list is filtered behind it.
  const wanted = useDeferredValue(filter);
  const filtered = useMemo(() => filterModels(models ?? [], wanted), [models, wanted]);
  const rows = useMemo(() => sortModels(filtered.shown, sort), [filtered, sort]);
  // Another choice or another order is another list: it is read from its top.
  const fromTop = () => scroller.current?.scrollTo({ top: 0 });
  const changeFilter = (next: ModelFilter) => {
    fromTop();
    setFilter(next);
  };
  const changeSort = (next: ModelSort) => {
    fromTop();
    setSort(next);
  };
  const close = () => {
    setCompared(undefined);
    if (named !== undefined) go('/models', { replace: true });
  };
  return (
    <>
      <PageHeader
        title="Models"
        text="Every model that your providers serve, by the name a tool asks for. Prices are in US dollars per million tokens."
      />
      {query.isError ? (
        <ErrorState what="the models" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <ModelsToolbar
            models={models}
            shown={rows.length}
            unsure={filtered.unsure}
            filter={filter}
            onFilter={changeFilter}
            comparison={comparison}
            onCompare={() => setCompared(comparison.chosen)}
          />
          <ModelsTable
            scroller={scroller}
            models={models === undefined ? undefined : rows}
            filtered={filter !== EVERY_MODEL}
            onShowAll={() => setFilter(EVERY_MODEL)}
            sort={sort}
            onSort={changeSort}
            comparison={comparison}
            flags={flags}
            onOpen={(id) => go(modelAddress(id))}
          />
        </>
      )}
      <ModelDialog models={models ?? []} ids={opened} onClose={close} />
    </>
  );
}
