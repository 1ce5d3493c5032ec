import { NumberInput, Select, SimpleGrid, Stack, TagsInput } from '@mantine/core';
import { type PlaygroundParameters, reasoningEffort, STOPS_MAX } from '../../../../../proxy/contract/playground.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import { OptionSection } from './OptionSection.tsx';

type NumberName = 'temperature' | 'topP' | 'maxTokens' | 'seed';

interface NumberField {
  readonly name: NumberName;
  readonly label: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

const NUMBERS: readonly NumberField[] = [
  { name: 'temperature', label: 'Temperature', min: 0, max: 2, step: 0.1 },
  { name: 'topP', label: 'Top P', min: 0, max: 1, step: 0.05 },
  { name: 'maxTokens', label: 'Max tokens', min: 1 },
  { name: 'seed', label: 'Seed' },
];

/** Left empty, a parameter is not sent at all and the provider decides. */
export function ParametersSection() {
  const { store } = usePlayground();
  const parameters = usePlaygroundState(({ settings }) => settings.parameters);
  const change = (part: PlaygroundParameters) => store.settings({ parameters: { ...parameters, ...part } });
  return (
    <OptionSection title="Parameters">
      <Stack gap="xs">
        <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
          {NUMBERS.map(({ name, label, ...limits }) => (
            <NumberInput
              key={name}
              label={label}
              placeholder="not sent"
              hideControls
              clampBehavior="strict"
              allowDecimal={limits.step !== undefined}
              {...limits}
              value={parameters[name] ?? ''}
              onChange={(value) => change({ [name]: typeof value === 'number' ? value : undefined })}
            />
          ))}
        </SimpleGrid>
        <Select
          label="Reasoning effort"
          placeholder="not sent"
          clearable
          clearButtonProps={{ 'aria-label': 'Do not send the reasoning effort' }}
          data={[...reasoningEffort.options]}
          value={parameters.reasoningEffort ?? null}
          onChange={(value) => change({ reasoningEffort: value === null ? undefined : reasoningEffort.parse(value) })}
        />
        <TagsInput
          label="Stop at"
          placeholder={parameters.stop === undefined ? 'not sent' : ''}
          description={`Up to ${STOPS_MAX} texts; Enter adds one.`}
          maxTags={STOPS_MAX}
          value={[...(parameters.stop ?? [])]}
          onChange={(stop) => change({ stop: stop.length === 0 ? undefined : stop })}
        />
      </Stack>
    </OptionSection>
  );
}
