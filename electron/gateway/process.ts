/** Forks the gateway as a utility process and turns its messages, its output and its end into the supervisor's terms. */
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { type ControlPeer, gatewayMessage, type HostMessage } from '../../proxy/contract/host.ts';
import { type Log, messageOf } from '../log.ts';
import type { GatewayProcess, GatewayProcessEvents } from '../supervisor/supervisor.ts';
import { onLines } from './lines.ts';

/** The name under which task managers and `app.getAppMetrics` show the gateway. */
export const GATEWAY_SERVICE_NAME = 'Gatehouse gateway';

export interface GatewayCommand {
  modulePath: string;
  args: string[];
  env: Record<string, string>;
}

export interface ForkedGateway extends GatewayProcess {
  /** Hands the gateway one end of a channel; the control contract is answered on it. */
  sendControlPort(peer: ControlPeer, port: MessagePortMain): void;
  /** The computer falls asleep, or woke up. */
  sendSleep(state: 'asleep' | 'awake'): void;
}

export function forkGateway(command: GatewayCommand, events: GatewayProcessEvents, log: Log): ForkedGateway {
  const child = utilityProcess.fork(command.modulePath, command.args, {
    serviceName: GATEWAY_SERVICE_NAME,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onLines(child.stdout, log.gateway);
  onLines(child.stderr, log.gateway);
  child.on('message', (message: unknown) => {
    const parsed = gatewayMessage.safeParse(message);
    if (parsed.success) events.message(parsed.data);
    else log.error(`the gateway sent a message that is not in the contract: ${parsed.error.issues[0]?.message ?? ''}`);
  });
  child.on('error', (type, location) => log.error(`the gateway process hit ${type} at ${location}`));
  child.on('exit', (exitCode) => {
    log.info(`the gateway process ended with exit code ${exitCode}`);
    events.exited(exitCode);
  });

  const send = (message: HostMessage, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
  return {
    sendShutdown: (deadlineMs) => send({ type: 'shutdown', deadlineMs }),
    sendControlPort: (peer, port) => send({ type: 'control-port', peer }, [port]),
    sendSleep: (state) => send({ type: 'sleep', state }),
    kill: () => killNow(child, log),
  };
}

/** `UtilityProcess.kill` is only a SIGTERM on POSIX, and a keychain prompt nobody answers can outlast that. */
function killNow(child: UtilityProcess, log: Log): void {
  if (child.pid === undefined) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch (error) {
    log.warn(`could not end the gateway process: ${messageOf(error)}`);
  }
}
