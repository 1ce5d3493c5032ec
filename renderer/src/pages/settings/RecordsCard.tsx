import { NumberInput, Stack, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Config } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { sameItem } from '../../config-edit/edit-list.ts';
import { FormFoot } from '../../config-edit/FormFoot.tsx';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';
import { numberTyped, type TypedNumber, wholeNumberProblem } from '../budgets/typed-number.ts';

const DAYS_MAX = 36_500;

/** What is kept of each call. Starts over when the stored settings change. */
export function RecordsCard({ config }: { readonly config: Config }) {
  return (
    <Card title="Records of calls">
      <RecordsForm key={JSON.stringify(config.usage)} stored={config.usage} />
    </Card>
  );
}

function RecordsForm({ stored }: { readonly stored: Config['usage'] }) {
  const managed = useManaged();
  const [processes, setProcesses] = useState(stored.processes);
  const [days, setDays] = useState<TypedNumber>(stored.retentionDays);
  const editor = useEditConfig();
  const retentionDays = numberTyped(days);
  const problem = retentionDays === undefined ? 'Enter a number of days' : wholeNumberProblem(days, 1, DAYS_MAX);
  const unchanged = processes === stored.processes && retentionDays === stored.retentionDays;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== undefined || retentionDays === undefined) return;
    editor.save(
      {
        note: 'records of calls changed',
        change: (config, insist) =>
          insist || sameItem(config.usage, stored)
            ? { ...config, usage: { ...config.usage, processes, retentionDays } }
            : undefined,
      },
      'Saved.',
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Switch
          label="Note which program made a call"
          description="The name of the process on this machine, where the system tells. No prompt or answer is ever kept."
          checked={processes}
          disabled={managed}
          onChange={(event) => setProcesses(event.currentTarget.checked)}
        />
        <NumberInput
          label="Keep records for (days)"
          description="Older ones are deleted. The ledger is kept for good."
          min={1}
          max={DAYS_MAX}
          allowDecimal={false}
          value={days}
          disabled={managed}
          onChange={setDays}
          error={problem}
          hideControls
        />
        <FormFoot verb="Save records" editor={editor} disabled={managed || unchanged || problem !== undefined} />
      </Stack>
    </form>
  );
}
