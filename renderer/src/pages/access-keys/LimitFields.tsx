import { Group, NumberInput, SegmentedControl, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useId } from 'react';
import { ON_LIMIT_CHOICES, WINDOW_CHOICES } from '../budgets/limit-words.ts';
import { thresholdProblems } from '../budgets/loop-guard-draft.ts';
import { RateFields } from '../budgets/RateFields.tsx';
import { ThresholdFields } from '../budgets/ThresholdFields.tsx';
import type { KeyDraft, KeyProblems } from './key-draft.ts';
import { MODE_CHOICES, TIER_CHOICES } from './rights-words.ts';

interface LimitFieldsProps {
  readonly draft: KeyDraft;
  readonly problems: KeyProblems;
  readonly onChange: (part: Partial<KeyDraft>) => void;
}

const LOOP_GUARD = [
  { value: 'as-all', label: 'As for all' },
  { value: 'own', label: 'Its own' },
  { value: 'off', label: 'Off' },
] as const;

/** Everything a key can be held to. What stays empty is not limited. */
export function LimitFields({ draft, problems, onChange }: LimitFieldsProps) {
  const guardName = useId();
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-start" grow>
        <NumberInput
          label="Cap"
          placeholder="no cap"
          prefix="$"
          min={0}
          max={1_000_000}
          decimalScale={6}
          value={draft.capUsd}
          onChange={(capUsd) => onChange({ capUsd })}
          error={problems.capUsd}
          hideControls
        />
        <Select
          label="Window"
          data={[...WINDOW_CHOICES]}
          value={draft.capWindow}
          allowDeselect={false}
          disabled={draft.capUsd === ''}
          onChange={(value) => {
            const chosen = WINDOW_CHOICES.find((choice) => choice.value === value);
            if (chosen !== undefined) onChange({ capWindow: chosen.value });
          }}
        />
        <Select
          label="A call that does not fit"
          data={ON_LIMIT_CHOICES.map(({ value, label }) => ({ value, label }))}
          value={draft.capOnLimit}
          allowDeselect={false}
          disabled={draft.capUsd === ''}
          onChange={(value) => {
            const chosen = ON_LIMIT_CHOICES.find((choice) => choice.value === value);
            if (chosen !== undefined) onChange({ capOnLimit: chosen.value });
          }}
        />
      </Group>
      <TagsInput
        label="Models"
        description="Patterns of what may serve its calls; * stands for any text. Press Enter after each."
        placeholder={draft.models.length === 0 ? 'every model, or openai/*' : ''}
        value={[...draft.models]}
        onChange={(models) => onChange({ models })}
        error={problems.models}
        splitChars={[',', ' ']}
        acceptValueOnBlur
        clearable={false}
      />
      <Group gap="sm" align="flex-start" grow>
        <Select
          label="Highest tier"
          placeholder="any"
          data={[...TIER_CHOICES]}
          value={draft.maxTier ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Any tier' }}
          onChange={(value) => onChange({ maxTier: TIER_CHOICES.find((choice) => choice.value === value)?.value })}
        />
        <Select
          label="Mode"
          placeholder="the default"
          data={[...MODE_CHOICES]}
          value={draft.mode ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'The default mode' }}
          onChange={(value) => onChange({ mode: MODE_CHOICES.find((choice) => choice.value === value)?.value })}
        />
        <TextInput
          label="Ends"
          type="datetime-local"
          value={draft.expires}
          onChange={(event) => onChange({ expires: event.currentTarget.value })}
          error={problems.expires}
        />
      </Group>
      <RateFields values={draft} problems={problems} onChange={(field, value) => onChange({ [field]: value })} />
      <div>
        <p id={guardName} style={{ marginBottom: 3, fontWeight: 600 }}>
          Loop guard
        </p>
        <SegmentedControl
          aria-labelledby={guardName}
          data={[...LOOP_GUARD]}
          value={draft.loopGuard}
          onChange={(value) => {
            const chosen = LOOP_GUARD.find((choice) => choice.value === value);
            if (chosen !== undefined) onChange({ loopGuard: chosen.value });
          }}
        />
      </div>
      {draft.loopGuard === 'own' && (
        <ThresholdFields
          draft={draft.thresholds}
          problems={thresholdProblems(draft.thresholds)}
          disabled={false}
          onDraft={(thresholds) => onChange({ thresholds })}
        />
      )}
    </Stack>
  );
}
