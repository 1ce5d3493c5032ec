/** Reconciliation on a schedule and on demand, one at a time, and the report of the last one. */
import type { ReconciliationReport } from '../../contract/ledger-desk.ts';
import type { StateStore } from '../../storage/state-store.ts';
import { type ReconcileParts, type ReconcileRequest, reconcile } from './reconcile.ts';

/** Runs `work` after `ms`; the function it gives back calls it off. */
export type After = (ms: number, work: () => void) => () => void;

export interface Drift {
  readonly problems: number;
  readonly driftNano: number;
  /** Of the first difference. */
  readonly kind: string;
}

export interface ReconcilerParts extends ReconcileParts {
  readonly state: StateStore;
  readonly after: After;
  /** Between two scheduled runs; counted over restarts. */
  readonly everyMs: number;
  /** Something does not agree, and was not corrected in the same run. */
  readonly onDrift: (drift: Drift) => void;
  /** A scheduled run failed; the next one is tried as usual. */
  readonly onFailure: (error: unknown) => void;
}

export interface Reconciler {
  /** After the run that is under way, if any. Rejects as `reconcile` does. */
  run(request?: ReconcileRequest): Promise<ReconciliationReport>;
  /** Undefined: none yet. */
  last(): unknown;
  /** A run that is under way ends with the next thing it wants to read. */
  close(): void;
}

const LAST = 'lastReconciliation';
/** A start has enough to do; and a person who opens the window wants it to answer. */
const FIRST_AFTER_MS = 120_000;
const KEPT_DIFFERENCES_MAX = 50;

export function createReconciler(parts: ReconcilerParts): Reconciler {
  const { state, clock, after, everyMs } = parts;
  let tail: Promise<unknown> = Promise.resolve();
  let callOff: (() => void) | undefined;
  let closed = false;

  async function runNow(request: ReconcileRequest | undefined): Promise<ReconciliationReport> {
    const report = await reconcile(parts, request);
    const { differences, unlisted } = report;
    const kept = differences.slice(0, KEPT_DIFFERENCES_MAX);
    state.set(LAST, { ...report, differences: kept, unlisted: unlisted + differences.length - kept.length });
    const open = differences.filter(({ correction }) => request?.correct === undefined || correction === undefined);
    const [first] = open;
    if (first !== undefined) {
      const driftNano = open.reduce((sum, difference) => sum + Math.abs(difference.driftNano ?? 0), 0);
      parts.onDrift({ problems: open.length + unlisted, driftNano, kind: first.kind });
    }
    return report;
  }

  function run(request?: ReconcileRequest): Promise<ReconciliationReport> {
    const result = tail.then(() => runNow(request));
    tail = result.catch(() => undefined);
    return result;
  }

  function schedule(inMs: number): void {
    if (closed) return;
    callOff = after(inMs, () => {
      run()
        .catch((error: unknown) => {
          // A database that was closed under a run is no failure to speak of.
          if (!closed) parts.onFailure(error);
        })
        .finally(() => schedule(everyMs));
    });
  }

  schedule(Math.max(FIRST_AFTER_MS, Math.min(everyMs, lastAtMs(state) + everyMs - clock.nowMs())));

  return {
    run,
    last: () => state.get(LAST),
    close() {
      closed = true;
      callOff?.();
    },
  };
}

/** 0 when there was none: the first run is due. */
function lastAtMs(state: StateStore): number {
  const last = state.get(LAST);
  const atMs = typeof last === 'object' && last !== null && 'atMs' in last ? last.atMs : 0;
  return typeof atMs === 'number' ? atMs : 0;
}
