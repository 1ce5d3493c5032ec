/**
 * A gateway small enough to see through: it answers the control contract's live part from memory, opens a real socket,
 * and can be told by its `--port` to fail in the ways a shell has to handle. For tests of the shell alone.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { controlContract } from '../../../proxy/contract/control.ts';
import { type GatewayMessageInput, hostMessage } from '../../../proxy/contract/host.ts';
import type { LiveEvent, PauseView, Snapshot } from '../../../proxy/contract/views.ts';

/** `--port` values that ask for a failure instead of a port. */
export const STUB_PORTS = { inUse: 1, crashesAtOnce: 2 };

const tell = (message: GatewayMessageInput) => process.parentPort.postMessage(message);
const asked = Number(process.argv[process.argv.indexOf('--port') + 1] ?? 0);

if (asked === STUB_PORTS.crashesAtOnce) throw new Error('the stub crashes at once');
if (asked === STUB_PORTS.inUse) {
  tell({ type: 'failed', code: 'port_in_use', message: 'Port 1 is in use by "tcpmux" (pid 42).', retryable: false });
  process.exit(1);
}

const server = createServer((_request, response) => response.end('{"object":"list","data":[]}'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const baseUrl = `http://127.0.0.1:${port}/v1`;

let pause: PauseView = { active: false };
const watchers = new Set<(event: LiveEvent) => void>();

function snapshot(): Snapshot {
  return {
    gateway: {
      version: '0.0.0',
      startedAtMs: Date.now(),
      baseUrl,
      host: '127.0.0.1',
      port,
      managed: false,
      configVersion: 1,
      keychain: { backend: 'encrypted-file', state: 'ready', detail: 'a stub keeps nothing' },
    },
    pause,
    killed: [],
    approvals: [],
    desktopNotices: true,
    spend: {
      todayNano: 1_230_000_000,
      monthNano: 4_560_000_000,
      heldNano: 0,
      requestsToday: 3,
      budgets: [
        {
          id: 'month',
          scope: 'global',
          window: 'month',
          limitNano: 20_000_000_000,
          spentNano: 4_560_000_000,
          heldNano: 0,
          leftNano: 15_440_000_000,
          windowStartMs: 0,
        },
      ],
    },
    providers: [],
    recentRequests: [],
  };
}

function setPause(active: boolean): PauseView {
  pause = active ? { active, by: 'person', sinceMs: Date.now() } : { active };
  for (const watcher of watchers) watcher({ type: 'pause', pause });
  return pause;
}

async function* watch(signal: AbortSignal | undefined): AsyncGenerator<LiveEvent> {
  const queue: LiveEvent[] = [{ type: 'snapshot', snapshot: snapshot() }];
  let wake: () => void = () => undefined;
  const watcher = (event: LiveEvent) => {
    queue.push(event);
    wake();
  };
  watchers.add(watcher);
  signal?.addEventListener('abort', () => wake());
  try {
    while (!signal?.aborted) {
      const next = queue.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    watchers.delete(watcher);
  }
}

const contract = implement(controlContract);
const handler = new RPCHandler({
  live: {
    snapshot: contract.live.snapshot.handler(() => snapshot()),
    watch: contract.live.watch.handler(({ signal }) => watch(signal)),
  },
  spend: { get: contract.spend.get.handler(() => snapshot().spend) },
  gateway: {
    pause: contract.gateway.pause.handler(() => setPause(true)),
    resume: contract.gateway.resume.handler(() => setPause(false)),
  },
});

process.parentPort.on('message', ({ data, ports }) => {
  const message = hostMessage.parse(data);
  if (message.type === 'control-port') {
    const [control] = ports;
    if (control === undefined) throw new Error('a control-port message without a port');
    handler.upgrade(control);
    control.start();
    return;
  }
  if (message.type === 'sleep') {
    process.stderr.write(`stub: ${message.state}\n`);
    return;
  }
  server.close();
  tell({ type: 'drained' });
  process.exit(0);
});

tell({ type: 'listening', baseUrl, port, accessKey: 'gh_stub_access_key' });
