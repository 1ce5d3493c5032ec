import { Autocomplete, Button, Checkbox, Group, Modal, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { promptId, promptInput } from '../../../../../proxy/contract/prompts.ts';
import { useApi } from '../../../app/session-context.ts';
import { Notice } from '../../../components/Notice.tsx';
import { explainError } from '../../../format/explain-error.ts';
import { firstProblem } from '../../../format/first-problem.ts';
import { usePlayground } from '../state/playground-context.ts';
import { MessagesField } from './MessagesField.tsx';
import { draftFromPlayground, promptInputOf } from './prompt-draft.ts';
import { parameterWords } from './prompt-text.ts';

/** Keeps what stands in the playground under a name: a new prompt, or a new version of one. */
export function SavePromptDialog({ onClose }: { readonly onClose: () => void }) {
  const { store } = usePlayground();
  const api = useApi();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftFromPlayground(store.get()));
  const [tried, setTried] = useState(false);
  const known = useQuery(api.prompts.list.queryOptions());
  const save = useMutation(
    api.prompts.save.mutationOptions({
      onSuccess: async ({ version, added }, { id }) => {
        await queries.invalidateQueries({ queryKey: api.prompts.key() });
        const done = added
          ? `Saved as version ${version.version} of ${id}.`
          : `${id} says this already: version ${version.version}.`;
        notifications.show({ color: added ? 'green' : 'gray', message: done });
        onClose();
      },
    }),
  );
  const input = promptInputOf(draft);
  const existing = known.data?.find(({ id }) => id === draft.id);
  const idProblem = firstProblem(promptId, draft.id);
  const problem = idProblem === undefined ? firstProblem(promptInput, input) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (idProblem === undefined && problem === undefined) save.mutate(input);
  };
  const kept = parameterWords(draft.parameters);
  return (
    <Modal opened onClose={onClose} title="Save as a prompt" size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm">
            <Autocomplete
              label="Id"
              description="What a request uses it by."
              placeholder="greeting"
              data-autofocus
              data={known.data?.map(({ id }) => id) ?? []}
              value={draft.id}
              error={tried || draft.id !== '' ? idProblem : undefined}
              onChange={(id) => setDraft((before) => ({ ...before, id }))}
            />
            <TextInput
              label="Title"
              description={existing === undefined ? 'For you; may be left empty.' : 'Left empty, it stays.'}
              placeholder={existing?.title ?? ''}
              value={draft.title}
              onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, title: value }))}
            />
          </SimpleGrid>
          <MessagesField
            messages={draft.messages}
            onMessages={(messages) => setDraft((before) => ({ ...before, messages }))}
          />
          <TextInput
            label="Name of this version"
            description="Such as production; may be left empty."
            value={draft.label}
            onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, label: value }))}
          />
          {kept.length > 0 && (
            <Checkbox
              label={`Keep with it: ${kept.join(', ')}`}
              checked={draft.withParameters}
              onChange={({ currentTarget: { checked } }) =>
                setDraft((before) => ({ ...before, withParameters: checked }))
              }
            />
          )}
          {tried && problem !== undefined && <Notice tone="bad">{problem}</Notice>}
          {save.isError && (
            <Notice tone="bad" urgent>
              {explainError(save.error)}
            </Notice>
          )}
          <p className="muted">
            {existing === undefined
              ? 'The text is kept in the database of this machine until you remove the prompt.'
              : `Adds version ${existing.newest.version + 1}. Earlier versions stay as they are.`}
          </p>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {existing === undefined ? 'Save prompt' : 'Save version'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
