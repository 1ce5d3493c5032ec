/** A budget that is raised from the window while calls wait for it: they pass then, and only then. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchLive } from '../../support/gateway/live-watch.ts';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;
const ASK = { model: 'up/m', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] };
/** Too tight for a call to be held under, not for what it then costs. */
const CAP = { id: 'cap', scope: 'global', window: 'total', limitUsd: 0.0001, onLimit: 'ask' } as const;

beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

/** On settings, not on a file: only those can be raised. */
async function start(budgets: readonly (typeof CAP)[] = [CAP]): Promise<void> {
  gate = await startTestGateway();
  await gate.control.config.replace({
    config: {
      ...(await gate.control.config.current()),
      budgets: [...budgets],
      providers: [
        {
          id: 'up',
          kind: 'openai-compatible',
          baseUrl: upstream.baseUrl,
          credential: 'none',
          enabled: true,
          models: [{ id: 'm', ...TEST_PRICES }],
        },
      ],
    },
    baseVersion: (await gate.control.live.snapshot()).gateway.configVersion,
    note: 'for this test',
  });
}

describe('raise', () => {
  test('raised: the budget has the new limit, as a new version, and every call that waited for it passes', async () => {
    await start();
    const watch = await watchLive(gate.control);
    const calls = [gate.chat(ASK), gate.chat(ASK)];
    const asked = await watch.approval();
    await watch.first((event) => event.type === 'approvals' && event.approvals.length === 2);
    await gate.control.approvals.answer({ id: asked.id, answer: 'raise', raiseToUsd: 1 });
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await gate.control.config.current()).budgets).toMatchObject([{ id: 'cap', limitUsd: 1, onLimit: 'ask' }]);
    expect((await gate.control.config.versions()).some(({ note }) => note === 'budget cap raised')).toBe(true);
    expect((await gate.chat(ASK)).status).toBe(200);
    watch.stop();
  });

  test("a key's own cap is raised at the key, also that of a run", async () => {
    await start([]);
    const run = await gate.control.runs.create({ budgetUsd: 0.0001, onLimit: 'ask' });
    const watch = await watchLive(gate.control);
    const call = gate.chat(ASK, { headers: { authorization: `Bearer ${run.secret}` } });
    const asked = await watch.approval();
    expect(asked.budget).toMatchObject({ id: `key-cap:${run.id}` });
    await gate.control.approvals.answer({ id: asked.id, answer: 'raise', raiseToUsd: 2 });
    const response = await call;
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    const key = (await gate.control.accessKeys.list()).find(({ id }) => id === run.id);
    expect(key).toMatchObject({ expiresAtMs: run.expiresAtMs, policy: { cap: { limitUsd: 2 } } });
    const receipt = await gate.control.runs.end({ id: run.id });
    expect(receipt).toMatchObject({ calls: 1, budget: { limitNano: 2_000_000_000 } });
    watch.stop();
  });

  test('not far enough: the call is checked against the new limit, and asks again', async () => {
    await start();
    const watch = await watchLive(gate.control);
    const call = gate.chat(ASK);
    const asked = await watch.approval();
    await gate.control.approvals.answer({ id: asked.id, answer: 'raise', raiseToUsd: 0.0002 });
    const again = await watch.approval(asked.id);
    expect(again.budget).toMatchObject({ id: 'cap', limitNano: 200_000 });
    await gate.control.approvals.answer({ id: again.id, answer: 'refuse' });
    expect((await call).status).toBe(402);
    watch.stop();
  });
});
