import { Anchor } from '@mantine/core';
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ToolId } from '../../../../proxy/contract/connect.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import type { ToolView } from '../../contract-views.ts';
import { CheckCard } from './CheckCard.tsx';
import { LastCallCard } from './LastCallCard.tsx';
import { SetupCard } from './SetupCard.tsx';
import type { Secret } from './secret.ts';
import classes from './ToolPage.module.css';
import { ToolSkeleton } from './ToolSkeleton.tsx';
import { useModelChoice } from './use-model-choice.ts';
import { useTool } from './use-tool.ts';

/** How to connect one tool, a check that it works, and its last call. */
export function ToolPage({ tool: id }: { readonly tool: ToolId }) {
  const { model, typed, type } = useModelChoice();
  const [secret, setSecret] = useState<Secret>();
  const { tool, model: shownModel } = useTool(id, model);
  return (
    <>
      <p className={classes.back}>
        <Link href="/connect">
          <IconArrowLeft size={14} aria-hidden="true" />
          All tools
        </Link>
      </p>
      <PageHeader
        title={tool.data?.name ?? 'Connect a tool'}
        text={tool.data === undefined ? undefined : <Summary tool={tool.data} />}
      />
      {tool.isError && <ErrorState what="this tool" error={tool.error} onRetry={() => void tool.refetch()} />}
      {tool.data === undefined && !tool.isError && <ToolSkeleton />}
      {tool.data !== undefined && (
        <div className={classes.columns}>
          <SetupCard
            tool={tool.data}
            model={model}
            modelTyped={typed ?? shownModel}
            onModel={type}
            secret={secret}
            onSecret={setSecret}
          />
          <div className={classes.side}>
            <CheckCard tool={tool.data} model={model} secret={secret} />
            <LastCallCard tool={tool.data} />
          </div>
        </div>
      )}
    </>
  );
}

function Summary({ tool }: { readonly tool: ToolView }) {
  return (
    <>
      {tool.summary}{' '}
      <Anchor href={tool.homepage} target="_blank" rel="noreferrer" inherit underline="always">
        {new URL(tool.homepage).hostname}
        <IconExternalLink size={12} className={classes.out} aria-label="opens in the browser" />
      </Anchor>
    </>
  );
}
