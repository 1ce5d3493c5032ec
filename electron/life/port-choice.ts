/** A port that somebody else has: what can be offered, and what is kept of the answer. Another port is never taken by itself. */
import type { PortInUse } from '../../proxy/contract/host.ts';
import type { StopReason } from '../supervisor/state.ts';

export type FailureChoice =
  | { readonly type: 'startAgain' }
  /** `keep`: from now on, not only for this run. */
  | { readonly type: 'usePort'; readonly port: number; readonly keep: boolean }
  | { readonly type: 'showLog' }
  | { readonly type: 'close' };

export interface FailureQuestion {
  readonly detail: string;
  readonly buttons: readonly { readonly label: string; readonly choice: FailureChoice }[];
}

const CLOSE = { label: 'Close', choice: { type: 'close' } } as const;

/** What the dialog asks; the first button is the default, the last one closes. */
export function failureQuestion(reason: StopReason): FailureQuestion {
  const { portInUse } = reason;
  const consequence = 'No tool can reach a model through Gatehouse until it runs.';
  if (portInUse === undefined) {
    return {
      detail: `${reason.message}\n\n${consequence}`,
      buttons: [
        { label: 'Start again', choice: { type: 'startAgain' } },
        { label: 'Show the log', choice: { type: 'showLog' } },
        CLOSE,
      ],
    };
  }
  const moved =
    portInUse.freePort === undefined
      ? 'No free port was found near it.'
      : `Port ${portInUse.freePort} is free. Tools that were set up for port ${portInUse.port} have to be told of another one.`;
  return {
    detail: `${reason.message}\n\n${moved} ${consequence}`,
    buttons: [{ label: 'Try again', choice: { type: 'startAgain' } }, ...otherPort(portInUse), CLOSE],
  };
}

function otherPort({ freePort, managed }: PortInUse): FailureQuestion['buttons'] {
  if (freePort === undefined) return [];
  const once = {
    label: `Use port ${freePort} once`,
    choice: { type: 'usePort', port: freePort, keep: false },
  } as const;
  // A config file alone decides for good.
  if (managed) return [once];
  return [once, { label: `Always use port ${freePort}`, choice: { type: 'usePort', port: freePort, keep: true } }];
}

export interface PortOfRun {
  /** The person's choice for this run; undefined: what was given and configured stands. */
  chosen(): number | undefined;
  choose(port: number, keep: boolean): void;
  /** The person wants the settings to count again. */
  forget(): void;
  /** The gateway listens and can be asked: a choice that is to be kept is kept. */
  settle(): Promise<void>;
}

/** `save` keeps a port in the settings; it rejects when that cannot be. */
export function createPortOfRun(save: (port: number) => Promise<void>): PortOfRun {
  let chosen: { port: number; keep: boolean } | undefined;
  return {
    chosen: () => chosen?.port,
    choose(port, keep) {
      chosen = { port, keep };
    },
    forget() {
      chosen = undefined;
    },
    async settle() {
      if (chosen?.keep !== true) return;
      const { port } = chosen;
      // Asked once: it stands for this run in any case.
      chosen = { port, keep: false };
      await save(port);
    },
  };
}
