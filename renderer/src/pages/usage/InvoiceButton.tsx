import { Button, Modal } from '@mantine/core';
import { IconFileInvoice } from '@tabler/icons-react';
import { useState } from 'react';
import { InvoiceForm } from './InvoiceForm.tsx';

export function InvoiceButton({ timeZone }: { readonly timeZone: string | undefined }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        disabled={timeZone === undefined}
        leftSection={<IconFileInvoice size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        Invoice
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Invoice for a month">
        {timeZone !== undefined && <InvoiceForm timeZone={timeZone} />}
      </Modal>
    </>
  );
}
