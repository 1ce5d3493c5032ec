import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { endRun, failRun, newRun, type Run, reduceRun, withTransfer } from './run-state.ts';

export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly run: Run;
}

export interface PlaygroundSettings {
  readonly model: string;
  readonly system: string;
  readonly maxTokens: number | undefined;
  readonly temperature: number | undefined;
}

/** The conversation of this page. It lives in memory only: leaving the page or pressing Clear forgets it. */
export function usePlayground() {
  const { client } = useSession();
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [running, setRunning] = useState<AbortController>();
  const nextId = useRef(1);

  const changeRun = useCallback((id: number, change: (run: Run) => Run) => {
    setTurns((before) => before.map((turn) => (turn.id === id ? { ...turn, run: change(turn.run) } : turn)));
  }, []);

  useLateTransfers(turns, changeRun);
  useEffect(() => () => running?.abort(), [running]);

  const send = async (question: string, settings: PlaygroundSettings) => {
    const id = nextId.current++;
    const controller = new AbortController();
    setTurns((before) => [...before, { id, question, run: newRun(settings.model) }]);
    setRunning(controller);
    try {
      const events = await client.playground.run(
        {
          model: settings.model,
          messages: messagesOf(turns, question, settings.system),
          ...(settings.maxTokens === undefined ? {} : { maxTokens: settings.maxTokens }),
          ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
        },
        { signal: controller.signal },
      );
      for await (const event of events) changeRun(id, (run) => reduceRun(run, event));
      changeRun(id, (run) => endRun(run, controller.signal.aborted ? 'person' : 'stream'));
    } catch (error) {
      changeRun(id, (run) => (controller.signal.aborted ? endRun(run, 'person') : failRun(run, explainError(error))));
    } finally {
      setRunning((current) => (current === controller ? undefined : current));
    }
  };

  return {
    turns,
    busy: running !== undefined,
    send,
    stop: () => running?.abort(),
    clear: () => setTurns([]),
  };
}

/** A stopped call settles after its stream has ended; the live feed brings those entries. */
function useLateTransfers(turns: readonly Turn[], changeRun: (id: number, change: (run: Run) => Run) => void): void {
  const live = useLive((state) => state.transfers);
  const last = turns.at(-1);
  useEffect(() => {
    const requestId = last?.run.route?.requestId;
    if (last === undefined || requestId === undefined || live === undefined) return;
    const missing = live.filter(
      (transfer) => transfer.requestId === requestId && !last.run.transfers.some(({ seq }) => seq === transfer.seq),
    );
    if (missing.length > 0) changeRun(last.id, (run) => missing.reduce(withTransfer, run));
  }, [live, last, changeRun]);
}

type Message = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string };

/** Answers that failed before a word came are left out: an empty assistant turn is refused by some providers. */
function messagesOf(turns: readonly Turn[], question: string, system: string): Message[] {
  const before = turns.flatMap(({ question: asked, run }): Message[] => {
    if (run.text === '') return [];
    return [
      { role: 'user', content: asked },
      { role: 'assistant', content: run.text },
    ];
  });
  const first: Message[] = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  return [...first, ...before, { role: 'user', content: question }];
}
