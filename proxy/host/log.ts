/** Logs go to stderr as JSON lines: facts about the gateway, never content, header values or secrets. */
import { destination, type Logger, pino } from 'pino';

export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: errorFacts },
    },
    destination({ dest: 2, sync: true }),
  );
}

/** Name, code and stack frames: the message of a foreign error may quote what it was given, so it stays out. */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    frames,
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}
