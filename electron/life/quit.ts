/** The orderly end: what runs is finished within a deadline, in sight of the person, who may decide not to wait. */

export interface QuitParts {
  /** Calls under way. */
  readonly running: () => number;
  /** Drains and stops the gateway. */
  readonly stop: () => Promise<void>;
  /** What still runs is ended now. */
  readonly hurry: () => void;
  /** Says what is waited for, until `over`. Resolves with true when the person would rather not wait. */
  readonly tellFinishing: (calls: number, over: AbortSignal) => Promise<boolean>;
  /** Everything is stopped: the app may go. */
  readonly leave: () => void;
  readonly failed: (error: unknown) => void;
}

export interface Quit {
  /** For `before-quit`: true while the app has to stay. */
  hold(): boolean;
  quitting(): boolean;
  /** Only while quitting: waits no longer. */
  now(): void;
}

export function createQuit(parts: QuitParts): Quit {
  let state: 'staying' | 'draining' | 'leaving' = 'staying';

  async function drain(): Promise<void> {
    const over = new AbortController();
    const calls = parts.running();
    if (calls > 0) {
      parts
        .tellFinishing(calls, over.signal)
        .then((impatient) => impatient && now())
        .catch(parts.failed);
    }
    try {
      await parts.stop();
    } finally {
      over.abort();
      state = 'leaving';
      parts.leave();
    }
  }
  function now(): void {
    if (state === 'draining') parts.hurry();
  }

  return {
    hold() {
      if (state === 'leaving') return false;
      if (state === 'staying') {
        state = 'draining';
        drain().catch(parts.failed);
      }
      return true;
    },
    quitting: () => state !== 'staying',
    now,
  };
}
