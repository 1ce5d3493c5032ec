import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { EditTroubleNotice } from '../../config-edit/EditTroubleNotice.tsx';
import type { ConfigEdit } from '../../config-edit/save-config.ts';
import { useEditConfig } from '../../config-edit/use-edit-config.tsx';

interface RemoveEntryDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** The verb on the button, e.g. "Remove budget". */
  readonly verb: string;
  /** A whole sentence. */
  readonly removed: string;
  readonly children: ReactNode;
  readonly edit: ConfigEdit;
  readonly onClose: () => void;
}

/** Asks before a part of the config goes. The safe button has the focus. */
export function RemoveEntryDialog({ opened, title, verb, removed, children, edit, onClose }: RemoveEntryDialogProps) {
  const editor = useEditConfig(onClose);
  const close = () => {
    editor.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <Stack gap="md">
        <div>{children}</div>
        <EditTroubleNotice trouble={editor.trouble} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red.9" loading={editor.busy} onClick={() => editor.save(edit, removed)}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
