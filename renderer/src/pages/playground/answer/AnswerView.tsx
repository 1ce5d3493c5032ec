import { memo } from 'react';
import type { Step } from '../state/conversation.ts';
import { AnswerFoot } from './AnswerFoot.tsx';
import classes from './AnswerView.module.css';
import type { Merit } from './answer-figures.ts';
import { StepView } from './StepView.tsx';
import { servedWords } from './served-words.ts';

interface AnswerViewProps {
  readonly turnId: number;
  readonly laneId: number;
  readonly steps: readonly Step[];
  readonly merits: ReadonlySet<Merit> | undefined;
  readonly last: boolean;
  readonly compared: boolean;
}

/** What one lane answered to one question. */
export const AnswerView = memo(function AnswerView({ turnId, laneId, steps, merits, last, compared }: AnswerViewProps) {
  const run = steps.at(-1)?.run;
  const rows = steps.map((step, index) => ({ step, index }));
  if (run === undefined) return <p className={classes.none}>Not asked.</p>;
  return (
    <div className={classes.answer} aria-busy={run.phase === 'running'}>
      <h2 className={`${classes.model} mono`}>{servedWords(run)}</h2>
      {rows.map(({ step, index }) => (
        <StepView
          key={index}
          place={{ turnId, laneId, step: index }}
          step={step}
          last={last && index === steps.length - 1}
        />
      ))}
      <AnswerFoot
        place={{ turnId, laneId, step: steps.length - 1 }}
        steps={steps}
        run={run}
        merits={merits}
        last={last}
        compared={compared}
      />
    </div>
  );
});
