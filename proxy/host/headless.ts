/** `gatehouse serve`: the gateway under plain Node, with the window as a web console. */
import { systemClock } from '../core/clock.ts';
import { startFailure } from '../gateway/start-failure.ts';
import { type Gateway, startGateway } from '../gateway.ts';
import { workFullyWhenBusy } from './engine.ts';
import { exitNow } from './exit.ts';
import { createLog } from './log.ts';

import { findRenderer, VERSION } from './settings-of-host.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly configPath?: string;
  readonly port?: number;
}

const DRAIN_MS = 10_000;
/** As the command line says it: 3 is a problem found in what was given. */
const CONFIG_PROBLEM = 3;

/** Runs until SIGINT or SIGTERM. Returns the exit code: 0 after a clean stop, 3 when the config does not hold, 1 when it could not start. */
export async function serveHeadless(options: ServeOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const log = createLog(env.GATEHOUSE_LOG_LEVEL ?? 'warn');
  let gateway: Gateway;
  try {
    gateway = await startGateway({
      ...options,
      env,
      clock: systemClock,
      log,
      version: VERSION,
      console: { rendererDir: findRenderer() },
    });
  } catch (error) {
    const failure = startFailure(error);
    if (failure === undefined) throw error;
    process.stderr.write(`gatehouse: ${failure.message}\n`);
    return failure.code === 'config_invalid' ? CONFIG_PROBLEM : 1;
  }
  workFullyWhenBusy();
  // Before anybody is told that we listen: whoever reads that line may stop us at once.
  const stopped = stopSignal();
  announce(gateway);
  await stopped;
  await gateway.close(DRAIN_MS);
  exitNow(0);
  return 0;
}

/** One JSON line for programs on stdout; the same for people on stderr. */
function announce({ baseUrl, consoleUrl, firstAccessKey }: Gateway): void {
  const facts = {
    event: 'listening',
    baseUrl,
    consoleUrl,
    ...(firstAccessKey === undefined ? {} : { accessKey: firstAccessKey }),
  };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
  const key = firstAccessKey ?? '$GATEHOUSE_KEY';
  process.stderr.write(
    [
      '',
      `  Gatehouse ${VERSION} is listening.`,
      '',
      `  Base URL     ${baseUrl}`,
      firstAccessKey === undefined
        ? '  Access key   one of yours (gatehouse keys list)'
        : `  Access key   ${firstAccessKey}   (shown this once)`,
      `  Window       ${consoleUrl}`,
      '',
      '  Try it:',
      `  curl ${baseUrl}/chat/completions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '{"model":"sim/echo","messages":[{"role":"user","content":"Hello"}]}'`,
      '',
      '',
    ].join('\n'),
  );
}

/** The first signal drains; a second one does not wait. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) exitNow(130);
        asked = true;
        resolve();
      });
    }
  });
}
