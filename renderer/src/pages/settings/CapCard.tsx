import { Anchor, Button, Group, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { BudgetWindow } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { SettingsView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { useUpdateSettings } from './use-update-settings.ts';

const WINDOWS: readonly { readonly value: BudgetWindow; readonly label: string }[] = [
  { value: 'hour', label: 'per hour' },
  { value: 'day', label: 'per day' },
  { value: 'week', label: 'per week' },
  { value: 'month', label: 'per month' },
  { value: 'total', label: 'in total' },
];

/** The first budget over everything, the one most people want. The others: Budgets & limits. Starts over when the stored cap changes. */
export function CapCard({ settings }: { readonly settings: SettingsView }) {
  const { budget } = settings;
  return (
    <Card
      title="Spending cap"
      aside={
        <Anchor component={Link} href="/budgets" size="sm">
          All budgets
        </Anchor>
      }
    >
      <CapForm key={`${budget?.window} ${budget?.limitUsd}`} budget={budget} />
    </Card>
  );
}

function CapForm({ budget }: { readonly budget: SettingsView['budget'] }) {
  const managed = useManaged();
  const [on, setOn] = useState(budget !== undefined);
  const [limit, setLimit] = useState<number | string>(budget?.limitUsd ?? 20);
  const [window, setWindow] = useState<BudgetWindow>(budget?.window ?? 'month');
  const update = useUpdateSettings(on ? 'The cap is set.' : 'The cap is lifted.');
  const limitUsd = typeof limit === 'number' ? limit : Number.NaN;
  const problem = on && !(limitUsd >= 0) ? 'Enter an amount in US dollars' : undefined;
  const unchanged =
    on === (budget !== undefined) && (!on || (limitUsd === budget?.limitUsd && window === budget.window));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === undefined) update.mutate({ budget: on ? { window, limitUsd } : null });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Switch
          label="Stop calls at a cap"
          description="Checked before a call is sent, against the most it can cost. Calls in progress count too, so the cap is never passed."
          checked={on}
          disabled={managed}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        <Group gap="sm" align="flex-start" grow>
          <NumberInput
            label="Cap"
            prefix="$"
            min={0}
            max={1_000_000}
            decimalScale={6}
            value={limit}
            disabled={managed || !on}
            onChange={setLimit}
            error={problem}
            hideControls
          />
          <Select
            label="Window"
            data={[...WINDOWS]}
            value={window}
            allowDeselect={false}
            disabled={managed || !on}
            onChange={(value) => {
              const chosen = WINDOWS.find((choice) => choice.value === value);
              if (chosen !== undefined) setWindow(chosen.value);
            }}
          />
        </Group>
        {update.isError && (
          <Notice tone="bad" urgent title="The cap was not changed">
            {explainError(update.error)}
          </Notice>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={managed || unchanged}>
            Save cap
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
