import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { ModelPicker } from './ModelPicker.tsx';
import { type CallOptions, OptionsCard } from './OptionsCard.tsx';
import classes from './PlaygroundPage.module.css';
import { RunCard } from './RunCard.tsx';
import { usePlayground } from './use-playground.ts';

export function PlaygroundPage() {
  const models = useQuery(useApi().models.list.queryOptions());
  const [remembered, setModel] = useLocalStorage({
    key: 'gatehouse-playground-model',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const [options, setOptions] = useState<CallOptions>({ system: '', maxTokens: undefined, temperature: undefined });
  const playground = usePlayground();
  const known = models.data?.some(({ id }) => id === remembered) === true;
  const model = known ? remembered : (models.data?.[0]?.id ?? '');
  const lastRun = playground.turns.at(-1)?.run;
  return (
    <div className={classes.page}>
      <PageHeader
        title="Playground"
        actions={
          <>
            <ModelPicker models={models.data} model={model} onModel={setModel} />
            <Button
              variant="default"
              disabled={playground.turns.length === 0 || playground.busy}
              onClick={playground.clear}
            >
              Clear
            </Button>
          </>
        }
      />
      {models.isError && <ErrorState what="the models" error={models.error} onRetry={() => void models.refetch()} />}
      <div className={classes.columns}>
        <section className={classes.chat} aria-label="Conversation">
          <Conversation turns={playground.turns} model={models.data?.find(({ id }) => id === model)} />
          <Composer
            disabled={model === ''}
            busy={playground.busy}
            onSend={(question) => void playground.send(question, { model, ...options })}
            onStop={playground.stop}
          />
        </section>
        <div className={classes.side}>
          <RunCard run={lastRun} />
          <OptionsCard options={options} onOptions={setOptions} />
        </div>
      </div>
    </div>
  );
}
