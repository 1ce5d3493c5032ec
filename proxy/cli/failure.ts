/** An error to a sentence on stderr and an exit code. */
import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { AccessKeyError } from '../access-keys/errors.ts';
import { ConfigError } from '../config/problem.ts';
import { GatehouseError } from '../core/errors.ts';
import { CredentialError } from '../credentials/types.ts';
import { StorageError } from '../storage/errors.ts';
import { InstanceLockedError } from '../storage/instance-lock.ts';
import { CliError, type CliIo, EXIT } from './cli-io.ts';

const IN_OWN_WORDS = [StorageError, InstanceLockedError, AccessKeyError, CredentialError, GatehouseError] as const;

/** Writes what went wrong and gives the exit code. Nothing is swallowed: the unexpected comes with its stack. */
export function reportFailure(io: CliIo, error: unknown): number {
  // `gatehouse ledger export | head` closes our output when it has enough.
  if (systemCode(error) === 'EPIPE') return EXIT.ok;
  const { message, exitCode } = asSentence(error);
  io.stderr.write(`gatehouse: ${message}\n`);
  return exitCode;
}

/** What a person is told of it. */
export function sentenceOf(error: unknown): string {
  return asSentence(error).message;
}

function asSentence(error: unknown): { message: string; exitCode: number } {
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof ConfigError) return { message: error.message, exitCode: EXIT.problemFound };
  if (IN_OWN_WORDS.some((known) => error instanceof known)) return failure(messageOf(error));
  if (error instanceof ORPCError) return failure(refusal(error));
  if (error instanceof ValidationError) {
    return failure(
      'what answers at the address in control.json is not this release of Gatehouse: another program took its port, or the running gateway is of another release. Restart it.',
    );
  }
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return failure('the running gateway did not answer; it may just be stopping. Try again in a moment.');
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failure('the running gateway did not answer in time. Try again, or restart it.');
  }
  const code = systemCode(error);
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return failure(messageOf(error));
  return failure(`unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

function refusal(error: ORPCError<string, unknown>): string {
  if (error.code === 'MANAGED') {
    return `${error.message === '' ? 'the gateway runs on a config file' : error.message} (change the file and restart the gateway)`;
  }
  if (error.status === 401)
    return 'the gateway refused the token in control.json; it may have just been restarted. Try again.';
  return error.message;
}

function failure(message: string): { message: string; exitCode: number } {
  return { message, exitCode: EXIT.failure };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
