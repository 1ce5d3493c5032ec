import { useMemo } from 'react';
import type { AnswerFormat } from '../../../../../proxy/contract/playground.ts';
import { Status, type Tone } from '../../../components/Status.tsx';
import { type AnswerCheck, checkAnswer } from './check-answer.ts';
import classes from './StepView.module.css';

const TONES: Record<AnswerCheck['kind'], Tone> = { fits: 'ok', unchecked: 'idle', wrong: 'bad' };

/** Under an answer that had to be JSON: whether it is. */
export function AnswerCheckLine({ text, format }: { readonly text: string; readonly format: AnswerFormat }) {
  const check = useMemo(() => checkAnswer(text, format), [text, format]);
  return (
    <div className={classes.check}>
      <Status tone={TONES[check.kind]}>{check.words}</Status>
      {check.kind === 'wrong' && check.problems.length > 0 && (
        <ul className={classes.problems}>
          {check.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
