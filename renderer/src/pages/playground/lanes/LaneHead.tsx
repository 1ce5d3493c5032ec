import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerStop, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import type { Lane } from '../state/conversation.ts';
import { usePlayground } from '../state/playground-context.ts';
import classes from './LaneHead.module.css';
import { TargetPicker } from './TargetPicker.tsx';
import { targetValue } from './target-words.ts';
import type { Targets } from './use-targets.ts';

interface LaneHeadProps {
  readonly lane: Lane;
  /** From 1. */
  readonly place: number;
  readonly alone: boolean;
  readonly busy: boolean;
  readonly targets: Targets | undefined;
}

/** The top of a column: what it asks, and how to stop or close it. */
export const LaneHead = memo(function LaneHead({ lane, place, alone, busy, targets }: LaneHeadProps) {
  const { store } = usePlayground();
  return (
    <div className={classes.head}>
      <TargetPicker
        label={alone ? 'Model' : `Model ${place}`}
        targets={targets}
        target={lane.target}
        onTarget={(target) => store.target(lane.id, target)}
      />
      {alone && <p className={`${classes.detail} truncate`}>{targets?.detailOf(targetValue(lane.target))}</p>}
      {!alone && (
        <div className={classes.actions}>
          {busy && (
            <Tooltip label="Stop this one">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Stop model ${place}`}
                onClick={() => store.stop(lane.id)}
              >
                <IconPlayerStop size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label="Close this column">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Close column ${place}`}
              onClick={() => store.removeLane(lane.id)}
            >
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </div>
  );
});
