import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { CopyIcon } from '../../../components/CopyIcon.tsx';
import type { Turn } from '../state/conversation.ts';
import { usePlayground } from '../state/playground-context.ts';
import { QuestionEditor } from './QuestionEditor.tsx';
import classes from './QuestionView.module.css';

interface QuestionViewProps {
  readonly turn: Turn;
  readonly editing: boolean;
  readonly onEdit: (turnId: number | undefined) => void;
}

export function QuestionView({ turn, editing, onEdit }: QuestionViewProps) {
  const { store } = usePlayground();
  const { text, images } = turn.question;
  if (editing) {
    return (
      <QuestionEditor
        question={turn.question}
        onCancel={() => onEdit(undefined)}
        onSend={(question) => {
          onEdit(undefined);
          store.resend(turn.id, question);
        }}
      />
    );
  }
  return (
    <div className={classes.row}>
      <div className={classes.actions}>
        <Tooltip label="Edit question">
          <ActionIcon variant="subtle" color="gray" aria-label="Edit question" onClick={() => onEdit(turn.id)}>
            <IconPencil size={16} color="var(--gh-muted)" />
          </ActionIcon>
        </Tooltip>
        {text !== '' && <CopyIcon value={text} name="question" />}
        <Tooltip label="Delete question">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Delete question"
            onClick={() => store.removeTurn(turn.id)}
          >
            <IconTrash size={16} color="var(--gh-muted)" />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.question}>
        <span className="visually-hidden">You: </span>
        {images.length > 0 && (
          <div className={classes.images}>
            {images.map(({ id, name, dataUrl }) => (
              <img key={id} src={dataUrl} alt={name} className={classes.image} />
            ))}
          </div>
        )}
        {text}
      </div>
    </div>
  );
}
