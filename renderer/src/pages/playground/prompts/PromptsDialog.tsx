import { Modal, Skeleton } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PromptHeadView } from '../../../../../proxy/contract/prompts.ts';
import { useApi } from '../../../app/session-context.ts';
import { Ago } from '../../../components/Ago.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { PromptPanel } from './PromptPanel.tsx';
import classes from './PromptsDialog.module.css';

/** All saved prompts, and everything about one of them. */
export function PromptsDialog({ onClose }: { readonly onClose: () => void }) {
  // A tool may have saved one since.
  const list = useQuery({ ...useApi().prompts.list.queryOptions(), refetchOnMount: 'always' });
  const [chosen, setChosen] = useState<string>();
  const shown = list.data?.find(({ id }) => id === chosen) ?? list.data?.[0];
  return (
    <Modal opened onClose={onClose} title="Saved prompts" size={920}>
      {list.isError && <ErrorState what="the prompts" error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={200} />}
      {list.data?.length === 0 && (
        <EmptyState
          icon={<IconBookmark size={22} />}
          title="No prompts saved"
          text="Write something in the playground, then choose Prompts, Save as. Every version is kept, and a request can use one by its id."
        />
      )}
      {shown !== undefined && (
        <div className={classes.columns}>
          <ul className={classes.list} aria-label="Prompts">
            {list.data?.map((prompt) => (
              <PromptItem key={prompt.id} prompt={prompt} shown={prompt.id === shown.id} onShow={setChosen} />
            ))}
          </ul>
          <PromptPanel key={shown.id} id={shown.id} onClose={onClose} />
        </div>
      )}
    </Modal>
  );
}

interface PromptItemProps {
  readonly prompt: PromptHeadView;
  readonly shown: boolean;
  readonly onShow: (id: string) => void;
}

function PromptItem({ prompt: { id, title, newest }, shown, onShow }: PromptItemProps) {
  return (
    <li>
      <button type="button" className={classes.item} aria-current={shown} onClick={() => onShow(id)}>
        <span className="truncate">{title}</span>
        <span className={`${classes.detail} truncate`}>
          {title !== id && <span className="mono">{id} · </span>}v{newest.version}, <Ago atMs={newest.createdAtMs} />
        </span>
      </button>
    </li>
  );
}
