import { Button, Group, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { Question } from '../state/conversation.ts';
import classes from './QuestionEditor.module.css';

interface QuestionEditorProps {
  readonly question: Question;
  readonly onSend: (question: Question) => void;
  readonly onCancel: () => void;
}

/** An earlier question, to be put another way. What came after it goes when it is sent. */
export function QuestionEditor({ question, onSend, onCancel }: QuestionEditorProps) {
  const [text, setText] = useState(question.text);
  const ready = text.trim() !== '' || question.images.length > 0;
  const send = () => {
    if (ready) onSend({ ...question, text: text.trim() });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className={classes.editor} onSubmit={submit}>
      <Textarea
        aria-label="Edit the question"
        autosize
        minRows={1}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKey}
        autoFocus
      />
      <Group justify="flex-end" gap="xs" mt={8}>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" type="submit" disabled={!ready}>
          Send again
        </Button>
      </Group>
    </form>
  );
}
