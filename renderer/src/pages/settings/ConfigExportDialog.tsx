import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { saveTextFile } from './save-text-file.ts';

interface ConfigExportDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ConfigExportDialog({ opened, onClose }: ConfigExportDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="The config as a file" size="lg">
      <Export />
    </Modal>
  );
}

function Export() {
  const config = useQuery(useApi().config.export.queryOptions({ staleTime: 0 }));
  if (config.isError) {
    return <ErrorState what="the config" error={config.error} onRetry={() => void config.refetch()} />;
  }
  if (config.data === undefined) return <Skeleton height={220} aria-busy="true" />;
  const { yaml } = config.data;
  return (
    <Stack gap="md">
      <p>
        Start a gateway with <code>--config gatehouse.yaml</code> and it runs exactly like this one. Credentials and
        access keys are not in it.
      </p>
      <CodeBlock title="gatehouse.yaml" name="config file" code={yaml} />
      <Group justify="flex-end">
        <Button leftSection={<IconDownload size={16} />} onClick={() => saveTextFile('gatehouse.yaml', yaml)}>
          Save as file
        </Button>
      </Group>
    </Stack>
  );
}
