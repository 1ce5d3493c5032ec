import { Button, Group, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef } from 'react';
import type { ReportedProblem } from '../../../config-edit/config-problems.ts';
import { EditTroubleNotice } from '../../../config-edit/EditTroubleNotice.tsx';
import type { ConfigEditor } from '../../../config-edit/use-edit-config.tsx';

interface ItemFormProps {
  readonly editor: ConfigEditor;
  readonly verb: string;
  /** Problems that no field shows. */
  readonly others: readonly ReportedProblem[] | undefined;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** The frame of every form that edits one item of the routing settings. */
export function ItemForm({ editor, verb, others, onSubmit, onCancel, children }: ItemFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
    // What is wrong may be out of sight, so the person is taken there.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        {children}
        <EditTroubleNotice trouble={editor.trouble} {...(others === undefined ? {} : { others })} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={editor.busy}>
            {editor.trouble?.kind === 'changed-elsewhere' ? 'Save all the same' : verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
