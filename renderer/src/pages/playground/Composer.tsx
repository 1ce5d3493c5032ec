import { Button, Textarea } from '@mantine/core';
import { IconPlayerStop, IconSend2 } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import classes from './Composer.module.css';

interface ComposerProps {
  readonly disabled: boolean;
  readonly busy: boolean;
  readonly onSend: (question: string) => void;
  readonly onStop: () => void;
}

/** Enter sends, Shift+Enter makes a new line; while an answer streams, the button stops it. */
export function Composer({ disabled, busy, onSend, onStop }: ComposerProps) {
  const [question, setQuestion] = useState('');
  const ready = !disabled && !busy && question.trim() !== '';
  const send = () => {
    if (!ready) return;
    onSend(question.trim());
    setQuestion('');
  };
  const onKey = (event: KeyboardEvent) => {
    // A composing input method uses Enter to accept a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className={classes.composer} onSubmit={submit}>
      <Textarea
        aria-label="Message"
        placeholder="Message"
        className={classes.field}
        autosize
        minRows={1}
        maxRows={6}
        value={question}
        disabled={disabled}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {busy ? (
        <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={onStop}>
          Stop
        </Button>
      ) : (
        <Button type="submit" leftSection={<IconSend2 size={16} />} disabled={!ready}>
          Send
        </Button>
      )}
    </form>
  );
}
