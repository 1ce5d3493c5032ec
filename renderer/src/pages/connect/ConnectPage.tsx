import { Skeleton } from '@mantine/core';
import { useParams } from 'wouter';
import { toolId } from '../../../../proxy/contract/connect.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { NotFoundPage } from '../NotFoundPage.tsx';
import classes from './ToolGrid.module.css';
import { ToolGrid } from './ToolGrid.tsx';
import { ToolPage } from './ToolPage.tsx';
import { useTools } from './use-tool.ts';

/** `/connect`: all tools. `/connect/codex`: how to connect this one. */
export function ConnectPage() {
  const named = useParams<{ tool?: string }>().tool;
  if (named === undefined) return <AllTools />;
  const tool = toolId.safeParse(named);
  // Another tool is another page: what was typed and made for one is not for the next.
  return tool.success ? <ToolPage key={tool.data} tool={tool.data} /> : <NotFoundPage />;
}

function AllTools() {
  const list = useTools();
  return (
    <>
      <PageHeader
        title="Connect a tool"
        text="Point a tool at Gatehouse, give it a key of its own, and see every call it makes with its cost."
      />
      {list.isError && <ErrorState what="the tools" error={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined && !list.isError && (
        <div className={classes.grid} aria-busy="true">
          {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((card) => (
            <Skeleton key={card} height={84} radius={10} />
          ))}
        </div>
      )}
      {list.data !== undefined && <ToolGrid tools={list.data.tools} />}
    </>
  );
}
