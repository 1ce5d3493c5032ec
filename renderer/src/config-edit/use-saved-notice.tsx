import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useSession } from '../app/session-context.ts';
import { explainError } from '../format/explain-error.ts';
import { isCode, type SavedConfig } from './save-config.ts';

interface Saved {
  /** A whole sentence. */
  readonly done: string;
  readonly note: string;
  readonly saved: SavedConfig;
}

/** Says that an edit is saved, with a button that takes it back while nothing else was changed after it. */
export function useSavedNotice(): (saved: Saved) => void {
  const { client } = useSession();
  const undo = async ({ note, saved: { before, version } }: Saved) => {
    try {
      await client.config.replace({ config: before, baseVersion: version, note: `undone: ${note}`.slice(0, 200) });
      notifications.show({ color: 'green', message: 'Undone: the settings are as they were.' });
    } catch (error) {
      notifications.show({
        color: 'red',
        title: 'Not undone',
        message: isCode(error, 'CONFLICT')
          ? 'Something else was changed since. Every version is kept: see Config versions under Activity.'
          : explainError(error),
        autoClose: 12_000,
      });
    }
  };
  return (saved) => {
    const id = `config-${saved.saved.version}`;
    notifications.show({
      id,
      color: 'green',
      autoClose: 10_000,
      message: (
        <>
          {saved.done}{' '}
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={() => {
              notifications.hide(id);
              void undo(saved);
            }}
          >
            Undo
          </Anchor>
        </>
      ),
    });
  };
}
