/** Why a gateway did not start, in one shape for both hosts: the terminal and the desktop app. */
import { AccessKeyError } from '../access-keys/errors.ts';
import { EnvRefError } from '../config/env-ref.ts';
import { ConfigError } from '../config/problem.ts';
import type { PortInUse } from '../contract/host.ts';
import { GatehouseError } from '../core/errors.ts';
import { findPortOwner } from '../http/port-owner.ts';
import { StorageError } from '../storage/errors.ts';
import { InstanceLockedError } from '../storage/instance-lock.ts';

export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly code: string;
  /** Starting again may help without a person changing anything first. */
  readonly retryable: boolean;
  /** Only of port_in_use. */
  readonly portInUse: PortInUse | undefined;

  constructor(code: string, message: string, retryable: boolean, cause?: unknown, portInUse?: PortInUse) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable;
    this.portInUse = portInUse;
  }
}

/** Known failures with their own words; anything else stays what it is, with its stack for the log. */
export function startFailure(error: unknown): StartFailure | undefined {
  if (error instanceof StartFailure) return error;
  if (error instanceof StorageError)
    return new StartFailure(`storage_${error.reason}`, error.message, error.reason === 'busy', error);
  if (error instanceof InstanceLockedError) return new StartFailure('already_running', error.message, false, error);
  if (error instanceof ConfigError) return new StartFailure('config_invalid', error.message, false, error);
  if (error instanceof AccessKeyError) return new StartFailure('config_invalid', error.message, false, error);
  if (error instanceof EnvRefError)
    return new StartFailure('config_invalid', `The config does not hold: ${error.message}.`, false, error);
  if (error instanceof GatehouseError) return new StartFailure(error.code, error.message, error.retryable, error);
  return undefined;
}

export interface ListenedAt {
  readonly host: string;
  readonly port: number;
  readonly managed: boolean;
  /** One to offer instead; undefined: none was found. */
  readonly freePort: () => Promise<number | undefined>;
}

/** The listener's own errors, said with who is in the way. */
export async function listenFailure(error: unknown, at: ListenedAt): Promise<StartFailure | undefined> {
  const { host, port, managed } = at;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  switch (error.code) {
    case 'EADDRINUSE': {
      const [owner, freePort] = await Promise.all([findPortOwner(port), at.freePort()]);
      const who = owner === undefined ? 'another program' : `${owner.command} (pid ${owner.pid})`;
      return new StartFailure(
        'port_in_use',
        `Port ${port} is in use by ${who}. Stop that program, or start Gatehouse on another port (--port N, or server.port in the config). Gatehouse never moves to another port by itself.`,
        false,
        error,
        { port, managed, ...(freePort === undefined ? {} : { freePort }) },
      );
    }
    case 'EACCES':
      return new StartFailure(
        'port_denied',
        `This user may not listen on port ${port}. Choose a port above 1023 (--port N).`,
        false,
        error,
      );
    case 'EADDRNOTAVAIL':
      return new StartFailure('address_not_available', `This machine has no address ${host}.`, false, error);
    default:
      return undefined;
  }
}
