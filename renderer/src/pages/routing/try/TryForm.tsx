import { Button, Checkbox, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useApi } from '../../../app/session-context.ts';
import { Card } from '../../../components/Card.tsx';
import { ModeSelect } from '../parts/ModeSelect.tsx';
import { NameInput } from '../parts/NameInput.tsx';
import { OrderedNames } from '../parts/OrderedNames.tsx';
import classes from './TryTab.module.css';
import type { TryDraft } from './try-draft.ts';

interface TryFormProps {
  readonly draft: TryDraft;
  readonly onDraft: (draft: TryDraft) => void;
  readonly busy: boolean;
  readonly onRun: () => void;
}

const ANYBODY = 'anybody';

export function TryForm({ draft, onDraft, busy, onRun }: TryFormProps) {
  const change = (part: Partial<TryDraft>) => onDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRun();
  };
  return (
    <Card title="A call">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <NameInput
            kind="askable"
            label="Model"
            placeholder="auto, a model or a virtual model"
            value={draft.model}
            onChange={(model) => change({ model })}
          />
          <OrderedNames
            legend="Else ask"
            text="As a tool names them with the request (models): one after the other, where the one before fails."
            kind="askable"
            lines={draft.models}
            problems={{}}
            linesMin={0}
            onLines={(models) => change({ models })}
          />
          <ModeSelect
            label="Mode"
            none="As the settings say"
            value={draft.mode}
            onChange={(mode) => change({ mode })}
          />
          <Textarea
            label="Prompt"
            description="Looked at here, sent nowhere and not kept"
            autosize
            minRows={3}
            maxRows={8}
            value={draft.prompt}
            onChange={(event) => change({ prompt: event.currentTarget.value })}
          />
          <div className={classes.switches}>
            <Checkbox
              label="Tools"
              checked={draft.tools}
              onChange={(event) => change({ tools: event.currentTarget.checked })}
            />
            <Checkbox
              label="Image"
              checked={draft.image}
              onChange={(event) => change({ image: event.currentTarget.checked })}
            />
            <Checkbox
              label="JSON schema"
              checked={draft.jsonSchema}
              onChange={(event) => change({ jsonSchema: event.currentTarget.checked })}
            />
            <Checkbox
              label="Streamed"
              checked={draft.stream}
              onChange={(event) => change({ stream: event.currentTarget.checked })}
            />
          </div>
          <CallerFields draft={draft} onChange={change} />
          <Button
            type="submit"
            leftSection={<IconRoute size={16} />}
            loading={busy}
            disabled={draft.model.trim() === ''}
          >
            Show the route
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

interface CallerFieldsProps {
  readonly draft: TryDraft;
  readonly onChange: (part: Partial<TryDraft>) => void;
}

/** Who would make the call: rules and rights look at that. */
function CallerFields({ draft, onChange }: CallerFieldsProps) {
  const keys = useQuery(useApi().accessKeys.list.queryOptions());
  const usable = (keys.data ?? []).filter(({ revokedAtMs }) => revokedAtMs === undefined);
  return (
    <>
      <Group gap="sm" grow align="flex-start">
        <Select
          label="Access key"
          allowDeselect={false}
          data={[{ value: ANYBODY, label: 'any' }, ...usable.map(({ id }) => ({ value: id, label: id }))]}
          value={draft.accessKeyId ?? ANYBODY}
          onChange={(value) => onChange({ accessKeyId: value === ANYBODY || value === null ? undefined : value })}
        />
        <NumberInput
          label="Max tokens"
          placeholder="not sent"
          min={1}
          allowDecimal={false}
          hideControls
          value={draft.maxTokens}
          onChange={(maxTokens) => onChange({ maxTokens })}
        />
      </Group>
      <Group gap="sm" grow align="flex-start">
        <TextInput
          label="Project"
          placeholder="none"
          value={draft.project}
          onChange={(event) => onChange({ project: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          label="Tool"
          placeholder="none"
          value={draft.client}
          onChange={(event) => onChange({ client: event.currentTarget.value })}
          autoComplete="off"
        />
      </Group>
    </>
  );
}
