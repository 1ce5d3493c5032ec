import { Group, NumberInput, Radio, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { BudgetConfig } from '../../../../proxy/contract/config.ts';
import { ALERT_AT_DEFAULT, CLAMP_FLOOR_TOKENS_DEFAULT } from '../../../../proxy/contract/config.ts';
import { FormFoot } from '../../config-edit/FormFoot.tsx';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';
import {
  type BudgetDraft,
  budgetDraftOf,
  budgetOf,
  budgetProblems,
  EMPTY_BUDGET,
  suggestedId,
} from './budget-draft.ts';
import { editBudget } from './edit-limits.ts';
import { ON_LIMIT_CHOICES, percentList, WINDOW_CHOICES } from './limit-words.ts';
import { ScopeFields } from './ScopeFields.tsx';
import { SCOPE_KINDS } from './scope-words.ts';

interface BudgetFormProps {
  readonly budgets: readonly BudgetConfig[];
  /** The one to edit; undefined to add one. */
  readonly current: BudgetConfig | undefined;
  readonly onDone: () => void;
}

export function BudgetForm({ budgets, current, onDone }: BudgetFormProps) {
  // As it was when the form opened: the feed goes on bringing what others make of it.
  const [seen] = useState(current);
  const [draft, setDraft] = useState(current === undefined ? EMPTY_BUDGET : budgetDraftOf(current));
  const [tried, setTried] = useState(false);
  const editor = useEditConfig(onDone);
  const taken = new Set(budgets.map(({ id }) => id).filter((id) => id !== current?.id));
  const problems = budgetProblems(draft, taken);
  const change = (part: Partial<BudgetDraft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const budget = budgetOf(draft, taken);
    editor.save(
      {
        note: `budget ${budget.id} ${current === undefined ? 'added' : 'changed'}`,
        change: editBudget(seen, budget),
      },
      current === undefined ? 'The budget is set.' : 'The budget is changed.',
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <ScopeFields
          label="What it covers"
          kinds={SCOPE_KINDS}
          scope={draft.scope}
          problem={tried ? problems.scope : undefined}
          onScope={(scope) => change({ scope })}
        />
        <Group gap="sm" align="flex-start" grow>
          <NumberInput
            label="Limit"
            prefix="$"
            min={0}
            max={1_000_000}
            decimalScale={6}
            value={draft.limitUsd}
            onChange={(limitUsd) => change({ limitUsd })}
            error={tried ? problems.limitUsd : undefined}
            hideControls
          />
          <Select
            label="Window"
            data={[...WINDOW_CHOICES]}
            value={draft.window}
            allowDeselect={false}
            onChange={(value) => {
              const chosen = WINDOW_CHOICES.find((choice) => choice.value === value);
              if (chosen !== undefined) change({ window: chosen.value });
            }}
          />
        </Group>
        <Radio.Group
          label="A call that does not fit"
          value={draft.onLimit}
          onChange={(value) => {
            const chosen = ON_LIMIT_CHOICES.find((choice) => choice.value === value);
            if (chosen !== undefined) change({ onLimit: chosen.value });
          }}
        >
          <Stack gap={8} mt={4}>
            {ON_LIMIT_CHOICES.map(({ value, label, text }) => (
              <Radio key={value} value={value} label={label} description={text} size="xs" />
            ))}
          </Stack>
        </Radio.Group>
        {draft.onLimit === 'clamp' && (
          <NumberInput
            label="Shortest answer"
            description="In tokens. A call that would get less is refused."
            placeholder={String(CLAMP_FLOOR_TOKENS_DEFAULT)}
            min={1}
            allowDecimal={false}
            value={draft.clampFloorTokens}
            onChange={(clampFloorTokens) => change({ clampFloorTokens })}
            error={tried ? problems.clampFloorTokens : undefined}
            hideControls
          />
        )}
        <Group gap="sm" align="flex-start" grow>
          <TextInput
            label="Alerts at (percent)"
            placeholder={percentList(ALERT_AT_DEFAULT)}
            value={draft.alertAt}
            onChange={(event) => change({ alertAt: event.currentTarget.value })}
            error={tried ? problems.alertAt : undefined}
            autoComplete="off"
          />
          <TextInput
            label="Name"
            placeholder={suggestedId(draft, taken)}
            value={draft.id}
            // Alerts and receipts of the past name it, so it keeps its name.
            disabled={current !== undefined}
            onChange={(event) => change({ id: event.currentTarget.value })}
            error={tried ? problems.id : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        </Group>
        <FormFoot verb={current === undefined ? 'Add budget' : 'Save'} editor={editor} onCancel={onDone} />
      </Stack>
    </form>
  );
}
