import { Button, Menu } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useAddressDialog } from '../../components/use-address-dialog.ts';
import { formatCount } from '../../format/tokens.ts';
import type { UsageQuery } from './usage-query.ts';
import { useExport } from './use-export.ts';

interface ExportMenuProps {
  readonly query: UsageQuery | undefined;
  readonly timeZone: string | undefined;
}

/** The requests of the period and filters as a file. */
export function ExportMenu({ query, timeZone }: ExportMenuProps) {
  const { lines, start, stop } = useExport();
  const menu = useAddressDialog('/usage', 'export');
  if (lines !== undefined) {
    return (
      <Button variant="default" onClick={stop} leftSection={<IconX size={16} aria-hidden="true" />}>
        Stop, {formatCount(lines)} so far
      </Button>
    );
  }
  const run = (format: 'csv' | 'jsonl') => {
    if (query !== undefined && timeZone !== undefined) void start(query, timeZone, format);
  };
  return (
    <Menu
      position="bottom-end"
      withinPortal
      opened={menu.opened && query !== undefined}
      onChange={(opened) => (opened ? menu.open() : menu.close())}
    >
      <Menu.Target>
        <Button
          variant="default"
          disabled={query === undefined || timeZone === undefined}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>The requests of this period and its filters</Menu.Label>
        <Menu.Item onClick={() => run('csv')}>CSV, for a spreadsheet</Menu.Item>
        <Menu.Item onClick={() => run('jsonl')}>JSON Lines, for a program</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
