/** One way for every change that the window makes to the config. */

import { ConfigError } from '../config/problem.ts';
import type { Config } from '../contract/config.ts';
import type { ControlParts } from './types.ts';

interface ChangeErrors {
  MANAGED(options: { message: string }): Error;
  BAD_REQUEST(options: { message: string }): Error;
}

/** Throws MANAGED when a file rules, BAD_REQUEST with every problem when the changed config does not hold. */
export async function applyChange(
  parts: ControlParts,
  errors: ChangeErrors,
  note: string,
  change: (config: Config) => Config,
  source: 'window' | 'cli' = 'window',
): Promise<number> {
  const { configKeeper } = parts;
  if (configKeeper.managedBy !== undefined) {
    throw errors.MANAGED({
      message: `Gatehouse runs on the config file ${configKeeper.managedBy}. Change it there and restart.`,
    });
  }
  try {
    return await configKeeper.apply(change(configKeeper.current()), source, note);
  } catch (error) {
    if (error instanceof ConfigError)
      throw errors.BAD_REQUEST({
        message: error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'),
      });
    throw error;
  }
}
