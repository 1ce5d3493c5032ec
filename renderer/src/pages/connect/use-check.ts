import { useEffect, useState } from 'react';
import type { ToolId } from '../../../../proxy/contract/connect.ts';
import { useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';
import { type CheckRun, endCheck, newCheck, reduceCheck } from './check-run.ts';

interface CheckInput {
  readonly tool: ToolId;
  readonly model: string | undefined;
  readonly secret: string | undefined;
}

/** Runs the live check of a tool; leaving the page stops it. */
export function useCheck() {
  const { client } = useSession();
  const [run, setRun] = useState<CheckRun>();
  const [running, setRunning] = useState<AbortController>();
  useEffect(() => () => running?.abort(), [running]);

  const start = async ({ tool, model, secret }: CheckInput) => {
    const controller = new AbortController();
    const change = (next: (run: CheckRun) => CheckRun) => setRun((now) => next(now ?? newCheck()));
    setRun(newCheck());
    setRunning(controller);
    try {
      const events = await client.connect.check(
        { tool, ...(model === undefined ? {} : { model }), ...(secret === undefined ? {} : { secret }) },
        { signal: controller.signal },
      );
      for await (const event of events) change((now) => reduceCheck(now, event));
      change((now) => (now.phase === 'running' ? endCheck(now, 'stopped') : now));
    } catch (error) {
      const stopped = controller.signal.aborted;
      change((now) => (stopped ? endCheck(now, 'stopped') : endCheck(now, 'broken', explainError(error))));
    } finally {
      setRunning((current) => (current === controller ? undefined : current));
    }
  };

  return { run, busy: running !== undefined, start, stop: () => running?.abort() };
}
