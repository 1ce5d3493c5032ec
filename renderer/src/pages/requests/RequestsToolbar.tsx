import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useNow } from '../../components/use-now.ts';
import { type Period, periodOf } from '../../usage/periods.ts';
import { useTimeZone } from '../../usage/use-time-zone.ts';
import { FilterBar } from '../usage/FilterBar.tsx';
import classes from './RequestsToolbar.module.css';
import { EVERY_REQUEST, isEvery, type PeriodChoice, type RequestsChoice, type StateChoice } from './requests-filter.ts';

const PERIODS: readonly { readonly value: PeriodChoice; readonly label: string }[] = [
  { value: 'any', label: 'Any time' },
  { value: 'today', label: 'Today' },
  { value: '7-days', label: '7 days' },
  { value: '30-days', label: '30 days' },
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
];

const STATES: readonly { readonly value: StateChoice; readonly label: string }[] = [
  { value: 'every', label: 'Every state' },
  { value: 'running', label: 'Running' },
  { value: 'settled', label: 'Settled' },
  { value: 'problems', label: 'Failed or refused' },
  { value: 'stopped', label: 'Stopped' },
];

/** What can be filtered by is looked up over this long where the person chose no period. */
const LOOKED_UP_DAYS = 90;
const DAY_MS = 86_400_000;

interface RequestsToolbarProps {
  readonly choice: RequestsChoice;
  readonly onChange: (choice: RequestsChoice) => void;
}

export function RequestsToolbar({ choice, onChange }: RequestsToolbarProps) {
  const period = useLookedUpPeriod(choice.period);
  return (
    <div className={classes.toolbar}>
      <Select
        size="xs"
        className={classes.choice}
        aria-label="Period"
        data={[...PERIODS]}
        value={choice.period}
        allowDeselect={false}
        onChange={(value) => value !== null && onChange({ ...choice, period: value as PeriodChoice })}
      />
      <Select
        size="xs"
        className={classes.choice}
        aria-label="State"
        data={[...STATES]}
        value={choice.state}
        allowDeselect={false}
        onChange={(value) => value !== null && onChange({ ...choice, state: value as StateChoice })}
      />
      <FilterBar period={period} filters={choice.filters} onChange={(filters) => onChange({ ...choice, filters })} />
      {!isEvery(choice) && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconX size={14} aria-hidden="true" />}
          onClick={() => onChange(EVERY_REQUEST)}
        >
          Show all
        </Button>
      )}
    </div>
  );
}

function useLookedUpPeriod(choice: PeriodChoice): Period | undefined {
  const nowMs = useNow(60_000);
  const timeZone = useTimeZone();
  return useMemo(() => {
    if (timeZone === undefined) return undefined;
    const today = periodOf({ kind: 'today' }, nowMs, timeZone);
    if (choice !== 'any') return periodOf({ kind: choice }, nowMs, timeZone);
    return today && { ...today, fromMs: today.fromMs - LOOKED_UP_DAYS * DAY_MS };
  }, [choice, nowMs, timeZone]);
}
