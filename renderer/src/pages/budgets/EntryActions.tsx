import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useManaged } from '../../components/ManagedNotice.tsx';

interface EntryActionsProps {
  /** Completes "Edit ..." and "Remove ...". */
  readonly name: string;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

export function EntryActions({ name, onEdit, onRemove }: EntryActionsProps) {
  const managed = useManaged();
  if (managed) return <span className="muted">in the file</span>;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Tooltip label="Edit">
        <ActionIcon variant="subtle" color="gray" aria-label={`Edit ${name}`} onClick={onEdit}>
          <IconPencil size={16} color="var(--gh-muted)" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Remove">
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={16} color="var(--gh-muted)" />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
