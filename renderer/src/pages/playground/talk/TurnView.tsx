import { memo, useMemo } from 'react';
import { AnswerView } from '../answer/AnswerView.tsx';
import { meritsOf } from '../answer/answer-figures.ts';
import { type Lane, stepsOf, type Turn } from '../state/conversation.ts';
import { QuestionView } from './QuestionView.tsx';
import classes from './TurnView.module.css';

interface TurnViewProps {
  readonly turn: Turn;
  readonly lanes: readonly Lane[];
  readonly last: boolean;
  readonly editing: boolean;
  readonly onEdit: (turnId: number | undefined) => void;
}

/** One question, and what each lane made of it side by side. */
export const TurnView = memo(function TurnView({ turn, lanes, last, editing, onEdit }: TurnViewProps) {
  const merits = useMemo(() => meritsOf(turn.answers), [turn.answers]);
  return (
    <div className={classes.turn}>
      <QuestionView turn={turn} editing={editing} onEdit={onEdit} />
      <div className={classes.answers}>
        {lanes.map(({ id }) => (
          <AnswerView
            key={id}
            turnId={turn.id}
            laneId={id}
            steps={stepsOf(turn, id)}
            merits={merits.get(id)}
            last={last}
            compared={lanes.length > 1}
          />
        ))}
      </div>
    </div>
  );
});
