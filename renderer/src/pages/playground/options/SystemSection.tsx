import { Textarea } from '@mantine/core';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import { OptionSection } from './OptionSection.tsx';

export function SystemSection() {
  const { store } = usePlayground();
  const system = usePlaygroundState(({ settings }) => settings.system);
  return (
    <OptionSection title="System prompt">
      <Textarea
        aria-label="System prompt"
        placeholder="How the model should behave. Left empty, none is sent."
        autosize
        minRows={3}
        maxRows={10}
        value={system}
        onChange={(event) => store.settings({ system: event.currentTarget.value })}
      />
    </OptionSection>
  );
}
