import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { CreatedRun } from '../../../../proxy/contract/runs.ts';
import { RunForm } from './RunForm.tsx';
import { RunLines } from './RunLines.tsx';

interface RunDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** First the budget, then the lines, once. While they show, a stray click outside does not lose them. */
export function RunDialog({ opened, onClose }: RunDialogProps) {
  const [made, setMade] = useState<CreatedRun>();
  const close = () => {
    onClose();
    setMade(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size={560}
      title={made === undefined ? 'A key for one run' : 'Paste this into your shell'}
      closeOnClickOutside={made === undefined}
      closeOnEscape={made === undefined}
      withCloseButton={made === undefined}
    >
      {made === undefined ? <RunForm onCreated={setMade} onCancel={close} /> : <RunLines run={made} onDone={close} />}
    </Modal>
  );
}
