import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SplitConfig } from '../../../../../proxy/contract/config.ts';
import { ItemForm } from '../parts/ItemForm.tsx';
import type { ItemFormProps } from '../parts/ListTab.tsx';
import { pathOf, SPLITS } from '../parts/list-parts.ts';
import { NameInput } from '../parts/NameInput.tsx';
import { problemsAt } from '../parts/problems-at.ts';
import { useItemProblems } from '../parts/use-item-problems.ts';
import { useListEditor } from '../parts/use-list-editor.ts';
import { ArmFields } from './ArmFields.tsx';
import { type SplitDraft, type StickyBy, splitDraftOf, splitOf, splitProblems } from './split-draft.ts';

const STICKY_BY: readonly { readonly value: StickyBy; readonly label: string }[] = [
  { value: 'default', label: 'The session, else the tool, else the key' },
  { value: 'session', label: 'The session' },
  { value: 'client', label: 'The tool' },
  { value: 'none', label: 'Nobody: every call is drawn anew' },
];

export function SplitForm({ seen, config, onDone }: ItemFormProps<SplitConfig>) {
  const [draft, setDraft] = useState(() => splitDraftOf(seen));
  const { editor, put } = useListEditor(SPLITS, onDone);
  const change = (part: Partial<SplitDraft>) => setDraft((before) => ({ ...before, ...part }));
  const next = splitOf(draft);
  const others = SPLITS.list(config).filter(({ name }) => name !== seen?.name);
  const problems = useItemProblems(splitProblems(draft, others), editor.trouble, (attempted) =>
    pathOf(SPLITS, attempted, next),
  );
  return (
    <ItemForm
      editor={editor}
      verb={seen === undefined ? 'Add split' : 'Save'}
      others={problems.others}
      onSubmit={() => problems.ready() && put(seen, next)}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        value={draft.name}
        error={problems.fields.name}
        data-autofocus
        onChange={(event) => change({ name: event.currentTarget.value })}
        autoComplete="off"
      />
      <NameInput
        kind="askable"
        label="Divide the calls for"
        description="A name of its own, such as gatehouse/chat, or any that tools ask for already"
        placeholder="gatehouse/chat"
        value={draft.model}
        error={problems.fields.model}
        onChange={(model) => change({ model })}
      />
      <ArmFields
        arms={draft.arms}
        problems={problemsAt(problems.fields, 'targets')}
        onArms={(arms) => change({ arms })}
      />
      <Select
        label="Who stays with the arm they got first"
        allowDeselect={false}
        data={[...STICKY_BY]}
        value={draft.stickyBy}
        onChange={(value) =>
          change({ stickyBy: STICKY_BY.find((choice) => choice.value === value)?.value ?? 'default' })
        }
      />
    </ItemForm>
  );
}
