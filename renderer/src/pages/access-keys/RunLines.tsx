import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { SHELLS, type Shell, shellLines } from '../../../../proxy/contract/run-environment.ts';
import type { CreatedRun } from '../../../../proxy/contract/runs.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Notice } from '../../components/Notice.tsx';
import { formatInstant } from '../../format/time.ts';

const SHELL_NAMES: Record<Shell, string> = { bash: 'bash', zsh: 'zsh', fish: 'fish', powershell: 'PowerShell' };

/** The only time the key of the run is readable. */
export function RunLines({ run, onDone }: { readonly run: CreatedRun; readonly onDone: () => void }) {
  const [shell, setShell] = useState<Shell>('bash');
  return (
    <Stack gap="md">
      <Notice tone="warn" title="This is the only time you can see it">
        Tools you start in that shell use the key {run.id} until {formatInstant(run.expiresAtMs)}. Close the shell to be
        back to your own settings. End the run sooner, and see its receipt, from the list of keys.
      </Notice>
      <SegmentedControl
        aria-label="Shell"
        data={SHELLS.map((value) => ({ value, label: SHELL_NAMES[value] }))}
        value={shell}
        onChange={setShell}
      />
      <CodeBlock title={SHELL_NAMES[shell]} name="shell lines" code={shellLines(shell, run.env).join('\n')} />
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
