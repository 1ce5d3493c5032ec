import { Select } from '@mantine/core';
import type { Mode } from '../../../../../proxy/contract/config.ts';
import { isMode, MODE_WORDS, MODES } from './mode-words.ts';

interface ModeSelectProps {
  readonly label: string;
  readonly description?: string;
  readonly value: Mode | undefined;
  /** What it means to choose none. */
  readonly none: string;
  readonly disabled?: boolean;
  readonly onChange: (mode: Mode | undefined) => void;
}

const NONE = 'none';

export function ModeSelect({ label, description, value, none, disabled, onChange }: ModeSelectProps) {
  return (
    <Select
      label={label}
      description={description}
      disabled={disabled === true}
      allowDeselect={false}
      data={[{ value: NONE, label: none }, ...MODES.map((mode) => ({ value: mode, label: MODE_WORDS[mode].name }))]}
      value={value ?? NONE}
      onChange={(chosen) => onChange(isMode(chosen) ? chosen : undefined)}
      renderOption={({ option }) => (
        <div>
          <div>{option.label}</div>
          {isMode(option.value) && <div className="muted">{MODE_WORDS[option.value].means}</div>}
        </div>
      )}
    />
  );
}
