import { Modal } from '@mantine/core';
import type { BudgetConfig } from '../../../../proxy/contract/config.ts';
import { BudgetForm } from './BudgetForm.tsx';

interface BudgetDialogProps {
  readonly budgets: readonly BudgetConfig[];
  /** The one to edit; left out to add one. */
  readonly current?: BudgetConfig;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function BudgetDialog({ budgets, current, opened, onClose }: BudgetDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={540}
      title={current === undefined ? 'Add a budget' : `Edit budget ${current.id}`}
    >
      <BudgetForm budgets={budgets} current={current} onDone={onClose} />
    </Modal>
  );
}
