import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type CSSProperties, useEffect } from 'react';
import { ScrollRegion } from '../../../components/ScrollRegion.tsx';
import { LaneHead } from '../lanes/LaneHead.tsx';
import type { Targets } from '../lanes/use-targets.ts';
import { stepsOf } from '../state/conversation.ts';
import { usePlaygroundState } from '../state/playground-context.ts';
import classes from './Conversation.module.css';
import { EmptyConversation } from './EmptyConversation.tsx';
import { TurnView } from './TurnView.tsx';
import { useFollow } from './use-follow.ts';

interface ConversationProps {
  readonly targets: Targets | undefined;
  readonly editing: number | undefined;
  readonly onEdit: (turnId: number | undefined) => void;
}

/** The columns and everything said in them. Heads and answers scroll sideways together, so they stay above each other. */
export function Conversation({ targets, editing, onEdit }: ConversationProps) {
  const { lanes, turns } = usePlaygroundState(({ conversation }) => conversation);
  const { scroller, content, following, onScroll, toEnd } = useFollow();
  const asked = turns.at(-1)?.id;
  // Who has just asked wants to see the answer, wherever they were reading.
  useEffect(() => {
    if (asked !== undefined) toEnd();
  }, [asked, toEnd]);
  const last = turns.at(-1);
  return (
    <div className={classes.frame}>
      <ScrollRegion
        ref={scroller}
        className={classes.scroller}
        aria-label="Messages"
        onScroll={onScroll}
        style={{ '--lanes': lanes.length } as CSSProperties}
      >
        <div className={classes.wide}>
          <div className={classes.heads}>
            {lanes.map((lane, index) => (
              <LaneHead
                key={lane.id}
                lane={lane}
                place={index + 1}
                alone={lanes.length === 1}
                busy={last !== undefined && stepsOf(last, lane.id).at(-1)?.run.phase === 'running'}
                targets={targets}
              />
            ))}
          </div>
          <div ref={content} className={classes.turns}>
            {turns.length === 0 && <EmptyConversation lanes={lanes} targets={targets} />}
            {turns.map((turn, index) => (
              <TurnView
                key={turn.id}
                turn={turn}
                lanes={lanes}
                last={index === turns.length - 1}
                editing={editing === turn.id}
                onEdit={onEdit}
              />
            ))}
          </div>
        </div>
      </ScrollRegion>
      {!following && turns.length > 0 && (
        <Button
          className={classes.jump ?? ''}
          size="xs"
          variant="default"
          leftSection={<IconArrowDown size={14} />}
          onClick={toEnd}
        >
          Newest
        </Button>
      )}
    </div>
  );
}
