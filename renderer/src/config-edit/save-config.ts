/** One edit of the config, applied to it as it is now. What others changed meanwhile stays. */
import { ORPCError } from '@orpc/client';
import type { Config } from '../../../proxy/contract/config.ts';

export interface ConfigEdit {
  /** For the list of versions: what was done, in a few words. */
  readonly note: string;
  /**
   * The config with the edit in it. Undefined: what it is about is not as the person saw it any more; asked again with
   * `insist`, it is made all the same.
   */
  readonly change: (config: Config, insist: boolean) => Config | undefined;
}

/** What the edit is about was changed elsewhere since the person looked. */
export class ChangedElsewhereError extends Error {
  override readonly name = 'ChangedElsewhereError';
}

/** The gateway does not take the edited config. `message` has one line a problem. */
export class RefusedConfigError extends Error {
  override readonly name = 'RefusedConfigError';
  readonly attempted: Config;

  constructor(message: string, attempted: Config) {
    super(message);
    this.attempted = attempted;
  }
}

export interface SavedConfig {
  readonly before: Config;
  readonly after: Config;
  readonly version: number;
}

/** What is asked of the gateway: the config part of the control client. */
export interface ConfigDesk {
  versions(): Promise<readonly { readonly number: number }[]>;
  current(): Promise<Config>;
  /** CONFLICT: another version was applied since `baseVersion`. BAD_REQUEST: the config does not hold. */
  replace(input: { config: Config; baseVersion: number; note: string }): Promise<{ readonly version: number }>;
}

/** Edits that cross each other in the gateway; more than this in a row is not a coincidence. */
const TRIES_MAX = 4;

export async function saveConfig(desk: ConfigDesk, edit: ConfigEdit, insist: boolean): Promise<SavedConfig> {
  for (let tries = 1; ; tries += 1) {
    // The number first: a version that comes between the two questions makes a conflict, never a lost edit.
    const baseVersion = Math.max(...(await desk.versions()).map(({ number }) => number));
    const before = await desk.current();
    const after = edit.change(before, insist);
    if (after === undefined) throw new ChangedElsewhereError();
    try {
      const { version } = await desk.replace({ config: after, baseVersion, note: edit.note.slice(0, 200) });
      return { before, after, version };
    } catch (error) {
      if (isCode(error, 'BAD_REQUEST')) throw new RefusedConfigError(error.message, after);
      if (!isCode(error, 'CONFLICT') || tries === TRIES_MAX) throw error;
    }
  }
}

export function isCode(error: unknown, code: string): error is ORPCError<string, unknown> {
  return error instanceof ORPCError && error.code === code;
}
