/** Which alerts and waiting calls reach the desktop, over a real message port. */
import { MessageChannel } from 'node:worker_threads';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, onTestFinished, test } from 'vitest';
import { createLiveSession } from '../../../electron/live/session.ts';
import type { AlertView } from '../../../proxy/contract/alerts.ts';
import { controlContract } from '../../../proxy/contract/control.ts';
import type { ApprovalView } from '../../../proxy/contract/limits.ts';
import type { LiveEvent } from '../../../proxy/contract/views.ts';
import { snapshot } from '../renderer/views.ts';

function alert(id: string): AlertView {
  return { id, atMs: 0, event: 'loop', severity: 'warning', title: id, message: '', facts: {} };
}

const APPROVAL: ApprovalView = {
  id: 'ask_1',
  requestId: 'req_1',
  askedAtMs: 0,
  endsAtMs: 60_000,
  budget: {
    id: 'month',
    scope: 'global',
    window: 'month',
    limitNano: 10,
    spentNano: 9,
    heldNano: 0,
    leftNano: 1,
    windowStartMs: 0,
  },
  neededNano: 5,
  provider: 'sim',
  model: 'echo',
};

async function* watch(): AsyncGenerator<LiveEvent> {
  yield { type: 'snapshot', snapshot: snapshot() };
  yield { type: 'alert', alert: alert('kept off the desktop'), desktop: false };
  yield { type: 'alert', alert: alert('wanted'), desktop: true };
  yield { type: 'approvals', approvals: [APPROVAL] };
}

/** What reached the desktop of one whole subscription. */
async function toldOf(events: () => AsyncGenerator<LiveEvent>): Promise<{ told: string[]; waiting: string[][] }> {
  const contract = implement(controlContract);
  const handler = new RPCHandler({ live: { watch: contract.live.watch.handler(events) } });
  const { port1, port2 } = new MessageChannel();
  handler.upgrade(port1);
  const told: string[] = [];
  const waiting: string[][] = [];
  const ended = Promise.withResolvers<void>();
  const session = createLiveSession({
    changed: () => undefined,
    alert: ({ title }) => told.push(title),
    approvals: (approvals) => waiting.push(approvals.map(({ id }) => id)),
    reconnect: () => undefined,
    reconnectAfterMs: 60_000,
    answerWithinMs: 1_000,
    log: { info: () => ended.resolve(), warn: () => undefined, error: () => undefined, gateway: () => undefined },
  });
  onTestFinished(() => {
    session.disconnect();
    port1.close();
  });
  session.connect(port2 as unknown as Parameters<typeof session.connect>[0]);
  await ended.promise;
  return { told, waiting };
}

test('only those alerts that the config wants on the desktop', async () => {
  const { told, waiting } = await toldOf(() => watch());
  expect(told).toEqual(['wanted']);
  // None at first, then one; the gateway that went away refuses what waits there.
  expect(waiting).toEqual([[], ['ask_1'], []]);
});

test('a config that wants nothing on the desktop silences waiting calls as well', async () => {
  const { waiting } = await toldOf(async function* () {
    yield { type: 'snapshot', snapshot: { ...snapshot(), desktopNotices: false, approvals: [APPROVAL] } };
    yield { type: 'approvals', approvals: [APPROVAL] };
  });
  expect(waiting.flat()).toEqual([]);
});
