import { Button, FileInput, Group, Modal, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { PROVIDER_CSV_CHARS_MAX } from '../../../../proxy/contract/ledger-desk.ts';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import type { Reconciliation } from './use-reconciliation.ts';

interface BillDialogProps {
  readonly reconciliation: Reconciliation;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The usage export of a provider's console against the ledger. The file goes to this gateway and nowhere else. */
export function BillDialog({ reconciliation, opened, onClose }: BillDialogProps) {
  const close = () => {
    reconciliation.run.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title="Compare a provider's bill">
      <BillForm reconciliation={reconciliation} onClose={close} />
    </Modal>
  );
}

function BillForm({ reconciliation, onClose }: Omit<BillDialogProps, 'opened'>) {
  const { run, start } = reconciliation;
  const providers = useLive((live) => live.providers) ?? [];
  const [provider, setProvider] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [unreadable, setUnreadable] = useState<string>();
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (provider === null || file === null) return;
    try {
      const text = await file.text();
      if (text.length > PROVIDER_CSV_CHARS_MAX) setUnreadable('Too large. Export a shorter period.');
      else start({ provider, text, fileName: file.name }, onClose);
    } catch (error) {
      // The file went away or may not be read: the browser says which.
      setUnreadable(explainError(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Select
          label="Provider"
          data={providers.map(({ id }) => id)}
          value={provider}
          allowDeselect={false}
          searchable
          onChange={setProvider}
          error={tried && provider === null ? 'Choose whose bill it is' : undefined}
        />
        <FileInput
          label="Usage export"
          description="A CSV file from the provider's console, with a day, a model, and a cost in USD or tokens. It stays on this machine."
          placeholder="Choose a file"
          accept=".csv,text/csv"
          clearable
          clearButtonProps={{ 'aria-label': 'Choose no file' }}
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            setUnreadable(undefined);
          }}
          error={unreadable ?? (tried && file === null ? 'Choose a file' : undefined)}
        />
        {run.isError && (
          <Notice tone="bad" urgent title="The bill could not be compared">
            {explainError(run.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={run.isPending}>
            Compare
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
