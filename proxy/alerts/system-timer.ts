/** The real timer. It never keeps the process alive: what still waits goes on at the next start. */
import type { Timer } from './types.ts';

export const systemTimer: Timer = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
