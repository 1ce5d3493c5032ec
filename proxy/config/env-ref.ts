/** `env:NAME` references: secrets come from the environment, the config only names them. */

export class EnvRefError extends Error {
  override readonly name = 'EnvRefError';
  /** The variable's name, never its value. */
  readonly variable: string;

  constructor(variable: string, message: string) {
    super(message);
    this.variable = variable;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The value behind `env:NAME`. Throws EnvRefError, which names the variable, when it is not set or empty. */
export function resolveEnvRef(ref: string, env: Environment): string {
  const variable = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(ref)?.[1];
  if (variable === undefined) throw new EnvRefError('', 'a reference to the environment is written env:NAME');
  const value = env[variable];
  if (value === undefined) {
    throw new EnvRefError(
      variable,
      `the environment variable ${variable} is not set; the config refers to it as env:${variable}`,
    );
  }
  if (value.trim() === '') {
    throw new EnvRefError(
      variable,
      `the environment variable ${variable} is empty; the config refers to it as env:${variable}`,
    );
  }
  return value;
}
