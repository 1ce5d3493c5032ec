import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConfigVersionView } from '../../../../../proxy/contract/views.ts';
import { Card } from '../../../components/Card.tsx';
import { CodeBlock } from '../../../components/CodeBlock.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useManaged } from '../../../components/ManagedNotice.tsx';
import { formatInstant } from '../../../format/time.ts';
import { ConfigDiffView } from './ConfigDiffView.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { useVersionYaml } from './use-versions.ts';
import classes from './VersionsTab.module.css';
import { sourceWords } from './version-words.ts';

interface VersionPanelProps {
  readonly version: ConfigVersionView;
  /** The number before it; undefined: there is none on record. */
  readonly before: number | undefined;
  readonly present: number;
}

type View = 'changed' | 'against-now' | 'whole';

/** One version: what it changed, how it differs from the one in use, and as a whole. */
export function VersionPanel({ version, before, present }: VersionPanelProps) {
  const managed = useManaged();
  const [view, setView] = useState<View>('changed');
  const [restoring, setRestoring] = useState(false);
  const { number } = version;
  const isPresent = number === present;
  const views = [
    { value: 'changed', label: 'What it changed' },
    ...(isPresent ? [] : [{ value: 'against-now', label: 'Against now' }]),
    { value: 'whole', label: 'Whole config' },
  ];
  return (
    <Card
      title={`Version ${number}`}
      aside={
        !isPresent && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconHistory size={15} />}
            disabled={managed}
            onClick={() => setRestoring(true)}
          >
            Restore this version
          </Button>
        )
      }
    >
      <p className={classes.applied}>
        {formatInstant(version.appliedAtMs)}, {sourceWords(version.source).toLowerCase()}
        {version.note !== undefined && `: ${version.note}`}
      </p>
      <SegmentedControl
        size="xs"
        mb="sm"
        aria-label="What to show"
        value={isPresent && view === 'against-now' ? 'changed' : view}
        onChange={(value) => setView(value as View)}
        data={views}
      />
      <Content view={isPresent && view === 'against-now' ? 'changed' : view} {...{ number, before, present }} />
      <RestoreDialog number={restoring ? number : undefined} present={present} onClose={() => setRestoring(false)} />
    </Card>
  );
}

interface ContentProps {
  readonly view: View;
  readonly number: number;
  readonly before: number | undefined;
  readonly present: number;
}

function Content({ view, number, before, present }: ContentProps) {
  const compared = view === 'changed' ? before : view === 'against-now' ? present : undefined;
  const own = useVersionYaml(number);
  const other = useVersionYaml(compared);
  const failed = [own, other].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined)
    return <ErrorState what="this version" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (own.data === undefined || (compared !== undefined && other.data === undefined))
    return <Skeleton height={200} aria-busy="true" />;
  if (view === 'changed' && before === undefined)
    return (
      <>
        <p className={classes.applied}>
          This is the first version on record; there is nothing before it to compare with.
        </p>
        <CodeBlock title={`Version ${number}`} name="config" code={own.data.yaml} />
      </>
    );
  if (view === 'whole' || other.data === undefined)
    return <CodeBlock title={`Version ${number}`} name="config" code={own.data.yaml} />;
  const [earlier, later] = view === 'changed' ? [other.data, own.data] : [own.data, other.data];
  return (
    <ConfigDiffView
      earlier={earlier.yaml}
      later={later.yaml}
      label={view === 'changed' ? `Changes of version ${number}` : `Changes since version ${number}`}
    />
  );
}
