import { Table } from '@mantine/core';
import { useState } from 'react';
import { Ago } from '../../components/Ago.tsx';
import type { AccessKeyView } from '../../contract-views.ts';
import { formatInstant } from '../../format/time.ts';
import { EditKeyDialog } from './EditKeyDialog.tsx';
import { KeyActions } from './KeyActions.tsx';
import { KeyLimits } from './KeyLimits.tsx';
import classes from './KeysTable.module.css';
import { ReceiptDialog } from './ReceiptDialog.tsx';
import { RevokeKeyDialog } from './RevokeKeyDialog.tsx';
import { sortKeys } from './sort-keys.ts';

interface Opened {
  readonly dialog: 'edit' | 'revoke' | 'receipt';
  readonly access: AccessKeyView;
}

export function KeysTable({ keys }: { readonly keys: readonly AccessKeyView[] }) {
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const openIn = (dialog: Opened['dialog']) => (opened?.dialog === dialog ? opened.access : undefined);
  return (
    <>
      <Table horizontalSpacing="md" verticalSpacing={8} fz="sm" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="24%">Name</Table.Th>
            <Table.Th w="14%">Project</Table.Th>
            <Table.Th>Limits</Table.Th>
            <Table.Th w="15%">Last used</Table.Th>
            <Table.Th w={140}>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sortKeys(keys).map((key) => (
            <Table.Tr key={key.id} data-key={key.id} className={key.revokedAtMs === undefined ? '' : classes.revoked}>
              <Table.Td>
                <p className={`${classes.name} truncate`} title={key.id}>
                  {key.id}
                </p>
                <p className={`${classes.detail} mono truncate`} title={`Made ${formatInstant(key.createdAtMs)}`}>
                  {key.prefix}…
                </p>
              </Table.Td>
              <Table.Td className="truncate" title={key.project}>
                {key.project ?? ''}
              </Table.Td>
              <Table.Td>
                <KeyLimits access={key} />
              </Table.Td>
              <Table.Td>
                {key.lastUsedAtMs === undefined ? (
                  <span className="muted">never</span>
                ) : (
                  <Ago atMs={key.lastUsedAtMs} />
                )}
              </Table.Td>
              <Table.Td ta="right">
                <KeyActions access={key} onOpen={(dialog) => setOpened({ dialog, access: key })} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <RevokeKeyDialog access={openIn('revoke')} onClose={close} />
      <EditKeyDialog access={openIn('edit')} onClose={close} />
      <ReceiptDialog access={openIn('receipt')} onClose={close} />
    </>
  );
}
