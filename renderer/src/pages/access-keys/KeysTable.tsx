import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { Ago } from '../../components/Ago.tsx';
import { Status } from '../../components/Status.tsx';
import type { AccessKeyView } from '../../contract-views.ts';
import { RevokeKeyDialog } from './RevokeKeyDialog.tsx';
import { sortKeys } from './sort-keys.ts';

export function KeysTable({ keys }: { readonly keys: readonly AccessKeyView[] }) {
  const [revoking, setRevoking] = useState<AccessKeyView>();
  return (
    <>
      <Table horizontalSpacing="md" verticalSpacing={8} fz="sm" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="22%">Name</Table.Th>
            <Table.Th w="18%">Begins with</Table.Th>
            <Table.Th w="15%">Project</Table.Th>
            <Table.Th>Created</Table.Th>
            <Table.Th>Last used</Table.Th>
            <Table.Th w={112}>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sortKeys(keys).map((key) => (
            <Table.Tr key={key.id} data-key={key.id}>
              <Table.Td className="truncate" fw={600} title={key.id}>
                {key.id}
              </Table.Td>
              <Table.Td className="mono truncate">{key.prefix}…</Table.Td>
              <Table.Td className="truncate">{key.project ?? ''}</Table.Td>
              <Table.Td>
                <Ago atMs={key.createdAtMs} />
              </Table.Td>
              <Table.Td>
                {key.lastUsedAtMs === undefined ? (
                  <span className="muted">never</span>
                ) : (
                  <Ago atMs={key.lastUsedAtMs} />
                )}
              </Table.Td>
              <Table.Td ta="right">
                <KeyAction access={key} onRevoke={() => setRevoking(key)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <RevokeKeyDialog access={revoking} onClose={() => setRevoking(undefined)} />
    </>
  );
}

function KeyAction({ access, onRevoke }: { readonly access: AccessKeyView; readonly onRevoke: () => void }) {
  if (access.revokedAtMs !== undefined) return <Status tone="idle">Revoked</Status>;
  if (access.managed) return <span className="muted">in the file</span>;
  return (
    <Button size="xs" variant="default" onClick={onRevoke} aria-label={`Revoke ${access.id}`}>
      Revoke
    </Button>
  );
}
