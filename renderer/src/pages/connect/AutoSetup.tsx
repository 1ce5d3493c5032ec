import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { ToolView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { formatInstant } from '../../format/time.ts';
import { AppliedNotice } from './AppliedNotice.tsx';
import { FileChange } from './FileChange.tsx';
import { OwnKeyForm } from './OwnKeyForm.tsx';
import { RefusedNotice } from './RefusedNotice.tsx';
import type { Secret } from './secret.ts';
import { ToolNotes } from './ToolNotes.tsx';
import { changeWords, refusedFiles } from './tool-words.ts';
import { UndoPart } from './UndoPart.tsx';
import { type Applied, useApply, usePlan } from './use-tool.ts';

interface AutoSetupProps {
  readonly tool: ToolView;
  readonly model: string | undefined;
  readonly secret: Secret | undefined;
  readonly onSecret: (secret: Secret | undefined) => void;
  readonly onByHand: () => void;
}

/** What Gatehouse would write, before it writes it; then what it wrote, and the way back. */
export function AutoSetup({ tool, model, secret, onSecret, onByHand }: AutoSetupProps) {
  const refused = refusedFiles(tool).length > 0;
  const plan = usePlan(tool.id, model, !refused);
  const [applied, setApplied] = useState<Applied>();
  const forget = () => {
    setApplied(undefined);
    // The key that was made for it is revoked with it.
    if (secret?.from === 'made') onSecret(undefined);
  };
  if (refused) {
    return (
      <RefusedNotice
        tool={tool}
        action={
          <Button size="xs" variant="default" onClick={onByHand}>
            Do it by hand
          </Button>
        }
      />
    );
  }
  if (plan.isError) {
    return <ErrorState what="what would change" error={plan.error} onRetry={() => void plan.refetch()} />;
  }
  if (plan.data === undefined) return <Skeleton height={180} aria-busy="true" />;
  const changes = plan.data.files.filter((file) => file.changes);
  return (
    <Stack gap="md">
      {changes.length === 0 ? (
        <AppliedNotice tool={tool} applied={applied} />
      ) : (
        <>
          <p>
            {tool.applied !== undefined && `Written ${formatInstant(tool.applied.atMs)}, and different by now. `}
            {changeWords(changes)}
          </p>
          {changes.map((file) => (
            <FileChange key={file.path} file={file} />
          ))}
          <ApplyPart tool={tool} model={model} secret={secret} onSecret={onSecret} onApplied={setApplied} />
        </>
      )}
      {changes.length === 0 && <ToolNotes title="Then" notes={plan.data.nextSteps} />}
      {tool.applied !== undefined && <UndoPart tool={tool} onUndone={forget} />}
      <ToolNotes notes={tool.notes} />
    </Stack>
  );
}

interface ApplyPartProps extends Omit<AutoSetupProps, 'onByHand'> {
  readonly onApplied: (applied: Applied) => void;
}

function ApplyPart({ tool, model, secret, onSecret, onApplied }: ApplyPartProps) {
  const managed = useManaged();
  const [typing, setTyping] = useState(false);
  const apply = useApply((done) => {
    onApplied(done);
    if (done.secret !== undefined) onSecret({ value: done.secret, from: 'made' });
  });
  if (typing && secret === undefined) {
    return <OwnKeyForm onKey={(value) => onSecret({ value, from: 'own' })} onCancel={() => setTyping(false)} />;
  }
  const keyNeeded = managed && secret === undefined;
  return (
    <>
      <p className="muted">
        {keyNeeded
          ? 'Access keys come from the config file here: use one of those.'
          : secret === undefined
            ? `A key of its own is made for ${tool.name}, so you see what it spends and can revoke it alone.`
            : 'The key you gave is written into the file.'}
      </p>
      {apply.isError && (
        <Notice tone="bad" urgent title="Nothing was written">
          {explainError(apply.error)}
        </Notice>
      )}
      <Group gap="xs">
        <Button
          loading={apply.isPending}
          disabled={keyNeeded}
          onClick={() =>
            apply.mutate({
              tool: tool.id,
              ...(model === undefined ? {} : { model }),
              key: secret === undefined ? { from: 'tool' } : { from: 'own', secret: secret.value },
            })
          }
        >
          {tool.applied === undefined ? 'Apply' : 'Apply again'}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onSecret(undefined);
            setTyping(true);
          }}
        >
          {secret === undefined ? 'Use a key I have' : 'Use another key'}
        </Button>
      </Group>
    </>
  );
}
