import { Anchor, Skeleton, Table } from '@mantine/core';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { formatInstant } from '../../format/time.ts';
import { useVersions } from '../activity/versions/use-versions.ts';
import { sourceWords } from '../activity/versions/version-words.ts';
import classes from './ConfigCard.module.css';
import { ConfigExportButton } from './ConfigExportButton.tsx';

const VERSIONS_SHOWN_MAX = 6;

/** The numbered configs the gateway ran on; each request names the one it ran under. */
export function ConfigCard() {
  const versions = useVersions();
  return (
    <Card title="Config versions" flush aside={<ConfigExportButton />}>
      {versions.isError && (
        <ErrorState what="the versions" error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.isPending && <Skeleton height={140} radius={0} aria-busy="true" />}
      {versions.data !== undefined && (
        <Table horizontalSpacing="md" verticalSpacing={7} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Applied</Table.Th>
              <Table.Th>By</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.data.slice(0, VERSIONS_SHOWN_MAX).map((version) => (
              <Table.Tr key={version.number}>
                <Table.Td className="num">{version.number}</Table.Td>
                <Table.Td>{formatInstant(version.appliedAtMs)}</Table.Td>
                <Table.Td title={version.note}>{sourceWords(version.source)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <p className={classes.foot}>
        What each changed, and the way back to it, is under{' '}
        <Anchor component={Link} href="/activity/versions">
          Activity
        </Anchor>
        .
      </p>
    </Card>
  );
}
