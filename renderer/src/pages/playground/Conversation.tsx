import { IconMessage2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import type { ModelView } from '../../contract-views.ts';
import { Answer } from './Answer.tsx';
import classes from './Conversation.module.css';
import type { Turn } from './use-playground.ts';

interface ConversationProps {
  readonly turns: readonly Turn[];
  readonly model: ModelView | undefined;
}

/** Follows the growing answer, unless the person has scrolled up to read. */
export function Conversation({ turns, model }: ConversationProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (turns.length > 0 && element !== null && following.current) element.scrollTop = element.scrollHeight;
  }, [turns]);
  if (turns.length === 0) {
    return (
      <EmptyState
        icon={<IconMessage2 size={22} />}
        title={model === undefined ? 'Choose a model' : `Ask ${model.id}`}
        text={
          model?.description ??
          'The call takes the same way as any tool’s: access, cap, route, ledger. You see each step on the right.'
        }
      />
    );
  }
  return (
    <ScrollRegion
      ref={scroller}
      className={classes.scroller}
      aria-label="Messages"
      onScroll={({ currentTarget: element }) => {
        following.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
      }}
    >
      {turns.map((turn) => (
        <div key={turn.id} className={classes.turn}>
          <div className={classes.question}>
            <span className="visually-hidden">You: </span>
            {turn.question}
          </div>
          <Answer run={turn.run} />
        </div>
      ))}
    </ScrollRegion>
  );
}
