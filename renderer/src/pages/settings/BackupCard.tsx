import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BackupView, DatabaseView } from '../../../../proxy/contract/maintenance.ts';
import { useApi } from '../../app/session-context.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Notice } from '../../components/Notice.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { explainError } from '../../format/explain-error.ts';
import { formatCount } from '../../format/tokens.ts';
import { VacuumButton } from './VacuumButton.tsx';

/** The database as a file: where it is, a checked copy of it, and the space that deleted records left. */
export function BackupCard() {
  const api = useApi();
  // It grows with every call and nothing tells of it, so it is asked for whenever the page is opened.
  const database = useQuery(api.maintenance.database.queryOptions({ staleTime: 0 }));
  return (
    <Card title="Database and backup">
      {database.isError && (
        <ErrorState what="the database" error={database.error} onRetry={() => void database.refetch()} />
      )}
      {database.isPending && <Skeleton height={180} aria-busy="true" />}
      {database.data !== undefined && (
        <Stack gap="md">
          <Facts
            facts={[
              { name: 'File', value: <span className="mono">{database.data.path}</span> },
              { name: 'Size', value: formatBytes(database.data.bytes) },
              { name: 'Unused', value: <Unused database={database.data} /> },
            ]}
          />
          <BackupForm backupDirectory={database.data.backupDirectory} />
        </Stack>
      )}
    </Card>
  );
}

function Unused({ database }: { readonly database: DatabaseView }) {
  return (
    <Group gap="sm" justify="space-between">
      {formatBytes(database.freeBytes)}
      <VacuumButton />
    </Group>
  );
}

function BackupForm({ backupDirectory }: { readonly backupDirectory: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const [path, setPath] = useState('');
  const backup = useMutation(
    api.maintenance.backup.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.maintenance.database.key() }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    backup.mutate(path.trim() === '' ? {} : { path: path.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Back up to (optional)"
          description={`The whole path of a new file. Left empty, it goes to ${backupDirectory}. Provider keys are in no backup.`}
          placeholder="/media/usb/gatehouse.sqlite"
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          styles={{ description: { overflowWrap: 'anywhere' } }}
        />
        <div role="status">{backup.data !== undefined && <Done backup={backup.data} />}</div>
        {backup.isError && (
          <Notice tone="bad" urgent title="No backup was made">
            {explainError(backup.error)}
          </Notice>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={backup.isPending}>
            Back up now
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Done({ backup }: { readonly backup: BackupView }) {
  const { path, bytes, ledgerOk, entries, headHash } = backup;
  const counted = `${formatCount(entries)} ledger ${entries === 1 ? 'entry' : 'entries'}`;
  const file = (
    <>
      <code style={{ overflowWrap: 'anywhere' }}>{path}</code>, {formatBytes(bytes)}, {counted}
    </>
  );
  if (!ledgerOk) {
    return (
      <Notice tone="warn" title="Backed up, but the books do not add up">
        {file}. The copy is whole; the ledger in it has problems, and so has the one in use. Verify it on the Ledger
        page before you rely on either.
      </Notice>
    );
  }
  return (
    <Notice tone="ok" title="Backed up and checked">
      {file}
      {headHash !== '' && (
        <>
          , head <code title={headHash}>{headHash.slice(0, 12)}</code>
        </>
      )}
      .
    </Notice>
  );
}
