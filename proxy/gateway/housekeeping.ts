/** What is done now and then while the gateway runs. A task that fails is logged and tried again when it is next due. */
import type { Logger } from 'pino';

export interface Chore {
  /** For the log, when it fails: `the records of old requests could not be deleted`. */
  readonly failure: string;
  readonly everyMs: number;
  /** Also at the start, beside it. */
  readonly atStart?: true;
  readonly run: (signal: AbortSignal) => unknown;
}

/** Returns what ends it: no chore begins after that, and those under way are told to stop and are waited for. */
export function keepHouse(chores: readonly Chore[], log: Logger): () => Promise<void> {
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  const doOne = async ({ run, failure }: Chore) => {
    try {
      await run(closing.signal);
    } catch (error) {
      log.error({ err: error }, failure);
    }
  };
  const timers = chores.map((chore) => {
    let busy = false;
    const begin = () => {
      // The one before still runs: it would only do the same twice.
      if (busy || closing.signal.aborted) return;
      busy = true;
      const work = doOne(chore).finally(() => {
        busy = false;
        underWay.delete(work);
      });
      underWay.add(work);
    };
    if (chore.atStart === true) begin();
    return setInterval(begin, chore.everyMs);
  });
  return async () => {
    timers.forEach(clearInterval);
    closing.abort();
    await Promise.all(underWay);
  };
}
