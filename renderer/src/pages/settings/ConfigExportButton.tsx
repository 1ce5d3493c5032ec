import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfigExportDialog } from './ConfigExportDialog.tsx';

/** Shows the config as the file it would be. */
export function ConfigExportButton() {
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconFileExport size={15} />} onClick={() => setExporting(true)}>
        Export
      </Button>
      <ConfigExportDialog opened={exporting} onClose={() => setExporting(false)} />
    </>
  );
}
