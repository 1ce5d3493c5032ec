import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accessKeyId } from '../../../../proxy/contract/ids.ts';
import { useApi } from '../../app/session-context.ts';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { firstProblem } from '../../format/first-problem.ts';
import { KeyFields } from './KeyFields.tsx';
import { keyDraftOf, keyProblems, keyToSave } from './key-draft.ts';

interface CreateKeyFormProps {
  readonly onCreated: (made: { readonly id: string; readonly secret: string }) => void;
  readonly onCancel: () => void;
}

export function CreateKeyForm({ onCreated, onCancel }: CreateKeyFormProps) {
  const api = useApi();
  const queries = useQueryClient();
  const [id, setId] = useState('');
  const [draft, setDraft] = useState(() => keyDraftOf(undefined, undefined));
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
  const problems = keyProblems(draft, Date.now(), undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (idProblem !== undefined || Object.keys(problems).length > 0) return;
    create.mutate({ id, ...keyToSave(draft, undefined) });
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
        <KeyFields
          draft={draft}
          problems={tried ? problems : {}}
          open={false}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
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
