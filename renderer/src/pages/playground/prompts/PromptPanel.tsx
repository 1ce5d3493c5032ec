import { Button, Group, Select, Skeleton, Stack } from '@mantine/core';
import { IconCode, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PromptVersionView, PromptView } from '../../../../../proxy/contract/prompts.ts';
import { useApi } from '../../../app/session-context.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatInstant } from '../../../format/time.ts';
import { targetValue } from '../lanes/target-words.ts';
import { usePlayground } from '../state/playground-context.ts';
import { LoadPromptForm } from './LoadPromptForm.tsx';
import { PromptChanges } from './PromptChanges.tsx';
import { promptRequest } from './prompt-request.ts';
import { RemovePromptDialog } from './RemovePromptDialog.tsx';

interface PromptPanelProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One prompt: its versions, what changed between two, and ways to use one. */
export function PromptPanel({ id, onClose }: PromptPanelProps) {
  const prompt = useQuery({ ...useApi().prompts.get.queryOptions({ input: { id } }), refetchOnMount: 'always' });
  if (prompt.isError) {
    return <ErrorState what="this prompt" error={prompt.error} onRetry={() => void prompt.refetch()} />;
  }
  return prompt.data === undefined ? <Skeleton height={200} /> : <Versions prompt={prompt.data} onClose={onClose} />;
}

const ALONE = 'alone';

function Versions({
  prompt: { id, versions },
  onClose,
}: {
  readonly prompt: PromptView;
  readonly onClose: () => void;
}) {
  const { store, openCode } = usePlayground();
  const [number, setNumber] = useState(versions[0]?.version);
  const [against, setAgainst] = useState(ALONE);
  const [removing, setRemoving] = useState(false);
  const version = versions.find((one) => one.version === number) ?? versions[0];
  if (version === undefined) return null;
  const other = versions.find((one) => String(one.version) === against && one !== version);
  const use = () => {
    const target = store.get().conversation.lanes[0]?.target;
    onClose();
    openCode(promptRequest(id, version, target === undefined ? 'auto' : targetValue(target)));
  };
  return (
    <Stack gap="sm">
      <Group gap="sm" grow>
        <Select
          label="Version"
          allowDeselect={false}
          data={versions.map((one) => ({ value: String(one.version), label: versionWords(one) }))}
          value={String(version.version)}
          onChange={(value) => setNumber(Number(value))}
        />
        <Select
          label="Compare with"
          allowDeselect={false}
          data={[
            { value: ALONE, label: 'nothing' },
            ...versions
              .filter((one) => one !== version)
              .map((one) => ({ value: String(one.version), label: versionWords(one) })),
          ]}
          value={other === undefined ? ALONE : against}
          onChange={(value) => setAgainst(value ?? ALONE)}
        />
      </Group>
      <p className="muted">
        <code>gatehouse/{id}</code>, saved {formatInstant(version.createdAtMs)}
      </p>
      <PromptChanges version={version} earlier={other} />
      <LoadPromptForm key={version.version} version={version} onLoaded={onClose}>
        <Button variant="default" leftSection={<IconCode size={16} />} onClick={use}>
          Use by id
        </Button>
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={16} />}
          style={{ marginLeft: 'auto' }}
          onClick={() => setRemoving(true)}
        >
          Remove
        </Button>
      </LoadPromptForm>
      <RemovePromptDialog id={id} opened={removing} onClose={() => setRemoving(false)} />
    </Stack>
  );
}

function versionWords({ version, label }: PromptVersionView): string {
  return label === undefined ? `Version ${version}` : `Version ${version}, ${label}`;
}
