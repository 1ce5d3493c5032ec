import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconKey, IconPencil, IconPower, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { Status } from '../../components/Status.tsx';
import type { ProviderView } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/tokens.ts';
import { CredentialDialog } from './CredentialDialog.tsx';
import { credentialWords } from './credential-words.ts';
import { healthWords } from './health-words.ts';
import { ProviderDialog } from './ProviderDialog.tsx';
import classes from './ProviderRow.module.css';
import { RemoveCredentialDialog } from './RemoveCredentialDialog.tsx';
import { RemoveProviderDialog } from './RemoveProviderDialog.tsx';
import { TestButton } from './TestButton.tsx';
import { useRefreshModels } from './use-refresh-models.ts';
import { useToggleProvider } from './use-toggle-provider.ts';

type OpenDialog = 'edit' | 'credential' | 'remove-credential' | 'remove' | undefined;

export function ProviderRow({ provider }: { readonly provider: ProviderView }) {
  const managed = useManaged();
  const [dialog, setDialog] = useState<OpenDialog>();
  const toggle = useToggleProvider(provider);
  const refresh = useRefreshModels();
  // One that was found is in no config: there is nothing to edit or to remove.
  const configured = provider.discovered !== true;
  const health = healthWords(provider);
  const credential = credentialWords(provider.credential);
  const close = () => setDialog(undefined);
  return (
    <article className={classes.row} aria-label={provider.id} data-provider={provider.id}>
      <div className={classes.who}>
        <div className={classes.title}>
          <h2 className={`${classes.name} truncate`}>{provider.id}</h2>
          <span className={classes.kind}>{provider.discovered === true ? 'found on this machine' : provider.kind}</span>
        </div>
        <p
          className={`${classes.url} ${provider.kind === 'simulator' ? '' : 'mono'} truncate`}
          title={provider.baseUrl}
        >
          {provider.kind === 'simulator' ? 'built in, nothing leaves this machine' : provider.baseUrl}
        </p>
      </div>
      <div className={classes.health}>
        <Status tone={health.tone}>{health.words}</Status>
        <p className={`${classes.detail} truncate`} title={health.detail}>
          {figures(provider, health.detail)}
        </p>
      </div>
      <div className={classes.credential}>
        <p className="truncate">{credential.words}</p>
        <p className={`${classes.detail} truncate`} title={credential.detail}>
          {credential.detail}
        </p>
      </div>
      <div className={classes.actions}>
        {credential.wanted && (
          <Button size="xs" onClick={() => setDialog('credential')}>
            Add credential
          </Button>
        )}
        <TestButton provider={provider} />
        <Menu position="bottom-end" width={200} withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`More for ${provider.id}`}>
              <IconDots size={18} color="var(--gh-muted)" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {credential.replaceable && (
              <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setDialog('credential')}>
                {provider.credential.state === 'present' ? 'Replace credential' : 'Add credential'}
              </Menu.Item>
            )}
            {credential.replaceable && provider.credential.state === 'present' && (
              <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setDialog('remove-credential')}>
                Remove credential
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconRefresh size={16} />}
              disabled={!provider.enabled}
              onClick={() => refresh.mutate({ id: provider.id })}
            >
              Refresh models
            </Menu.Item>
            {configured && (
              <Menu.Item leftSection={<IconPencil size={16} />} disabled={managed} onClick={() => setDialog('edit')}>
                Edit provider
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconPower size={16} />} disabled={managed} onClick={toggle}>
              {provider.enabled ? 'Switch off' : 'Switch on'}
            </Menu.Item>
            {configured && (
              <>
                <Menu.Divider />
                <Menu.Item
                  leftSection={<IconTrash size={16} />}
                  disabled={managed}
                  className={classes.danger}
                  onClick={() => setDialog('remove')}
                >
                  Remove provider
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <CredentialDialog provider={provider} opened={dialog === 'credential'} onClose={close} />
      <RemoveCredentialDialog provider={provider} opened={dialog === 'remove-credential'} onClose={close} />
      <RemoveProviderDialog provider={provider} opened={dialog === 'remove'} onClose={close} />
      <ProviderDialog provider={provider} opened={dialog === 'edit'} onClose={close} />
    </article>
  );
}

/** Its calls, or why there are none yet, and how many models it serves. */
function figures({ requests, failures, latencyP50Ms, models }: ProviderView, detail: string): string {
  const served = `${formatCount(models)} ${models === 1 ? 'model' : 'models'}`;
  if (requests === 0) return `${detail} · ${served}`;
  const parts = [`${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}`];
  if (failures > 0) parts.push(`${formatCount(failures)} failed`);
  if (latencyP50Ms !== undefined) parts.push(`p50 ${formatDuration(latencyP50Ms)}`);
  return [...parts, served].join(' · ');
}
