import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useSession } from '../../app/session-context.ts';
import { Card } from '../../components/Card.tsx';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { useLivePush } from '../../live/use-live-push.ts';
import { KeychainNotice } from '../providers/KeychainNotice.tsx';

/** Which store holds the providers' credentials, and whether it answers. */
export function KeychainCard() {
  const { client } = useSession();
  const gateway = useLive((live) => live.gateway);
  const push = useLivePush();
  const check = useMutation({
    mutationFn: () => client.credentials.store(),
    onSuccess: (keychain) => {
      if (gateway !== undefined) push({ type: 'gateway', gateway: { ...gateway, keychain } });
      if (keychain.state === 'ready')
        notifications.show({ color: 'green', message: 'It answers: credentials can be read and kept.' });
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'It could not be checked', message: explainError(error) }),
  });
  return (
    <Card title="Credentials">
      <Stack gap="sm">
        <KeychainNotice />
        <Group justify="flex-end">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={15} />}
            loading={check.isPending}
            disabled={gateway === undefined}
            onClick={() => check.mutate()}
          >
            Check again
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
