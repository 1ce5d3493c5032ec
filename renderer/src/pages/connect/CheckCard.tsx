import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { CHECK_NAMES, type CheckName } from '../../../../proxy/contract/connect.ts';
import { Card } from '../../components/Card.tsx';
import { Money } from '../../components/Money.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { ToolView } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import classes from './CheckCard.module.css';
import { CHECK_WORDS, type CheckRun, type CheckState } from './check-run.ts';
import type { Secret } from './secret.ts';
import { useCheck } from './use-check.ts';

interface CheckCardProps {
  readonly tool: ToolView;
  readonly model: string | undefined;
  readonly secret: Secret | undefined;
}

/** Three small calls as this tool makes them, each told as it comes. */
export function CheckCard({ tool, model, secret }: CheckCardProps) {
  const { run, busy, start, stop } = useCheck();
  return (
    <Card title="Does it work?">
      <p className={classes.text}>
        Three small calls, as {tool.name} makes them. They cost what they cost, usually far below a cent.
      </p>
      <ul className={classes.checks} aria-label="Checks">
        {CHECK_NAMES.map((name) => (
          <Check key={name} name={name} state={run?.checks[name] ?? { at: 'waiting' }} />
        ))}
      </ul>
      <div role="status" className={classes.outcome}>
        {run !== undefined && <Outcome run={run} />}
      </div>
      {busy ? (
        <Button variant="default" fullWidth onClick={stop}>
          Stop
        </Button>
      ) : (
        <Button
          variant={run === undefined ? 'filled' : 'default'}
          fullWidth
          onClick={() => void start({ tool: tool.id, model, secret: secret?.value })}
        >
          {run === undefined ? 'Check now' : 'Check again'}
        </Button>
      )}
    </Card>
  );
}

function Check({ name, state }: { readonly name: CheckName; readonly state: CheckState }) {
  const words = CHECK_WORDS[name];
  return (
    <li className={classes.check} data-check={name}>
      <span className={classes.mark}>
        <CheckMark state={state} />
      </span>
      <div className={classes.words}>
        <p className={classes.name}>
          {words.name}
          <span className="visually-hidden">{`: ${stateWord(state)}`}</span>
        </p>
        <p className={classes.detail}>{state.at === 'ended' ? state.result.message : words.what}</p>
      </div>
      {state.at === 'ended' && <span className={`${classes.time} num`}>{formatDuration(state.result.durationMs)}</span>}
    </li>
  );
}

function CheckMark({ state }: { readonly state: CheckState }) {
  if (state.at === 'running') return <Loader size={16} aria-hidden="true" />;
  if (state.at === 'waiting') return <IconCircleDashed size={18} color="var(--gh-idle-dot)" aria-hidden="true" />;
  return state.result.ok ? (
    <IconCircleCheck size={18} color="var(--gh-ok)" aria-hidden="true" />
  ) : (
    <IconCircleX size={18} color="var(--gh-bad)" aria-hidden="true" />
  );
}

function stateWord(state: CheckState): string {
  if (state.at === 'waiting') return 'not run yet';
  if (state.at === 'running') return 'running';
  return state.result.ok ? 'works' : 'does not work';
}

function Outcome({ run }: { readonly run: CheckRun }) {
  if (run.phase === 'broken') {
    return (
      <Notice tone="bad" title="The check could not go on">
        {run.error}
      </Notice>
    );
  }
  if (run.phase === 'stopped') return <Notice tone="info" title="Stopped" />;
  if (run.done === undefined) return null;
  return (
    <Notice tone={run.done.ok ? 'ok' : 'warn'}>
      {run.done.message}
      {run.done.costNano !== undefined && (
        <>
          {' '}
          Cost: <Money nano={run.done.costNano} />.
        </>
      )}
    </Notice>
  );
}
