import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { usePlayground } from '../state/playground-context.ts';
import { readImages } from './read-images.ts';

/** Takes files into the draft; says of each that was not taken why. */
export function useAttach(): (files: readonly File[]) => void {
  const { store } = usePlayground();
  return useCallback(
    (files) => {
      void readImages(files, store.get().draft.images.length).then(({ images, refused }) => {
        const { draft } = store.get();
        if (images.length > 0) store.draft({ ...draft, images: [...draft.images, ...images] });
        for (const message of refused) notifications.show({ color: 'red', message });
      });
    },
    [store],
  );
}
