import { Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../app/session-context.ts';
import { Notice } from '../../components/Notice.tsx';
import type { AccessKeyView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { KeyFields } from './KeyFields.tsx';
import { keyDraftOf, keyProblems, keyToSave } from './key-draft.ts';

interface EditKeyDialogProps {
  readonly access: AccessKeyView | undefined;
  readonly onClose: () => void;
}

export function EditKeyDialog({ access, onClose }: EditKeyDialogProps) {
  return (
    <Modal opened={access !== undefined} onClose={onClose} size={560} title={`Edit ${access?.id ?? ''}`}>
      {access !== undefined && <EditKeyForm access={access} onDone={onClose} />}
    </Modal>
  );
}

function EditKeyForm({ access, onDone }: { readonly access: AccessKeyView; readonly onDone: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const [before] = useState(() => keyDraftOf(access.project, access.policy));
  const [draft, setDraft] = useState(before);
  const [tried, setTried] = useState(false);
  const problems = keyProblems(draft, Date.now(), before);
  const update = useMutation(
    api.accessKeys.update.mutationOptions({
      onSuccess: async (key) => {
        await queries.invalidateQueries({ queryKey: api.accessKeys.list.key() });
        notifications.show({ color: 'green', message: `${key.id} is changed. It holds from the next call on.` });
        onDone();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length === 0) update.mutate({ id: access.id, ...keyToSave(draft, access.policy) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <KeyFields
          draft={draft}
          problems={tried ? problems : {}}
          open
          onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        />
        {update.isError && (
          <Notice tone="bad" urgent title="Not saved">
            {explainError(update.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={update.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
