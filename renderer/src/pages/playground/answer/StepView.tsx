import { memo, Suspense } from 'react';
import { Notice } from '../../../components/Notice.tsx';
import { errorAdvice } from '../../../request/error-advice.ts';
import type { Place, Step } from '../state/conversation.ts';
import type { Run, RunError } from '../state/run-state.ts';
import { AnswerCheckLine } from './AnswerCheckLine.tsx';
import { jsonFence } from './json-fence.ts';
import { Markdown } from './lazy-markdown.ts';
import { Reasoning } from './Reasoning.tsx';
import classes from './StepView.module.css';
import { ToolCallCard } from './ToolCallCard.tsx';
import { ToolResultsForm } from './ToolResultsForm.tsx';

interface StepViewProps {
  readonly place: Place;
  readonly step: Step;
  /** Nothing came after it, in this answer and in the conversation. */
  readonly last: boolean;
}

/** One run of an answer: what it thought, said and called, and how it ended. */
export const StepView = memo(function StepView({ place, step, last }: StepViewProps) {
  const { run, results } = step;
  const running = run.phase === 'running';
  const format = run.input.answerFormat;
  return (
    <>
      {run.reasoning !== '' && <Reasoning text={run.reasoning} thinking={running && run.text === ''} />}
      {run.text !== '' && (
        <Suspense fallback={<div className={classes.plain}>{run.text}</div>}>
          <Markdown text={format === undefined ? run.text : jsonFence(run.text)} growing={running} />
        </Suspense>
      )}
      {format !== undefined && run.phase === 'done' && run.text !== '' && (
        <AnswerCheckLine text={run.text} format={format} />
      )}
      {run.toolCalls.map((call) => (
        <ToolCallCard
          key={call.index}
          call={call}
          result={results?.find(({ callId }) => callId === call.id)?.content}
        />
      ))}
      {last && run.phase === 'done' && run.toolCalls.length > 0 && results === undefined && (
        <ToolResultsForm place={place} calls={run.toolCalls} />
      )}
      <Ending run={run} />
    </>
  );
});

function Ending({ run }: { readonly run: Run }) {
  const nothing = run.text === '' && run.reasoning === '' && run.toolCalls.length === 0;
  if (run.error !== undefined) return <Failure error={run.error} />;
  if (run.phase === 'stopped') return <p className={classes.note}>Stopped. What arrived is settled in the ledger.</p>;
  if (run.phase === 'done' && nothing) return <p className={classes.note}>The model answered without any text.</p>;
  if (run.phase === 'done' && run.finish?.finishReason === 'length') {
    return <p className={classes.note}>The answer reached the limit of its length and was cut there.</p>;
  }
  return null;
}

function Failure({ error }: { readonly error: RunError }) {
  const advice = errorAdvice(error.code);
  return (
    <div className={classes.end}>
      <Notice tone="bad" urgent title={<code>{error.code}</code>}>
        <p>{error.message}</p>
        {advice !== undefined && advice !== error.message && <p className="muted">{advice}</p>}
      </Notice>
    </div>
  );
}
