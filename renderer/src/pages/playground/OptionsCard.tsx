import { Group, NumberInput, Stack, Textarea } from '@mantine/core';
import { Card } from '../../components/Card.tsx';

export interface CallOptions {
  readonly system: string;
  readonly maxTokens: number | undefined;
  readonly temperature: number | undefined;
}

interface OptionsCardProps {
  readonly options: CallOptions;
  readonly onOptions: (options: CallOptions) => void;
}

/** Left empty, an option is not sent at all and the provider decides. */
export function OptionsCard({ options, onOptions }: OptionsCardProps) {
  return (
    <Card title="Options">
      <Stack gap="sm">
        <Group gap="sm" grow align="flex-start">
          <NumberInput
            label="Max tokens"
            placeholder="not sent"
            min={1}
            allowDecimal={false}
            hideControls
            value={options.maxTokens ?? ''}
            onChange={(value) => onOptions({ ...options, maxTokens: typeof value === 'number' ? value : undefined })}
          />
          <NumberInput
            label="Temperature"
            placeholder="not sent"
            min={0}
            max={2}
            step={0.1}
            hideControls
            value={options.temperature ?? ''}
            onChange={(value) => onOptions({ ...options, temperature: typeof value === 'number' ? value : undefined })}
          />
        </Group>
        <Textarea
          label="System prompt"
          placeholder="not sent"
          autosize
          minRows={2}
          maxRows={6}
          value={options.system}
          onChange={(event) => onOptions({ ...options, system: event.currentTarget.value })}
        />
      </Stack>
    </Card>
  );
}
