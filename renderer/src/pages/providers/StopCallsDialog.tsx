import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useKillSwitch } from '../budgets/use-kill-switch.ts';

interface StopCallsDialogProps {
  /** `groq`, or `groq/llama-3.3-70b-versatile`. */
  readonly name: string;
  /** `provider:groq`, or `model:groq/llama-3.3-70b-versatile`. */
  readonly scope: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before a kill switch is thrown: it cuts what is under way, which cannot be taken back. */
export function StopCallsDialog({ name, scope, opened, onClose }: StopCallsDialogProps) {
  const { kill, busy } = useKillSwitch();
  return (
    <ConfirmDialog
      opened={opened}
      title={`Stop all calls to ${name}?`}
      verb="Stop calls"
      busy={busy}
      error={undefined}
      onConfirm={() => kill(scope, onClose)}
      onClose={onClose}
    >
      Calls in progress there are cut off at once and settled at what was delivered. New calls go to other targets where
      they may; the others are refused. It stays so, also after a restart, until you let calls through again.
    </ConfirmDialog>
  );
}
