/**
 * The global kill switch. A person flips it at run time (kept across restarts); a config can hold it down, and then only
 * the config lifts it. Flipping it aborts what is in flight: whoever registered is called.
 */
import type { PauseView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';

export interface PauseStore {
  get(): number | undefined;
  set(sinceMs: number | undefined): void;
}

export interface KillSwitch {
  view(): PauseView;
  /** Throws GatehouseError kill_switch while it is on. */
  check(): void;
  pause(nowMs: number): PauseView;
  resume(): PauseView;
  setConfigured(on: boolean): void;
  onChange(listener: (view: PauseView) => void): () => void;
}

export function killSwitchError(by: PauseView['by']): GatehouseError {
  const how =
    by === 'config'
      ? 'its config file holds the kill switch down (killSwitch.global)'
      : 'press Resume in its window or tray menu';
  return new GatehouseError('kill_switch', `Gatehouse is paused: ${how}`);
}

export function createKillSwitch(store: PauseStore): KillSwitch {
  let sinceMs = store.get();
  let configured = false;
  const listeners = new Set<(view: PauseView) => void>();

  function view(): PauseView {
    if (configured) return { active: true, by: 'config', ...(sinceMs === undefined ? {} : { sinceMs }) };
    return sinceMs === undefined ? { active: false } : { active: true, by: 'person', sinceMs };
  }
  function changed(): PauseView {
    const now = view();
    for (const listener of listeners) listener(now);
    return now;
  }

  return {
    view,
    check() {
      const now = view();
      if (now.active) throw killSwitchError(now.by);
    },
    pause(nowMs) {
      if (sinceMs !== undefined) return view();
      store.set(nowMs);
      sinceMs = nowMs;
      return changed();
    },
    resume() {
      if (sinceMs === undefined) return view();
      store.set(undefined);
      sinceMs = undefined;
      return changed();
    },
    setConfigured(on) {
      if (configured === on) return;
      configured = on;
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
