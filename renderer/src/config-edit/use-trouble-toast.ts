import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { ConfigEditor } from './use-edit-config.tsx';

/** For edits that have no form to show their trouble in. */
export function useTroubleToast({ trouble, reset }: ConfigEditor): void {
  useEffect(() => {
    if (trouble === undefined) return;
    notifications.show({
      color: 'red',
      title: 'Not changed',
      autoClose: 12_000,
      message:
        trouble.kind === 'changed-elsewhere'
          ? 'It was changed elsewhere meanwhile. Look at it as it is now.'
          : trouble.kind === 'failed'
            ? trouble.message
            : trouble.problems.map(({ path, message }) => `${path} ${message}`.trim()).join('\n'),
    });
    reset();
  }, [trouble, reset]);
}
