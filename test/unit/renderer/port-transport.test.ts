import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { describe, expect, it } from 'vitest';
import { controlContract } from '../../../proxy/contract/control.ts';
import { createPortTransport, NEED_PORT, PORT } from '../../../renderer/src/transport/port-transport.ts';

const control = implement(controlContract);

/** A gateway's end of a real MessageChannel that answers one procedure with its own name. */
function gatewayPort(name: string): { port: MessagePort; die: () => void } {
  const { port1, port2 } = new MessageChannel();
  const handler = new RPCHandler({
    models: { list: control.models.list.handler(() => [{ id: name, provider: 'sim' }]) },
  });
  handler.upgrade(port1);
  port1.start();
  return { port: port2, die: () => port1.close() };
}

/** As much of a window as the transport touches, on a real EventTarget. */
function fakeWindow() {
  const target = new EventTarget();
  const asked: unknown[] = [];
  const host = Object.assign(target, {
    origin: 'gatehouse://app',
    postMessage: (message: { type: string }) => void asked.push(message.type),
  }) as unknown as Window;
  const hand = (port: MessagePort, source: unknown = host) => {
    const event = Object.assign(new Event('message'), { data: { type: PORT }, ports: [port], source });
    target.dispatchEvent(event);
  };
  return { host, hand, asked };
}

describe('the desktop transport', () => {
  it('asks for a port, holds calls until it comes, and moves to the next gateway', async () => {
    const { host, hand, asked } = fakeWindow();
    const transport = createPortTransport(host);
    expect(asked).toEqual([NEED_PORT]);
    const early = transport.client.models.list();
    let replaced = 0;
    transport.onReplaced(() => {
      replaced += 1;
    });

    const first = gatewayPort('first');
    const closed = new Promise((resolve) => first.port.addEventListener('close', resolve));
    hand(first.port);
    expect(await early).toEqual([{ id: 'first', provider: 'sim' }]);

    first.die();
    await closed;
    expect(asked).toEqual([NEED_PORT, NEED_PORT]);
    const waiting = transport.client.models.list();
    const second = gatewayPort('second');
    hand(second.port);
    expect(await waiting).toEqual([{ id: 'second', provider: 'sim' }]);
    expect(replaced).toBe(2);
    second.die();
  });

  it('takes no port from another window', () => {
    const { host, hand } = fakeWindow();
    const transport = createPortTransport(host);
    let replaced = 0;
    transport.onReplaced(() => {
      replaced += 1;
    });
    const stranger = gatewayPort('stranger');
    hand(stranger.port, {});
    expect(replaced).toBe(0);
    stranger.die();
  });
});
