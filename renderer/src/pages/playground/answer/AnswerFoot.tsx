import { Status } from '../../../components/Status.tsx';
import { useLive } from '../../../live/use-live.ts';
import type { Place, Step } from '../state/conversation.ts';
import type { Run } from '../state/run-state.ts';
import { AnswerActions } from './AnswerActions.tsx';
import classes from './AnswerFoot.module.css';
import { answerFigures, type Merit } from './answer-figures.ts';
import { FigureLine } from './FigureLine.tsx';

interface AnswerFootProps {
  readonly place: Place;
  readonly steps: readonly Step[];
  readonly run: Run;
  readonly merits: ReadonlySet<Merit> | undefined;
  /** Nothing came after it: it may be made again. */
  readonly last: boolean;
  /** There are others beside it. */
  readonly compared: boolean;
}

/** Under an answer: its state, its figures, and what can be done with it. The same height from its first moment on. */
export function AnswerFoot({ place, steps, run, merits, last, compared }: AnswerFootProps) {
  return (
    <div className={classes.foot} data-compared={compared}>
      <div className={classes.state} role="status">
        <State steps={steps} run={run} merits={merits} />
      </div>
      <AnswerActions place={place} steps={steps} run={run} last={last} compared={compared} />
    </div>
  );
}

function State({ steps, run, merits }: Pick<AnswerFootProps, 'steps' | 'run' | 'merits'>) {
  const request = useLive((live) =>
    run.finish === undefined ? live.requests.find(({ id }) => id === run.requestId) : undefined,
  );
  if (run.phase === 'example') return <span className="muted">An example of the saved prompt</span>;
  if (run.phase === 'running') return <Status tone="busy">{waitingWords(run)}</Status>;
  return <FigureLine figures={answerFigures(steps, request)} merits={merits} />;
}

function waitingWords(run: Run): string {
  if (run.text !== '' || run.toolCalls.length > 0) return 'Writing…';
  return run.reasoning === '' ? 'Waiting for the first token…' : 'Thinking…';
}
