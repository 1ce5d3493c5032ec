import { Stack, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Config } from '../../../../proxy/contract/config.ts';
import { Card } from '../../components/Card.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { sameItem } from '../../config-edit/edit-list.ts';
import { FormFoot } from '../../config-edit/FormFoot.tsx';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';
import { editLoopGuard } from './edit-limits.ts';
import { thresholdDraftOf, thresholdProblems, thresholdsOf } from './loop-guard-draft.ts';
import { ThresholdFields } from './ThresholdFields.tsx';

/** Starts over when the stored settings change. */
export function LoopGuardCard({ config }: { readonly config: Config }) {
  return (
    <Card title="Loop guard">
      <LoopGuardForm key={JSON.stringify(config.loopGuard)} stored={config.loopGuard} />
    </Card>
  );
}

function LoopGuardForm({ stored }: { readonly stored: Config['loopGuard'] }) {
  const managed = useManaged();
  const [enabled, setEnabled] = useState(stored.enabled);
  const [draft, setDraft] = useState(() => thresholdDraftOf(stored));
  const editor = useEditConfig();
  const problems = thresholdProblems(draft);
  const sound = Object.keys(problems).length === 0;
  const wanted = sound ? { enabled, ...thresholdsOf(draft) } : undefined;
  const unchanged =
    wanted !== undefined &&
    wanted.enabled === stored.enabled &&
    sameItem(thresholdsOf(draft), thresholdsOf(thresholdDraftOf(stored)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === undefined) return;
    editor.save({ note: 'loop guard changed', change: editLoopGuard(stored, wanted) }, 'The loop guard is set.');
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Switch
          label="Stop agents that run in circles"
          description="Watches calls that carry tool results: the same call again and again, or the same tool with the same arguments. A script that sends one prompt a thousand times is left alone."
          checked={enabled}
          disabled={managed}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <ThresholdFields draft={draft} problems={problems} disabled={managed || !enabled} onDraft={setDraft} />
        <FormFoot verb="Save loop guard" editor={editor} disabled={managed || unchanged || !sound} />
      </Stack>
    </form>
  );
}
