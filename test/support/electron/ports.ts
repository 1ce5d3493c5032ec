/** Electron's MessagePortMain and MessageChannelMain over Node's own, so that a port really moves to another thread. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { MessagePortMain as RealPort } from 'electron';

/** Like the real one, nothing is delivered before `start()`. */
export class MessagePortMain extends EventEmitter implements Pick<RealPort, 'postMessage' | 'start' | 'close'> {
  readonly native: MessagePort;
  private started = false;

  constructor(native: MessagePort) {
    super();
    this.native = native;
    native.once('close', () => this.emit('close'));
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    this.native.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    if (transfer.length > 0) throw new Error('the double moves ports to processes and windows only');
    this.native.postMessage(message);
  }

  close(): void {
    this.native.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** The native ports of a transfer list, for `worker_threads`. */
export function nativePorts(transfer: readonly object[]): MessagePort[] {
  return transfer.map((port) => {
    if (!(port instanceof MessagePortMain)) throw new TypeError('only a MessagePortMain can be transferred');
    return port.native;
  });
}
