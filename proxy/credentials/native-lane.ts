/**
 * The one lane through which keytar is called: one call at a time, each with a limit.
 *
 * A keytar call occupies a thread of libuv's pool of four until the keychain answers, and an unlock prompt that nobody
 * answers never does. Four of those would stop all file access in the process; one at most costs us one thread. A
 * thread that hangs also makes `process.exit` hang, so the last step of shutdown asks `pendingNativeCalls`.
 */
import { createSerialQueue } from './serial-queue.ts';
import { CredentialError } from './types.ts';

let pending = 0;

/** Calls into the keychain library of this process that have not come back. Above 0, only SIGKILL ends the process. */
export function pendingNativeCalls(): number {
  return pending;
}

export interface NativeLane {
  /** Runs `call` when the lane is free. Throws `timed_out` after `limitMs`, and at once while an earlier call is stuck. */
  run<T>(limitMs: number, call: () => Promise<T>): Promise<T>;
  /** Resolves when the call under way has come back, at once when there is none or it is stuck, and after `limitMs` at most. */
  settled(limitMs: number): Promise<void>;
}

/** `onLateAnswer` is told when a call that was given up comes back after all: what it did to the keychain is not known. */
export function createNativeLane(onLateAnswer: () => void): NativeLane {
  let stuck = false;
  /** The library's own answer, whether or not its caller has given up. */
  let underWay: Promise<void> | undefined;
  const queue = createSerialQueue();

  function runNow<T>(limitMs: number, call: () => Promise<T>): Promise<T> {
    if (stuck) return Promise.reject(stuckError());
    const answer = Promise.withResolvers<T>();
    const timer = setTimeout(() => {
      stuck = true;
      answer.reject(
        new CredentialError(
          'timed_out',
          `The keychain did not answer within ${limitMs / 1000} s. Is it waiting for you to unlock it? Answer its prompt, then try again.`,
        ),
      );
    }, limitMs);
    const settle = (finish: () => void): void => {
      pending -= 1;
      underWay = undefined;
      clearTimeout(timer);
      if (stuck) {
        stuck = false;
        onLateAnswer();
      }
      finish();
    };
    pending += 1;
    // Through a promise of our own, so that a library that throws instead of rejecting is settled too.
    underWay = Promise.resolve()
      .then(call)
      .then(
        (value) => settle(() => answer.resolve(value)),
        (error: unknown) => settle(() => answer.reject(error)),
      );
    return answer.promise;
  }

  return {
    run(limitMs, call) {
      if (stuck) return Promise.reject(stuckError());
      return queue(() => runNow(limitMs, call));
    },

    async settled(limitMs) {
      if (stuck || underWay === undefined) return;
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, limitMs);
      await Promise.race([underWay, limit.promise]);
      clearTimeout(timer);
    },
  };
}

function stuckError(): CredentialError {
  return new CredentialError(
    'timed_out',
    'The keychain has not answered an earlier request yet. Answer its unlock prompt (or restart the keychain service), then try again.',
  );
}
