import { SegmentedControl, TextInput } from '@mantine/core';
import { asCustom, type NamedPeriod, type Period, type PeriodChoice } from '../../usage/periods.ts';
import classes from './PeriodPicker.module.css';

interface PeriodPickerProps {
  readonly choice: PeriodChoice;
  readonly period: Period | undefined;
  readonly timeZone: string | undefined;
  readonly onChange: (choice: PeriodChoice) => void;
}

const NAMES: readonly { readonly value: PeriodChoice['kind']; readonly label: string }[] = [
  { value: 'today', label: 'Today' },
  { value: '7-days', label: '7 days' },
  { value: '30-days', label: '30 days' },
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'custom', label: 'Custom' },
];

export function PeriodPicker({ choice, period, timeZone, onChange }: PeriodPickerProps) {
  const choose = (kind: PeriodChoice['kind']) => {
    if (kind !== 'custom') return onChange({ kind: kind satisfies NamedPeriod });
    if (period !== undefined && timeZone !== undefined) onChange(asCustom(period, timeZone));
  };
  return (
    <div className={classes.picker}>
      <SegmentedControl
        size="xs"
        aria-label="Period"
        value={choice.kind}
        onChange={(kind) => choose(kind as PeriodChoice['kind'])}
        data={[...NAMES]}
      />
      {choice.kind === 'custom' && (
        <div className={classes.range}>
          <TextInput
            type="date"
            size="xs"
            aria-label="First day"
            value={choice.fromDay}
            onChange={(event) => onChange({ ...choice, fromDay: event.currentTarget.value })}
          />
          <span className="muted">to</span>
          <TextInput
            type="date"
            size="xs"
            aria-label="Last day"
            value={choice.toDay}
            onChange={(event) => onChange({ ...choice, toDay: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  );
}
