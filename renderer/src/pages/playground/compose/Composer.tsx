import { ActionIcon, Button, Textarea, Tooltip } from '@mantine/core';
import { IconPhoto, IconPlayerStop, IconSend2 } from '@tabler/icons-react';
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useRef } from 'react';
import { IMAGE_TYPES } from '../../../../../proxy/contract/playground.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import classes from './Composer.module.css';
import { DraftImages } from './DraftImages.tsx';
import { useAttach } from './use-attach.tsx';

interface ComposerProps {
  /** There is nobody to ask, or not yet. A question may be written all the same. */
  readonly nobody: boolean;
  readonly busy: boolean;
  readonly onEditLast: () => void;
}

/** Enter sends, Shift+Enter makes a new line, the up arrow in an empty field goes back to the last question. */
export function Composer({ nobody, busy, onEditLast }: ComposerProps) {
  const { store } = usePlayground();
  const draft = usePlaygroundState((state) => state.draft);
  const attach = useAttach();
  const picker = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const ready = !nobody && !busy && (draft.text.trim() !== '' || draft.images.length > 0);
  const send = () => {
    if (ready) store.send();
    // The button that was pressed is gone, and the next question is written here.
    field.current?.focus();
  };
  const stop = () => {
    store.stop();
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    // A composing input method uses Enter and the arrows for itself.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp' && draft.text === '' && !busy) {
      event.preventDefault();
      onEditLast();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attach(files);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className={classes.composer} onSubmit={submit}>
      <div className={classes.box}>
        <DraftImages />
        <Textarea
          ref={field}
          aria-label="Message"
          placeholder="Message"
          variant="unstyled"
          classNames={{ input: classes.input ?? '' }}
          autosize
          minRows={1}
          maxRows={8}
          value={draft.text}
          onChange={(event) => store.draft({ ...draft, text: event.currentTarget.value })}
          onKeyDown={onKey}
          onPaste={onPaste}
        />
        <div className={classes.tools}>
          <Tooltip label="Attach images">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Attach images"
              onClick={() => picker.current?.click()}
            >
              <IconPhoto size={18} color="var(--gh-muted)" />
            </ActionIcon>
          </Tooltip>
          <input
            ref={picker}
            type="file"
            accept={IMAGE_TYPES.join(',')}
            multiple
            hidden
            aria-label="Images"
            onChange={({ currentTarget }) => {
              attach([...(currentTarget.files ?? [])]);
              // The same file may be picked again.
              currentTarget.value = '';
            }}
          />
          <span className={classes.hint}>{busy ? 'Esc stops' : 'Enter sends, Shift+Enter makes a new line'}</span>
          {busy ? (
            <Button size="xs" variant="default" leftSection={<IconPlayerStop size={16} />} onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button size="xs" type="submit" leftSection={<IconSend2 size={16} />} disabled={!ready}>
              Send
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}
