/** Says that a provider went down or came back, once per change, and not more than once a minute for one that flaps. */
import type { Clock } from '../core/clock.ts';
import { providerDown, providerRecovered } from './messages.ts';
import type { AlertBook, Timer } from './types.ts';

export const TELL_EVERY_MS_MIN = 60_000;

export interface ProviderWatch {
  /** Call at every change of a breaker (or as often as you like). `code`: the last error's, for a provider that is down. */
  changed(provider: string, state: 'up' | 'down', code?: string): void;
  /** It is no longer in the config: nothing is said of it any more. */
  forget(provider: string): void;
  close(): void;
}

interface Known {
  /** What people were last told; `up` before anything was said. */
  told: 'up' | 'down';
  toldAtMs: number;
  now: 'up' | 'down';
  code: string | undefined;
  callOff: (() => void) | undefined;
}

export function createProviderWatch(parts: { clock: Clock; timer: Timer; raise: AlertBook['raise'] }): ProviderWatch {
  const providers = new Map<string, Known>();

  function tell(provider: string, known: Known): void {
    known.callOff = undefined;
    if (known.now === known.told) return;
    known.told = known.now;
    known.toldAtMs = parts.clock.monotonicMs();
    parts.raise(known.now === 'down' ? providerDown(provider, known.code) : providerRecovered(provider));
  }

  function forget(provider: string): void {
    providers.get(provider)?.callOff?.();
    providers.delete(provider);
  }

  return {
    changed(provider, state, code) {
      const known: Known = providers.get(provider) ?? {
        told: 'up',
        toldAtMs: Number.NEGATIVE_INFINITY,
        now: 'up',
        code: undefined,
        callOff: undefined,
      };
      providers.set(provider, known);
      known.now = state;
      if (state === 'down') known.code = code;
      if (known.callOff !== undefined) return;
      const waitMs = known.toldAtMs + TELL_EVERY_MS_MIN - parts.clock.monotonicMs();
      if (waitMs <= 0) tell(provider, known);
      else if (known.now !== known.told) known.callOff = parts.timer.after(waitMs, () => tell(provider, known));
    },
    forget,
    close() {
      for (const provider of [...providers.keys()]) forget(provider);
    },
  };
}
