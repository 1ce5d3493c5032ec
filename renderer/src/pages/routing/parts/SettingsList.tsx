import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { useManaged } from '../../../components/ManagedNotice.tsx';
import classes from './SettingsList.module.css';

interface SettingsListProps {
  readonly title: string;
  readonly text: string;
  readonly add: string;
  readonly onAdd: () => void;
  readonly empty: { readonly icon: ReactNode; readonly title: string; readonly text: string };
  readonly count: number;
  /** `<li>` items. */
  readonly children: ReactNode;
  readonly ordered?: boolean;
}

/** A titled list of things a person set up, with a way to add one and a word on what they are for. */
export function SettingsList(props: SettingsListProps) {
  const { title, text, add, onAdd, empty, count, children, ordered = false } = props;
  const managed = useManaged();
  const List = ordered ? 'ol' : 'ul';
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} disabled={managed} onClick={onAdd}>
      {add}
    </Button>
  );
  return (
    <Card title={title} flush aside={count > 0 ? button : undefined}>
      {count > 0 ? (
        <>
          <p className={classes.text}>{text}</p>
          <List className={classes.list} aria-label={title}>
            {children}
          </List>
        </>
      ) : (
        <EmptyState icon={empty.icon} title={empty.title} text={empty.text} action={button} />
      )}
    </Card>
  );
}
