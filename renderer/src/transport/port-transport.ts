/**
 * The desktop app's way to the gateway: oRPC over a MessagePort that the preload hands over. The port dies with the
 * gateway process; the supervisor starts another one and a new port arrives, so the client resolves its link per call.
 */
import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ControlClient, Transport } from './control-client.ts';

export const NEED_PORT = 'gatehouse:need-port';
export const PORT = 'gatehouse:port';

/** How long a call waits for a gateway that is starting before it fails with a sentence instead of hanging. */
const PORT_WAIT_MS_MAX = 15_000;

type Link = RPCLink<Record<never, never>>;

export function createPortTransport(host: Window): Transport {
  const replaced = new Set<() => void>();
  let port: MessagePort | undefined;
  let expected = Promise.withResolvers<Link>();

  const ask = () => host.postMessage({ type: NEED_PORT }, host.origin === 'null' ? '*' : host.origin);

  host.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [arrived] = event.ports;
    if (event.source !== host || !isPortMessage(event.data) || arrived === undefined) return;
    if (port !== undefined) {
      // Its gateway is gone. Not every engine tells us with a `close` event, so calls on it are ended here.
      port.close();
      expected = Promise.withResolvers<Link>();
    }
    port = arrived;
    expected.resolve(new RPCLink<Record<never, never>>({ port: arrived }));
    arrived.addEventListener('close', () => {
      if (port !== arrived) return;
      port = undefined;
      expected = Promise.withResolvers<Link>();
      ask();
    });
    arrived.start();
    for (const callback of replaced) callback();
  });
  ask();

  return {
    client: createORPCClient<ControlClient>(new DynamicLink(() => withDeadline(expected.promise))),
    onReplaced(callback) {
      replaced.add(callback);
      return () => replaced.delete(callback);
    },
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === PORT;
}

async function withDeadline(port: Promise<Link>): Promise<Link> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('The gateway is not running. Gatehouse keeps trying to start it; try again in a moment.')),
      PORT_WAIT_MS_MAX,
    );
  });
  try {
    return await Promise.race([port, late]);
  } finally {
    clearTimeout(timer);
  }
}
