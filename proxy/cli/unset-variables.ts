/** Variables that a config needs and an environment lacks: no fault of the file, but of a start from here. */
import { EnvRefError, resolveEnvRef } from '../config/env-ref.ts';
import type { Config } from '../contract/config.ts';

/** One sentence each, naming the variable and who needs it. */
export function unsetVariables({ providers, accessKeys }: Config, env: NodeJS.ProcessEnv): string[] {
  const refs = [
    ...providers.flatMap(({ id, credential, enabled }) =>
      enabled && credential?.startsWith('env:') === true ? [{ ref: credential, user: `provider ${id}` }] : [],
    ),
    ...accessKeys.map(({ id, value }) => ({ ref: value, user: `access key ${id}` })),
  ];
  return refs.flatMap(({ ref, user }) => {
    try {
      resolveEnvRef(ref, env);
      return [];
    } catch (error) {
      if (!(error instanceof EnvRefError)) throw error;
      return [`${user}: ${error.message}`];
    }
  });
}
