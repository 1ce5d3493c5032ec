import { Drawer } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ChatRequest } from '../../../../proxy/contract/playground-request.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { preloadMarkdown } from './answer/lazy-markdown.ts';
import { CodeDialog } from './code/CodeDialog.tsx';
import { Composer } from './compose/Composer.tsx';
import { DropZone } from './compose/DropZone.tsx';
import { useTargets } from './lanes/use-targets.ts';
import { OptionsPanel } from './options/OptionsPanel.tsx';
import { PageActions } from './PageActions.tsx';
import classes from './PlaygroundPage.module.css';
import type { Place } from './state/conversation.ts';
import { isBusy } from './state/is-busy.ts';
import { PlaygroundContext } from './state/playground-context.ts';
import { usePlaygroundStore } from './state/use-playground-store.ts';
import { Conversation } from './talk/Conversation.tsx';
import { TraceDrawer } from './trace/TraceDrawer.tsx';
import { useFirstTarget } from './use-first-target.ts';
import { useStopKey } from './use-stop-key.ts';

interface Shown<T> {
  readonly what: T;
  readonly opened: boolean;
}

export function PlaygroundPage() {
  const store = usePlaygroundStore();
  // Only these two of it, and not with every word of an answer.
  const busy = useSyncExternalStore(store.subscribe, () => isBusy(store.get().conversation));
  const lanes = useSyncExternalStore(store.subscribe, () => store.get().conversation.lanes);
  const { models, targets } = useTargets();
  const [traced, setTraced] = useState<Shown<Place>>();
  const [coded, setCoded] = useState<Shown<ChatRequest>>();
  const [editing, setEditing] = useState<number>();
  const roomy = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false }) ?? true;
  const [beside, setBeside] = useLocalStorage({
    key: 'gatehouse-playground-options',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [over, setOver] = useState(false);
  const desk = useMemo(
    () => ({
      store,
      openTrace: (what: Place) => setTraced({ what, opened: true }),
      openCode: (what: ChatRequest) => setCoded({ what, opened: true }),
    }),
    [store],
  );
  useFirstTarget(store, targets);
  useEffect(preloadMarkdown, []);
  useStopKey(busy, () => store.stop());
  return (
    <PlaygroundContext value={desk}>
      <div className={classes.page} data-wide>
        <PageHeader
          title="Playground"
          actions={
            <PageActions
              busy={busy}
              options={roomy ? beside : over}
              onOptions={() => (roomy ? setBeside(!beside) : setOver(true))}
            />
          }
        />
        {models.isError && <ErrorState what="the models" error={models.error} onRetry={() => void models.refetch()} />}
        <div className={classes.columns}>
          <DropZone className={classes.chat} label="Conversation">
            <Conversation targets={targets} editing={editing} onEdit={setEditing} />
            <Composer
              nobody={lanes.some(({ target }) => target.model === '')}
              busy={busy}
              onEditLast={() => setEditing(store.get().conversation.turns.at(-1)?.id)}
            />
          </DropZone>
          {roomy && beside && (
            <section className={classes.options} aria-label="Options">
              <OptionsPanel />
            </section>
          )}
        </div>
      </div>
      {!roomy && (
        <Drawer
          opened={over}
          onClose={() => setOver(false)}
          title="Options"
          size={340}
          classNames={{ body: classes.drawer ?? '' }}
        >
          <OptionsPanel />
        </Drawer>
      )}
      <TraceDrawer
        place={traced?.what}
        opened={traced?.opened === true}
        onClose={() => setTraced((last) => last && { ...last, opened: false })}
      />
      <CodeDialog
        request={coded?.what}
        opened={coded?.opened === true}
        onClose={() => setCoded((last) => last && { ...last, opened: false })}
      />
    </PlaygroundContext>
  );
}
