import { Checkbox, Group, NumberInput, Stack } from '@mantine/core';
import { LOOP_GUARD_DEFAULT } from '../../../../proxy/contract/config.ts';
import {
  THRESHOLD_FIELDS,
  type ThresholdDraft,
  type ThresholdField,
  type ThresholdProblems,
} from './loop-guard-draft.ts';

const LABELS: Record<ThresholdField, string> = {
  identicalCalls: 'Near-identical calls',
  windowSeconds: 'Within seconds',
  toolCycles: 'Same tool in a row',
};

interface ThresholdFieldsProps {
  readonly draft: ThresholdDraft;
  readonly problems: ThresholdProblems;
  readonly disabled: boolean;
  readonly onDraft: (draft: ThresholdDraft) => void;
}

export function ThresholdFields({ draft, problems, disabled, onDraft }: ThresholdFieldsProps) {
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start" grow>
        {THRESHOLD_FIELDS.map((field) => (
          <NumberInput
            key={field}
            label={LABELS[field]}
            placeholder={String(LOOP_GUARD_DEFAULT[field])}
            min={1}
            allowDecimal={false}
            value={draft[field]}
            disabled={disabled}
            onChange={(value) => onDraft({ ...draft, [field]: value })}
            error={problems[field]}
            hideControls
          />
        ))}
      </Group>
      <Checkbox
        label="Watch every call, not only agents"
        description="Benchmarks and load tests would count as loops then."
        checked={draft.everyCall}
        disabled={disabled}
        onChange={(event) => onDraft({ ...draft, everyCall: event.currentTarget.checked })}
      />
    </Stack>
  );
}
