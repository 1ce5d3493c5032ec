/**
 * The global kill switch. A person flips it at run time, for a while or until it is lifted (kept across restarts); a config
 * can hold it down, and then only the config lifts it. Flipping it aborts what is in flight: whoever registered is called.
 */
import type { PauseView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';

/** A person's pause. `untilMs`: it ends by itself at that instant (wall clock, which goes on while the computer sleeps). */
export interface Pause {
  readonly sinceMs: number;
  readonly untilMs?: number;
}

export interface PauseStore {
  get(): Pause | undefined;
  set(pause: Pause | undefined): void;
}

export interface KillSwitchParts {
  readonly store: PauseStore;
  readonly nowMs: () => number;
  /** Runs `work` after `ms`; the function it gives back calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

export interface KillSwitch {
  view(): PauseView;
  /** Throws GatehouseError kill_switch while it is on. */
  check(): void;
  /** The last word counts: a pause for a while makes one without end a short one, and the other way round. */
  pause(forMs?: number): PauseView;
  resume(): PauseView;
  setConfigured(on: boolean): void;
  /** The computer may have slept: a pause whose time is over ends now. */
  recheck(): void;
  onChange(listener: (view: PauseView) => void): () => void;
  /** A pause with an end is looked at no more; a next start goes on with it. */
  close(): void;
}

/** Timers stand still while the computer sleeps, and clocks are set: the end is looked for at least this often. */
const LOOK_EVERY_MS = 30_000;

export function killSwitchError({ by, untilMs }: Pick<PauseView, 'by' | 'untilMs'>): GatehouseError {
  const how =
    by === 'config'
      ? 'its config file holds the kill switch down (killSwitch.global)'
      : 'press Resume in its window or tray menu';
  const end = untilMs === undefined ? '' : `, or wait until ${clockTime(untilMs)}`;
  return new GatehouseError('kill_switch', `Gatehouse is paused: ${how}${end}`);
}

/** As a clock on this machine's wall shows it. */
function clockTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

export function createKillSwitch({ store, nowMs, after }: KillSwitchParts): KillSwitch {
  let held = store.get();
  let configured = false;
  let callOff: (() => void) | undefined;
  let closed = false;
  const listeners = new Set<(view: PauseView) => void>();

  const isOver = (pause: Pause): boolean => pause.untilMs !== undefined && nowMs() >= pause.untilMs;
  const pauseNow = (): Pause | undefined => (held === undefined || isOver(held) ? undefined : held);
  function view(): PauseView {
    const pause = pauseNow();
    // An end that a config would not let come is not announced.
    if (configured) return { active: true, by: 'config', ...(pause === undefined ? {} : { sinceMs: pause.sinceMs }) };
    return pause === undefined ? { active: false } : { active: true, by: 'person', ...pause };
  }
  function changed(): PauseView {
    const now = view();
    watch();
    for (const listener of listeners) listener(now);
    return now;
  }
  /** One timer at most, while there is an end to wait for. */
  function watch(): void {
    callOff?.();
    callOff = undefined;
    const untilMs = held?.untilMs;
    if (untilMs === undefined || closed) return;
    callOff = after(Math.min(LOOK_EVERY_MS, Math.max(0, untilMs - nowMs())), recheck);
  }
  /** Nothing is written at the end: what is stored says itself that it is over. */
  function recheck(): void {
    if (held !== undefined && isOver(held)) {
      held = undefined;
      changed();
    } else watch();
  }
  watch();

  return {
    view,
    check() {
      if (held === undefined && !configured) return;
      const now = view();
      if (now.active) throw killSwitchError(now);
    },
    pause(forMs) {
      const before = pauseNow();
      if (before !== undefined && before.untilMs === undefined && forMs === undefined) return view();
      const now = nowMs();
      const sinceMs = before?.sinceMs ?? now;
      const next: Pause = forMs === undefined ? { sinceMs } : { sinceMs, untilMs: now + forMs };
      store.set(next);
      held = next;
      return changed();
    },
    resume() {
      recheck();
      if (held === undefined) return view();
      store.set(undefined);
      held = undefined;
      return changed();
    },
    setConfigured(on) {
      if (configured === on) return;
      configured = on;
      changed();
    },
    recheck,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      watch();
    },
  };
}
