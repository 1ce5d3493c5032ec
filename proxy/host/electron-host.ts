/** The gateway as Electron's utility process: the same program, told what to do over process.parentPort. */
import type { MessagePort } from 'node:worker_threads';
import { type GatewayMessageInput, hostMessage } from '../contract/host.ts';
import { systemClock } from '../core/clock.ts';
import { startFailure } from '../gateway/start-failure.ts';
import { type Gateway, startGateway } from '../gateway.ts';
import { exitNow } from './exit.ts';
import type { ServeOptions } from './headless.ts';
import { createLog } from './log.ts';
import { VERSION } from './settings-of-host.ts';

/** What Electron puts on `process` in a utility process. The ports it hands over speak Node's EventEmitter dialect. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
  postMessage(message: unknown): void;
}

interface ElectronPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export async function serveUnderElectron(
  options: ServeOptions,
  parent: ParentPort,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const log = createLog(env.GATEHOUSE_LOG_LEVEL ?? 'warn');
  const say = (message: GatewayMessageInput) => parent.postMessage(message);
  const early: ElectronPort[] = [];
  let gateway: Gateway | undefined;
  let stopping = false;

  parent.on('message', ({ data, ports }) => {
    const message = hostMessage.parse(data);
    if (message.type === 'control-port') {
      const [port] = ports;
      if (port === undefined) throw new Error('a control-port message came without its port');
      if (gateway === undefined) early.push(port);
      else gateway.serveControl(port as unknown as MessagePort);
      return;
    }
    if (stopping) return;
    stopping = true;
    if (gateway !== undefined) void stop(gateway, message.deadlineMs, say);
    else exitNow(0);
  });

  try {
    gateway = await startGateway({ ...options, env, clock: systemClock, log, version: VERSION });
  } catch (error) {
    const failure = startFailure(error);
    if (failure === undefined) throw error;
    say({ type: 'failed', code: failure.code, message: failure.message, retryable: failure.retryable });
    exitNow(1);
    return;
  }
  for (const port of early) gateway.serveControl(port as unknown as MessagePort);
  const { baseUrl, port, firstAccessKey } = gateway;
  say({ type: 'listening', baseUrl, port, ...(firstAccessKey === undefined ? {} : { accessKey: firstAccessKey }) });
}

async function stop(gateway: Gateway, deadlineMs: number, say: (message: GatewayMessageInput) => void): Promise<void> {
  await gateway.close(deadlineMs);
  say({ type: 'drained' });
  exitNow(0);
}
