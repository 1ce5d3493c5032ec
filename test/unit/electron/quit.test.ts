import { describe, expect, it } from 'vitest';
import { createQuit } from '../../../electron/life/quit.ts';

function bench(running: number, options: { stopFails?: string } = {}) {
  const stopped = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<boolean>();
  const seen = { told: [] as number[], over: false, hurried: 0, failures: [] as unknown[] };
  const quit = createQuit({
    running: () => running,
    stop: () => stopped.promise,
    hurry: () => {
      seen.hurried += 1;
    },
    tellFinishing(calls, over) {
      seen.told.push(calls);
      over.addEventListener('abort', () => {
        seen.over = true;
        asked.resolve(false);
      });
      return asked.promise;
    },
    leave: () => left.resolve(),
    failed: (error) => seen.failures.push(error),
  });
  return {
    quit,
    seen,
    left: left.promise,
    stop: () => (options.stopFails === undefined ? stopped.resolve() : stopped.reject(new Error(options.stopFails))),
    answer: asked.resolve,
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

describe('the orderly end', () => {
  it('holds the app until what runs is finished, says so, and closes what it said', async () => {
    const { quit, seen, stop, left } = bench(2);
    expect(quit.quitting()).toBe(false);
    expect(quit.hold()).toBe(true);
    expect(quit.hold(), 'a second quit changes nothing').toBe(true);
    expect(seen).toMatchObject({ told: [2], over: false });
    stop();
    await left;
    expect(seen).toMatchObject({ told: [2], over: true, hurried: 0 });
    expect(quit.hold()).toBe(false);
  });

  it('asks nothing when nothing runs', async () => {
    const { quit, seen, stop, left } = bench(0);
    quit.hold();
    stop();
    await left;
    expect(seen.told).toEqual([]);
  });

  it('waits no longer when the person would rather not', async () => {
    const { quit, seen, answer, settled, stop, left } = bench(1);
    quit.now();
    expect(seen.hurried, 'nobody quits yet').toBe(0);
    quit.hold();
    answer(true);
    await settled();
    quit.now();
    expect(seen.hurried).toBe(2);
    stop();
    await left;
  });

  it('goes even when stopping fails, and says so', async () => {
    const { quit, seen, stop, left, settled } = bench(0, { stopFails: 'no exit' });
    quit.hold();
    stop();
    await left;
    await settled();
    expect(seen.failures).toMatchObject([{ message: 'no exit' }]);
    expect(quit.hold()).toBe(false);
  });
});
