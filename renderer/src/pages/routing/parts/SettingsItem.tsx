import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useManaged } from '../../../components/ManagedNotice.tsx';
import classes from './SettingsList.module.css';

interface SettingsItemProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  /** Its place and how to change it, where the order counts. */
  readonly order?: { readonly place: number; readonly last: boolean; readonly onMove: (by: -1 | 1) => void };
  readonly busy: boolean;
}

export function SettingsItem({ name, children, onEdit, onRemove, order, busy }: SettingsItemProps) {
  const managed = useManaged();
  const off = managed || busy;
  return (
    <li className={classes.item} data-item={name}>
      {order !== undefined && (
        <span className={`${classes.rank} num`} aria-hidden="true">
          {order.place}
        </span>
      )}
      <div className={classes.words}>
        <h3 className={classes.name}>{name}</h3>
        <div className={classes.detail}>{children}</div>
      </div>
      <div className={classes.actions}>
        {order !== undefined && (
          <>
            <Act
              icon={IconArrowUp}
              label={`Move ${name} up`}
              disabled={off || order.place === 1}
              onClick={() => order.onMove(-1)}
            />
            <Act
              icon={IconArrowDown}
              label={`Move ${name} down`}
              disabled={off || order.last}
              onClick={() => order.onMove(1)}
            />
          </>
        )}
        <Act icon={IconPencil} label={`Edit ${name}`} disabled={off} onClick={onEdit} />
        <Act icon={IconTrash} label={`Remove ${name}`} disabled={off} onClick={onRemove} />
      </div>
    </li>
  );
}

interface ActProps {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function Act({ icon: Icon, label, disabled, onClick }: ActProps) {
  return (
    <Tooltip label={label} disabled={disabled}>
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
