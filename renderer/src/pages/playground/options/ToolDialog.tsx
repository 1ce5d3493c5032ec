import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PlayTool } from '../state/call-settings.ts';
import { JsonField } from './JsonField.tsx';
import { EXAMPLE_TOOL, NEW_TOOL, type ToolProblems, toolDraftOf, toolOf } from './tool-draft.ts';

interface ToolDialogProps {
  /** Undefined: a new one. */
  readonly tool: PlayTool | undefined;
  /** The names of the others. */
  readonly taken: readonly string[];
  readonly onSave: (tool: PlayTool) => void;
  readonly onClose: () => void;
}

/** Defines a tool that the model may call. Its result comes from the person, or is filled in. */
export function ToolDialog({ tool, taken, onSave, onClose }: ToolDialogProps) {
  const [draft, setDraft] = useState(tool === undefined ? NEW_TOOL : toolDraftOf(tool));
  const [shown, setShown] = useState(false);
  const made = toolOf(draft, taken);
  const problems: ToolProblems = 'problems' in made ? made.problems : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The form is React's child of the page's, which must not take it for its own.
    event.stopPropagation();
    if ('tool' in made) onSave(made.tool);
    else setShown(true);
  };
  return (
    <Modal opened onClose={onClose} title={tool === undefined ? 'Add a tool' : 'Edit the tool'} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="get_weather"
            data-autofocus
            value={draft.name}
            error={shown || draft.name !== '' ? problems.name : undefined}
            onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, name: value }))}
          />
          <Textarea
            label="Description"
            description="Tells the model when to call it."
            autosize
            minRows={1}
            maxRows={4}
            value={draft.description}
            onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, description: value }))}
          />
          <JsonField
            label="Arguments"
            description="A JSON schema."
            text={draft.schemaText}
            problem={problems.schema}
            onText={(schemaText) => setDraft((before) => ({ ...before, schemaText }))}
          />
          <Textarea
            label="Canned result"
            description="What its result is filled in with. You can change it at each call."
            autosize
            minRows={1}
            maxRows={6}
            value={draft.cannedResult}
            onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, cannedResult: value }))}
          />
          <Group justify="space-between" mt="xs">
            <Button variant="subtle" onClick={() => setDraft(EXAMPLE_TOOL)}>
              Fill in an example
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit">{tool === undefined ? 'Add tool' : 'Save tool'}</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
