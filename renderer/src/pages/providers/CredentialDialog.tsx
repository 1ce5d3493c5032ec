import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../app/session-context.ts';
import { Notice } from '../../components/Notice.tsx';
import type { ProviderView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { useLivePush } from '../../live/use-live-push.ts';

interface CredentialDialogProps {
  readonly provider: ProviderView;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** After a credential was stored, besides closing. */
  readonly onStored?: () => void;
}

/** Takes a credential and hands it to the gateway at once; nothing of it stays in the window. */
export function CredentialDialog({ provider, opened, onClose, onStored }: CredentialDialogProps) {
  const replacing = provider.credential.state === 'present';
  return (
    <Modal opened={opened} onClose={onClose} title={`${replacing ? 'Replace' : 'Add'} credential for ${provider.id}`}>
      <CredentialForm provider={provider} onDone={onClose} onStored={onStored} />
    </Modal>
  );
}

interface CredentialFormProps {
  readonly provider: ProviderView;
  readonly onDone: () => void;
  readonly onStored: (() => void) | undefined;
}

function CredentialForm({ provider, onDone, onStored }: CredentialFormProps) {
  const backend = useLive((live) => live.gateway.keychain.backend);
  const push = useLivePush();
  const [secret, setSecret] = useState('');
  const save = useMutation(
    useApi().credentials.set.mutationOptions({
      onSuccess: (changed) => {
        push({ type: 'provider', provider: changed });
        notifications.show({ color: 'green', message: `The credential for ${provider.id} is stored.` });
        onDone();
        onStored?.();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (secret.trim() !== '') save.mutate({ providerId: provider.id, secret: secret.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <PasswordInput
          label="Credential"
          description={`The API key of your account. It goes into ${
            backend === 'encrypted-file' ? 'the encrypted file' : 'the system keychain'
          } and is never shown again.`}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the credential' }}
        />
        {save.isError && (
          <Notice tone="bad" urgent title="Not stored">
            {explainError(save.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={secret.trim() === ''}>
            Store credential
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
