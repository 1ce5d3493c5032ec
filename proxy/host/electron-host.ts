/** The gateway as Electron's utility process: the same program, told what to do over process.parentPort. */
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { type GatewayMessageInput, hostMessage } from '../contract/host.ts';
import { systemClock } from '../core/clock.ts';
import { startFailure } from '../gateway/start-failure.ts';
import { type Gateway, startGateway } from '../gateway.ts';
import { workFullyWhenBusy } from './engine.ts';
import { exitNow } from './exit.ts';
import type { ServeOptions } from './headless.ts';
import { createLog } from './log.ts';

import { VERSION } from './settings-of-host.ts';

/** What Electron puts on `process` in a utility process. The ports it hands over speak Node's EventEmitter dialect. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ControlPort[] }) => void): void;
  postMessage(message: unknown): void;
}

/** Ports arrive stopped and keep their messages until they are started. */
type ControlPort = SupportedMessagePort & { start(): void };

export async function serveUnderElectron(
  options: ServeOptions,
  parent: ParentPort,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const log = createLog(env.GATEHOUSE_LOG_LEVEL ?? 'warn');
  const say = (message: GatewayMessageInput) => parent.postMessage(message);
  const early: ControlPort[] = [];
  let gateway: Gateway | undefined;
  let stopping = false;

  parent.on('message', ({ data, ports }) => {
    const message = hostMessage.parse(data);
    if (message.type === 'control-port') {
      const [port] = ports;
      if (port === undefined) throw new Error('a control-port message came without its port');
      if (gateway === undefined) early.push(port);
      else serve(gateway, port);
      return;
    }
    if (message.type === 'sleep') {
      if (message.state === 'asleep') gateway?.sleep.fellAsleep();
      else gateway?.sleep.wokeUp();
      return;
    }
    if (gateway === undefined) exitNow(0);
    else if (stopping) void gateway.close(message.deadlineMs);
    else void stop(gateway, message.deadlineMs, say);
    stopping = true;
  });

  try {
    gateway = await startGateway({ ...options, env, clock: systemClock, log, version: VERSION });
  } catch (error) {
    const failure = startFailure(error);
    if (failure === undefined) throw error;
    const { code, message, retryable, portInUse } = failure;
    say({ type: 'failed', code, message, retryable, ...(portInUse === undefined ? {} : { portInUse }) });
    exitNow(1);
    return;
  }
  workFullyWhenBusy();
  for (const port of early) serve(gateway, port);
  const { baseUrl, port, firstAccessKey } = gateway;
  say({ type: 'listening', baseUrl, port, ...(firstAccessKey === undefined ? {} : { accessKey: firstAccessKey }) });
}

async function stop(gateway: Gateway, deadlineMs: number, say: (message: GatewayMessageInput) => void): Promise<void> {
  await gateway.close(deadlineMs);
  say({ type: 'drained' });
  exitNow(0);
}

function serve(gateway: Gateway, port: ControlPort): void {
  gateway.serveControl(port);
  port.start();
}
