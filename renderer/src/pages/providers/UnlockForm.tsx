import { Button, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { useLivePush } from '../../live/use-live-push.ts';
import classes from './UnlockForm.module.css';

/** Opens the encrypted file for this run of the gateway. The passphrase is not kept. */
export function UnlockForm() {
  const [passphrase, setPassphrase] = useState('');
  const { client } = useSession();
  const gateway = useLive((live) => live.gateway);
  const push = useLivePush();
  const unlock = useMutation({
    mutationFn: async () => {
      const keychain = await client.credentials.unlock({ passphrase });
      if (gateway !== undefined) push({ type: 'gateway', gateway: { ...gateway, keychain } });
      push({ type: 'providers', providers: await client.providers.list() });
    },
    onSuccess: () =>
      notifications.show({ color: 'green', message: 'The encrypted file is open until the gateway stops.' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '') unlock.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <PasswordInput
        aria-label="Passphrase"
        placeholder="Passphrase"
        className={classes.field}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        error={unlock.isError ? explainError(unlock.error) : undefined}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase' }}
      />
      <Button type="submit" loading={unlock.isPending} disabled={passphrase === ''}>
        Unlock
      </Button>
    </form>
  );
}
