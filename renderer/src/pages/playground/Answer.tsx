import { Notice } from '../../components/Notice.tsx';
import { errorAdvice } from '../../request/error-advice.ts';
import classes from './Conversation.module.css';
import type { Run, RunError } from './run-state.ts';

export function Answer({ run }: { readonly run: Run }) {
  const nothingYet = run.text === '' && run.reasoning === '' && run.toolCalls.length === 0;
  return (
    <div className={classes.answer} aria-busy={run.phase === 'running'}>
      <p className={`${classes.model} mono`}>{run.model}</p>
      {run.reasoning !== '' && <div className={classes.reasoning}>{run.reasoning}</div>}
      {run.text !== '' && (
        <div className={classes.text}>
          {run.text}
          {run.phase === 'running' && <span className={classes.cursor} aria-hidden="true" />}
        </div>
      )}
      {run.toolCalls.map((call) => (
        <pre key={call.index} className={`${classes.tool} mono`}>
          {call.name}({call.arguments})
        </pre>
      ))}
      {run.phase === 'running' && nothingYet && <p className={classes.waiting}>Waiting for the first token…</p>}
      {run.phase === 'stopped' && <p className={classes.waiting}>Stopped. What arrived is settled in the ledger.</p>}
      {run.phase === 'done' && nothingYet && <p className={classes.waiting}>The model answered without any text.</p>}
      {run.error !== undefined && <Failure error={run.error} />}
    </div>
  );
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
