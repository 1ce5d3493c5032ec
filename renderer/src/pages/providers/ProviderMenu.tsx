import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconHandStop,
  IconKey,
  IconPencil,
  IconPlayerPlay,
  IconPower,
  IconRefresh,
  IconStar,
  IconStarOff,
  IconTrash,
} from '@tabler/icons-react';
import { useManaged } from '../../components/ManagedNotice.tsx';
import type { KilledScopeView, ProviderView } from '../../contract-views.ts';
import { useKillSwitch } from '../budgets/use-kill-switch.ts';
import { credentialWords } from './credential-words.ts';
import classes from './ProviderRow.module.css';
import { useProviderSwitches } from './use-provider-switches.ts';
import { useRefreshModels } from './use-refresh-models.ts';

export type ProviderDialogName = 'edit' | 'credential' | 'remove-credential' | 'remove' | 'stop';

interface ProviderMenuProps {
  readonly provider: ProviderView;
  readonly preferred: boolean;
  /** The kill switch that is down over it. */
  readonly killed: KilledScopeView | undefined;
  readonly onOpen: (dialog: ProviderDialogName) => void;
}

/** Everything that can be done with a provider beside testing it. */
export function ProviderMenu({ provider, preferred, killed, onOpen }: ProviderMenuProps) {
  const managed = useManaged();
  const { toggle, prefer } = useProviderSwitches(provider);
  const { lift } = useKillSwitch();
  const refresh = useRefreshModels();
  // One that was found is in no config: there is nothing to edit or to remove.
  const configured = provider.discovered !== true;
  const credential = credentialWords(provider.credential);
  return (
    <Menu position="bottom-end" width={210} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`More for ${provider.id}`}>
          <IconDots size={18} color="var(--gh-muted)" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {credential.replaceable && (
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onOpen('credential')}>
            {provider.credential.state === 'present' ? 'Replace credential' : 'Add credential'}
          </Menu.Item>
        )}
        {credential.replaceable && provider.credential.state === 'present' && (
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => onOpen('remove-credential')}>
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
          <Menu.Item leftSection={<IconPencil size={16} />} disabled={managed} onClick={() => onOpen('edit')}>
            Edit provider
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={preferred ? <IconStarOff size={16} /> : <IconStar size={16} />}
          disabled={managed}
          onClick={() => prefer(!preferred)}
        >
          {preferred ? 'Stop preferring' : 'Prefer'}
        </Menu.Item>
        <Menu.Item leftSection={<IconPower size={16} />} disabled={managed} onClick={toggle}>
          {provider.enabled ? 'Switch off' : 'Switch on'}
        </Menu.Item>
        {killed === undefined ? (
          <Menu.Item leftSection={<IconHandStop size={16} />} onClick={() => onOpen('stop')}>
            Stop all calls now
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} />}
            disabled={killed.by === 'config'}
            onClick={() => lift(killed.scope)}
          >
            Let calls through
          </Menu.Item>
        )}
        {configured && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              disabled={managed}
              className={classes.danger}
              onClick={() => onOpen('remove')}
            >
              Remove provider
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
