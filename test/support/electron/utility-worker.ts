/** Inside the thread: makes it look like an Electron utility process, then runs the program. */
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ParentPort } from 'electron';
import { MessagePortMain, nativePorts } from './ports.ts';

const KILLED_EXIT_CODE = 137;

const native = parentPort;
if (native === null) throw new Error('utility-worker.ts runs in a worker thread only');

class ParentPortDouble extends EventEmitter implements Pick<ParentPort, 'postMessage'> {
  private readonly port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.port = port;
    // As in Electron: what arrives before anybody listens waits for the first listener.
    this.once('newListener', () => {
      port.on('message', ({ data, ports }: { data: unknown; ports: MessagePort[] }) => {
        this.emit('message', { data, ports: ports.map((each) => new MessagePortMain(each)) });
      });
    });
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    this.port.postMessage(message, nativePorts(transfer));
  }
}

const { modulePath } = workerData as { modulePath: string };
Object.defineProperty(process, 'parentPort', { value: new ParentPortDouble(native), enumerable: true });
process.argv[1] = modulePath;

// "Kill myself" must end this thread, not the test's whole process.
const killForReal = process.kill.bind(process);
process.kill = (pid, signal) => {
  if (pid !== process.pid || signal === 0) return killForReal(pid, signal);
  process.exit(KILLED_EXIT_CODE);
};

await import(pathToFileURL(modulePath).href);
