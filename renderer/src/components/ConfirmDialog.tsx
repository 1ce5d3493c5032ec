import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { explainError } from '../format/explain-error.ts';
import { Notice } from './Notice.tsx';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button, e.g. "Revoke key". */
  readonly verb: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. The safe button has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, verb, busy, error, onConfirm, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="md">
      <div>{children}</div>
      {error !== null && error !== undefined && (
        <div style={{ marginTop: 12 }}>
          <Notice tone="bad" urgent>
            {explainError(error)}
          </Notice>
        </div>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red.9" loading={busy} onClick={onConfirm}>
          {verb}
        </Button>
      </Group>
    </Modal>
  );
}
