/** What the command line gets from the world, so that tests can hand in another one. */
import type { Writable } from 'node:stream';

/** What `gatehouse serve` passes to the host. */
export interface ServeOptions {
  readonly dataDir: string;
  readonly configPath?: string;
  /** Wins over the config's port; 0 picks a free one. */
  readonly port?: number;
}

export interface CliIo {
  /** Results, for people or (`--json`, exports) for programs. */
  readonly stdout: Writable;
  /** Errors and remarks. */
  readonly stderr: Writable;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the gateway until it is stopped and gives its exit code. */
  readonly serve: (options: ServeOptions) => Promise<number>;
}

/** 3 is an answer, not a failure to answer: the audit found something, the config does not hold. */
export const EXIT = { ok: 0, failure: 1, usage: 2, problemFound: 3 } as const;

/** Ends a command with a sentence for the person and an exit code. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failure, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

export function printJson(io: CliIo, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
