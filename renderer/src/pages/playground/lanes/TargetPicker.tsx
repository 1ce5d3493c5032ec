import { Select } from '@mantine/core';
import type { Target } from '../state/conversation.ts';
import classes from './TargetPicker.module.css';
import { targetOf, targetValue } from './target-words.ts';
import type { Targets } from './use-targets.ts';

interface TargetPickerProps {
  readonly label: string;
  /** Undefined: on their way. */
  readonly targets: Targets | undefined;
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
}

export function TargetPicker({ label, targets, target, onTarget }: TargetPickerProps) {
  const value = targetValue(target);
  const groups = targets?.groups ?? [];
  // What was chosen stays readable, even where the list no longer has it.
  const gone = value !== '' && targets?.has(value) !== true;
  return (
    <Select
      aria-label={label}
      placeholder={targets === undefined ? 'Loading models' : 'Choose a model'}
      nothingFoundMessage="No model by that name"
      className={classes.picker ?? ''}
      classNames={{ input: classes.input ?? '' }}
      searchable
      allowDeselect={false}
      value={value === '' ? null : value}
      onChange={(chosen) => chosen !== null && onTarget(targetOf(chosen))}
      data={[
        ...groups.map(({ group, items }) => ({ group, items: [...items] })),
        ...(gone ? [{ group: 'Not offered now', items: [value] }] : []),
      ]}
      maxDropdownHeight={380}
      comboboxProps={{ width: 380, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <div className={classes.option}>
          <span className="mono">{option.value}</span>
          <span className={classes.detail}>{targets?.detailOf(option.value)}</span>
        </div>
      )}
    />
  );
}
