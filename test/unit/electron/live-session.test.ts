/** What the main process asks of a gateway over its own port, and what it does when nobody answers. */
import { MessageChannel } from 'node:worker_threads';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, onTestFinished, test } from 'vitest';
import { createLiveSession, type LiveSession } from '../../../electron/live/session.ts';
import { controlContract } from '../../../proxy/contract/control.ts';
import type { LiveEvent, SpendView } from '../../../proxy/contract/views.ts';
import { snapshot } from '../renderer/views.ts';

const contract = implement(controlContract);
type Port = Parameters<LiveSession['connect']>[0];

/** A session on a gateway whose spend is answered by `spend`. */
async function connected(spend: () => Promise<SpendView>) {
  const asked: unknown[] = [];
  const reconnected = Promise.withResolvers<void>();
  const live = Promise.withResolvers<void>();
  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<LiveEvent> {
    yield { type: 'snapshot', snapshot: snapshot() };
    await new Promise((resolve) => signal?.addEventListener('abort', resolve));
  }
  const paused = { active: true, by: 'person' } as const;
  const handler = new RPCHandler({
    live: { watch: contract.live.watch.handler(({ signal }) => watch(signal)) },
    spend: { get: contract.spend.get.handler(spend) },
    gateway: {
      pause: contract.gateway.pause.handler(({ input }) => {
        asked.push(['pause', input]);
        return paused;
      }),
      resume: contract.gateway.resume.handler(({ errors }) => {
        throw errors.MANAGED({ message: 'the file holds it' });
      }),
      stopCalls: contract.gateway.stopCalls.handler(() => ({ stopped: 3 })),
    },
  });
  const { port1, port2 } = new MessageChannel();
  handler.upgrade(port1);
  const session = createLiveSession({
    changed: () => live.resolve(),
    alert: () => undefined,
    approvals: () => undefined,
    reconnect: () => reconnected.resolve(),
    reconnectAfterMs: 60_000,
    answerWithinMs: 20,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined, gateway: () => undefined },
  });
  onTestFinished(() => {
    session.disconnect();
    port1.close();
  });
  session.connect(port2 as unknown as Port);
  await live.promise;
  return { session, asked, reconnected: reconnected.promise };
}

test('pauses for a while or without end, stops calls, and passes refusals on', async () => {
  const { session, asked } = await connected(async () => snapshot().spend);
  await session.pause(900_000);
  await session.pause();
  expect(asked).toEqual([
    ['pause', { forMs: 900_000 }],
    ['pause', {}],
  ]);
  expect(await session.stopCalls()).toBe(3);
  await expect(session.resume()).rejects.toThrow('the file holds it');
});

test('without a gateway everything is refused in words', async () => {
  const { session } = await connected(async () => snapshot().spend);
  session.disconnect();
  for (const ask of [
    () => session.pause(),
    () => session.resume(),
    () => session.stopCalls(),
    () => session.savePort(1),
  ])
    await expect(ask()).rejects.toThrow('the gateway is not running');
  session.check();
});

test('after waking, a gateway that answers keeps its connection', async () => {
  const answered = Promise.withResolvers<void>();
  const { session } = await connected(async () => {
    answered.resolve();
    return snapshot().spend;
  });
  session.check();
  await answered.promise;
  expect(await session.stopCalls()).toBe(3);
});

test('after waking, a connection that does not answer is given up for another one', async () => {
  const { session, reconnected } = await connected(() => new Promise(() => undefined));
  session.check();
  await reconnected;
  await expect(session.stopCalls()).rejects.toThrow('the gateway is not running');
});
