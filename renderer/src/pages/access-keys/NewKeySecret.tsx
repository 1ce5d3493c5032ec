import { Button, Group, Stack } from '@mantine/core';
import { CopyField } from '../../components/CopyField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useLive } from '../../live/use-live.ts';

interface NewKeySecretProps {
  readonly id: string;
  readonly secret: string;
  readonly onDone: () => void;
}

/** The only time the key is readable: Gatehouse keeps its hash, not the key. */
export function NewKeySecret({ id, secret, onDone }: NewKeySecretProps) {
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <Stack gap="md">
      <Notice tone="warn" title="This is the only time you can see it">
        Gatehouse keeps a hash of the key, not the key itself. If it is lost, revoke it and create another.
      </Notice>
      <div>
        <p className="muted">Access key {id}</p>
        <CopyField value={secret} name="access key" />
      </div>
      {baseUrl !== undefined && (
        <div>
          <p className="muted">Base URL</p>
          <CopyField value={baseUrl} name="base URL" />
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
