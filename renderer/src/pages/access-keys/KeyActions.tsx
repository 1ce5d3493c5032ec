import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots, IconHandStop, IconPencil, IconPlayerPlay, IconReceipt } from '@tabler/icons-react';
import { Status } from '../../components/Status.tsx';
import type { AccessKeyView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { useKillSwitch } from '../budgets/use-kill-switch.ts';

interface KeyActionsProps {
  readonly access: AccessKeyView;
  readonly onOpen: (dialog: 'edit' | 'revoke' | 'receipt') => void;
}

export function KeyActions({ access, onOpen }: KeyActionsProps) {
  const { kill, lift } = useKillSwitch();
  const scope = `key:${access.id}`;
  const stop = useLive((live) => live.killed.find((one) => one.scope === scope));
  const revoked = access.revokedAtMs !== undefined;
  const isRun = access.ephemeral === true;
  if (revoked && !isRun) return <Status tone="idle">Revoked</Status>;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {revoked && <Status tone="idle">{isRun ? 'Ended' : 'Revoked'}</Status>}
      {!revoked && access.managed && <span className="muted">in the file</span>}
      {!revoked && !access.managed && (
        <Button size="xs" variant="default" onClick={() => onOpen('revoke')} aria-label={`Revoke ${access.id}`}>
          Revoke
        </Button>
      )}
      <Menu position="bottom-end" width={190} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${access.id}`}>
            <IconDots size={18} color="var(--gh-muted)" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isRun && (
            <Menu.Item leftSection={<IconReceipt size={16} />} onClick={() => onOpen('receipt')}>
              Receipt
            </Menu.Item>
          )}
          {!revoked && !access.managed && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onOpen('edit')}>
              Edit limits
            </Menu.Item>
          )}
          {!revoked && stop === undefined && (
            <Menu.Item leftSection={<IconHandStop size={16} />} onClick={() => kill(scope)}>
              Stop for now
            </Menu.Item>
          )}
          {stop !== undefined && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              disabled={stop.by === 'config'}
              onClick={() => lift(scope)}
            >
              {stop.by === 'config' ? 'Stopped by the config' : 'Let it go'}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
