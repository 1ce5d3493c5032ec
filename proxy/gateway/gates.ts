/** The limits room put together: what a request has to pass before it is routed. */
import { z } from 'zod';
import { systemTimer } from '../alerts/system-timer.ts';
import type { RequestView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import { type Approvals, createApprovals } from '../limits/ask.ts';
import { createIdempotency, type Idempotency, type ReplayedSettlement } from '../limits/idempotency.ts';
import { createKillSwitch, type KillSwitch, type Pause } from '../limits/kill-switch.ts';
import { createKillSwitches, type KillSwitches } from '../limits/kill-switches.ts';
import { createLoopGuard, type LoopGuard } from '../limits/loop-guard.ts';
import { createRateLimiter, type RateLimiter } from '../limits/rate-limits.ts';
import { secretOfInstall } from '../limits/secret-of-install.ts';
import type { StateStore } from '../storage/state-store.ts';
import type { Db } from '../storage/types.ts';
import type { UsageStore } from '../usage/types.ts';

export interface Gates {
  readonly killSwitch: KillSwitch;
  readonly killSwitches: KillSwitches;
  readonly loopGuard: LoopGuard;
  readonly rateLimiter: RateLimiter;
  readonly idempotency: Idempotency;
  readonly approvals: Approvals;
}

const PAUSE_KEY = 'pausedSinceMs';
/** A number is what releases before pauses for a while wrote. */
const storedPause = z.union([z.int(), z.object({ sinceMs: z.int(), untilMs: z.int().optional() })]);
const KILLED_KEY = 'killedScopes';
const IDEMPOTENCY_SECRET = 'idempotencySecret';
/** A person who is there answers within a minute; most clients wait longer than that. */
const APPROVAL_MS = 60_000;

/** Made once at start, after recovery. */
export function createGates(parts: { db: Db; clock: Clock; state: StateStore; usage: UsageStore }): Gates {
  const { db, clock, state, usage } = parts;
  return {
    killSwitch: createKillSwitch({
      nowMs: clock.nowMs,
      after: (ms, work) => systemTimer.after(ms, work),
      store: {
        get: () => pauseIn(state.get(PAUSE_KEY)),
        set: (pause) => (pause === undefined ? state.delete(PAUSE_KEY) : state.set(PAUSE_KEY, pause)),
      },
    }),
    killSwitches: createKillSwitches({
      get: () => state.get(KILLED_KEY),
      set: (value) => state.set(KILLED_KEY, value),
    }),
    loopGuard: createLoopGuard({ clock }),
    rateLimiter: createRateLimiter({ clock }),
    idempotency: createIdempotency({
      db,
      clock,
      secret: secretOfInstall(state, IDEMPOTENCY_SECRET),
      settlementOf: (requestId) => settlementOf(usage.get(requestId)),
    }),
    approvals: createApprovals({ clock, timeoutMs: APPROVAL_MS }),
  };
}

/** Throws when what is stored is not what was written here: to guess that nothing was paused would let calls through. */
function pauseIn(stored: unknown): Pause | undefined {
  if (stored === undefined) return undefined;
  const pause = storedPause.parse(stored);
  if (typeof pause === 'number') return { sinceMs: pause };
  const { sinceMs, untilMs } = pause;
  return untilMs === undefined ? { sinceMs } : { sinceMs, untilMs };
}

function settlementOf(record: RequestView | undefined): ReplayedSettlement | undefined {
  if (record === undefined) return undefined;
  const { state, status, costNano, certainty } = record;
  return {
    state,
    ...(status === undefined ? {} : { status }),
    ...(costNano === undefined ? {} : { costNano }),
    ...(certainty === undefined ? {} : { certainty }),
  };
}
