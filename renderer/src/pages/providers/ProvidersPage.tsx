import { Button, Skeleton, Stack } from '@mantine/core';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ManagedNotice, useManaged } from '../../components/ManagedNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useAddressDialog } from '../../components/use-address-dialog.ts';
import { useLive } from '../../live/use-live.ts';
import { KeychainNotice } from './KeychainNotice.tsx';
import { LocalServersCard } from './LocalServersCard.tsx';
import { ProviderDialog } from './ProviderDialog.tsx';
import { ProviderRow } from './ProviderRow.tsx';
import { useShownProvider } from './use-shown-provider.ts';

export function ProvidersPage() {
  const providers = useLive((live) => live.providers);
  const store = useLive((live) => live.gateway.keychain);
  const managed = useManaged();
  const shown = useShownProvider(providers);
  const adding = useAddressDialog('/providers', 'new');
  const add = (
    <Button leftSection={<IconPlus size={16} />} disabled={managed} onClick={adding.open}>
      Add provider
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Providers"
        text="Where Gatehouse sends your calls, and the credential it uses there."
        actions={add}
      />
      <ManagedNotice what="Providers" />
      <Stack gap="md">
        {store?.state !== 'ready' && <KeychainNotice />}
        <Card flush>
          {providers === undefined && <Skeleton height={150} radius={0} aria-busy="true" />}
          {providers?.length === 0 && (
            <EmptyState
              icon={<IconServer2 size={22} />}
              title="No provider yet"
              text="Add an account at a provider, or a server that speaks the API of OpenAI or Anthropic."
              action={add}
            />
          )}
          {providers?.map((provider) => (
            <ProviderRow key={provider.id} provider={provider} shown={provider.id === shown} />
          ))}
        </Card>
        <LocalServersCard />
        {store?.state === 'ready' && <KeychainNotice />}
      </Stack>
      <ProviderDialog opened={adding.opened && !managed} onClose={adding.close} />
    </>
  );
}
