import { SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RuleConfig } from '../../../../../proxy/contract/config.ts';
import { ItemForm } from '../parts/ItemForm.tsx';
import type { ItemFormProps } from '../parts/ListTab.tsx';
import { pathOf, RULES } from '../parts/list-parts.ts';
import { ModeSelect } from '../parts/ModeSelect.tsx';
import { NameInput } from '../parts/NameInput.tsx';
import { useItemProblems } from '../parts/use-item-problems.ts';
import { useListEditor } from '../parts/use-list-editor.ts';
import { ConditionFields } from './ConditionFields.tsx';
import { type RuleDraft, ruleDraftOf, ruleOf, ruleProblems } from './rule-draft.ts';

export function RuleForm({ seen, config, onDone }: ItemFormProps<RuleConfig>) {
  const [draft, setDraft] = useState(() => ruleDraftOf(seen));
  const { editor, put } = useListEditor(RULES, onDone);
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const next = ruleOf(draft);
  const taken = RULES.list(config)
    .map(({ name }) => name)
    .filter((name) => name !== seen?.name);
  const problems = useItemProblems(ruleProblems(draft, taken), editor.trouble, (attempted) =>
    pathOf(RULES, attempted, next),
  );
  const { fields } = problems;
  return (
    <ItemForm
      editor={editor}
      verb={seen === undefined ? 'Add rule' : 'Save'}
      others={problems.others}
      onSubmit={() => problems.ready() && put(seen, next)}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        description="Shown in the trace of every call it decided"
        value={draft.name}
        error={fields.name}
        data-autofocus
        onChange={(event) => change({ name: event.currentTarget.value })}
        autoComplete="off"
      />
      <ConditionFields draft={draft} problems={fields} onDraft={change} />
      <SegmentedControl
        aria-label="What the rule does"
        data={[
          { value: 'route', label: 'Route the call' },
          { value: 'refuse', label: 'Refuse the call' },
        ]}
        value={draft.does}
        onChange={(does) => change({ does: does === 'refuse' ? 'refuse' : 'route' })}
      />
      {draft.does === 'refuse' ? (
        <Textarea
          label="Words of the refusal"
          description="The tool gets them with a 403"
          autosize
          minRows={2}
          maxRows={4}
          value={draft.refuse}
          error={fields.refuse}
          onChange={(event) => change({ refuse: event.currentTarget.value })}
        />
      ) : (
        <>
          <NameInput
            kind="askable"
            label="Use this model"
            description="Any name that a tool could ask for. Left empty, only the mode is set."
            placeholder="as asked for"
            value={draft.use}
            error={fields.use ?? fields['']}
            onChange={(use) => change({ use })}
          />
          <ModeSelect
            label="In this mode"
            none="No mode of its own"
            value={draft.mode}
            onChange={(mode) => change({ mode })}
          />
        </>
      )}
    </ItemForm>
  );
}
