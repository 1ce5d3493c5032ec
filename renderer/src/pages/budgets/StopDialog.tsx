import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ScopeFields } from './ScopeFields.tsx';
import { scopeProblem } from './scope-problem.ts';
import { type Scope, type ScopeKind, scopeText } from './scope-words.ts';
import { useKillSwitch } from './use-kill-switch.ts';

const KINDS: readonly ScopeKind[] = ['provider', 'model', 'key', 'project'];

interface StopDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function StopDialog({ opened, onClose }: StopDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Stop one thing" size={540}>
      <StopForm onDone={onClose} />
    </Modal>
  );
}

function StopForm({ onDone }: { readonly onDone: () => void }) {
  const [scope, setScope] = useState<Scope>({ kind: 'provider', name: '' });
  const [tried, setTried] = useState(false);
  const { kill, busy } = useKillSwitch();
  const problem = scopeProblem(scope);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined) kill(scopeText(scope), onDone);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <ScopeFields
          label="What to stop"
          kinds={KINDS}
          scope={scope}
          problem={tried ? problem : undefined}
          onScope={setScope}
        />
        <p className="muted">
          Its running calls are cut off now and settled for what was delivered. It stays stopped, also after a restart,
          until you let it go.
        </p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" color="red.9" loading={busy}>
            Stop it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
