import { CloseButton } from '@mantine/core';
import { formatBytes } from '../../../format/bytes.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import classes from './DraftImages.module.css';

/** The images that go with the next message. */
export function DraftImages() {
  const { store } = usePlayground();
  const draft = usePlaygroundState((state) => state.draft);
  if (draft.images.length === 0) return null;
  return (
    <ul className={classes.images} aria-label="Attached images">
      {draft.images.map(({ id, name, bytes, dataUrl }) => (
        <li key={id} className={classes.item}>
          <img src={dataUrl} alt="" className={classes.image} />
          <span className={classes.words}>
            <span className="truncate" title={name}>
              {name}
            </span>
            <span className="muted">{formatBytes(bytes)}</span>
          </span>
          <CloseButton
            size="sm"
            aria-label={`Remove ${name}`}
            onClick={() => store.draft({ ...draft, images: draft.images.filter((image) => image.id !== id) })}
          />
        </li>
      ))}
    </ul>
  );
}
