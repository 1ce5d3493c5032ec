/** The gateway as a whole: paused for a while or until it is resumed, and what runs stopped at once. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pauseView } from './views.ts';

/** Longer pauses are ended by a person. */
export const PAUSE_MS_MAX = 24 * 3_600_000;

const base = oc.errors({
  /** The gateway runs on a config file, which alone may change this. */
  MANAGED: { status: 409 },
});

export const gatewayDesk = {
  /**
   * The global kill switch, as a person flips it. In-flight calls are aborted and settled. With `forMs` it ends by itself
   * at that instant, also after a restart or a sleep; without, when it is resumed. The last word counts.
   */
  pause: base.input(z.object({ forMs: z.int().min(1_000).max(PAUSE_MS_MAX).optional() }).optional()).output(pauseView),
  resume: base.output(pauseView),
  /** Aborts and settles what is in flight; new calls go on being served. */
  stopCalls: base.output(z.object({ stopped: z.int() })),
};
