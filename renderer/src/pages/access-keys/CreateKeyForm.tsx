import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accessKeyId, projectId } from '../../../../proxy/contract/ids.ts';
import { useApi } from '../../app/session-context.ts';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { firstProblem } from '../../format/first-problem.ts';

interface CreateKeyFormProps {
  readonly onCreated: (made: { readonly id: string; readonly secret: string }) => void;
  readonly onCancel: () => void;
}

export function CreateKeyForm({ onCreated, onCancel }: CreateKeyFormProps) {
  const api = useApi();
  const queries = useQueryClient();
  const [id, setId] = useState('');
  const [project, setProject] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMutation(
    api.accessKeys.create.mutationOptions({
      onSuccess: async ({ key, secret }) => {
        onCreated({ id: key.id, secret });
        await queries.invalidateQueries({ queryKey: api.accessKeys.list.key() });
      },
    }),
  );
  const idProblem = id === '' ? 'Give the key a name' : firstProblem(accessKeyId, id);
  const projectProblem = project === '' ? undefined : firstProblem(projectId, project);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (idProblem !== undefined || projectProblem !== undefined) return;
    create.mutate({ id, ...(project === '' ? {} : { project }) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="The tool or machine that will use it"
          placeholder="cline"
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          error={tried ? idProblem : undefined}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          label="Project (optional)"
          description="Its spend is kept apart under this name"
          value={project}
          onChange={(event) => setProject(event.currentTarget.value)}
          error={projectProblem}
          autoComplete="off"
          spellCheck={false}
        />
        {create.isError && (
          <Notice tone="bad" urgent>
            {explainError(create.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
