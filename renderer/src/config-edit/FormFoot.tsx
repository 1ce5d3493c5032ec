import { Button, Group } from '@mantine/core';
import { EditTroubleNotice } from './EditTroubleNotice.tsx';
import type { ConfigEditor } from './use-edit-config.tsx';

interface FormFootProps {
  readonly verb: string;
  readonly editor: ConfigEditor;
  readonly disabled?: boolean;
  readonly onCancel?: () => void;
}

/** The end of every form that edits the config: what went wrong, and the buttons. */
export function FormFoot({ verb, editor, disabled = false, onCancel }: FormFootProps) {
  return (
    <>
      <EditTroubleNotice trouble={editor.trouble} />
      <Group justify="flex-end" gap="xs">
        {onCancel !== undefined && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" loading={editor.busy} disabled={disabled}>
          {editor.trouble?.kind === 'changed-elsewhere' ? 'Save all the same' : verb}
        </Button>
      </Group>
    </>
  );
}
