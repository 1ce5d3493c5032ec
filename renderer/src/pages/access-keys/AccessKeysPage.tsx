import { Button, Skeleton, Stack } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useAddressDialog } from '../../components/use-address-dialog.ts';
import { CreateKeyDialog } from './CreateKeyDialog.tsx';
import { KeysTable } from './KeysTable.tsx';
import { RunCard } from './RunCard.tsx';

export function AccessKeysPage() {
  const keys = useQuery(useApi().accessKeys.list.queryOptions());
  const creating = useAddressDialog('/access-keys', 'new');
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
      Create key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Access keys"
        text="What your tools use to get through the gate. One key per tool shows who spent what, and can be revoked alone."
        actions={create}
      />
      {keys.isError && <ErrorState what="the access keys" error={keys.error} onRetry={() => void keys.refetch()} />}
      <Stack gap="md">
        {!keys.isError && (
          <Card flush>
            {keys.data === undefined && <Skeleton height={132} radius={0} aria-busy="true" />}
            {keys.data?.length === 0 && (
              <EmptyState
                icon={<IconKey size={22} />}
                title="No access key yet"
                text="Without one, no tool gets an answer. Create a key and paste it where the tool asks for an API key."
                action={create}
              />
            )}
            {keys.data !== undefined && keys.data.length > 0 && <KeysTable keys={keys.data} />}
          </Card>
        )}
        <RunCard />
      </Stack>
      <CreateKeyDialog opened={creating.opened} onClose={creating.close} />
    </>
  );
}
