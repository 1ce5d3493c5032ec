/** Runs over the control contract, as the window offers them for copying. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runEnvironment } from '../../../proxy/contract/run-environment.ts';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { chunk, completion, frames, json, ROLE, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;
const ASK = { model: 'up/m', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] };

beforeEach(async () => {
  upstream = await startUpstream();
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl, { fees: { defaultBps: 1_000 } }));
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

const as = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });

describe('a run', () => {
  test('is a key with a budget and an end, and the variables that carry it', async () => {
    const before = Date.now();
    const run = await gate.control.runs.create({ budgetUsd: 2, ttlMs: 60_000, name: 'window', project: 'acme' });
    expect(run.id).toMatch(/^run-window-[0-9a-z]{8}$/);
    expect(run.env).toEqual(runEnvironment({ baseUrl: gate.baseUrl, secret: run.secret }));
    expect(run.expiresAtMs).toBeGreaterThanOrEqual(before + 60_000);
    const key = (await gate.control.accessKeys.list()).find(({ id }) => id === run.id);
    expect(key).toMatchObject({
      project: 'acme',
      ephemeral: true,
      expiresAtMs: run.expiresAtMs,
      policy: { cap: { window: 'total', limitUsd: 2, onLimit: 'block' } },
    });
    expect((await gate.chat(ASK, as(run.secret))).status).toBe(200);
  });

  test('two of one name have keys of their own, so that no receipt has the other’s money', async () => {
    const input = { budgetUsd: 2, name: 'twin' };
    const [first, second] = [await gate.control.runs.create(input), await gate.control.runs.create(input)];
    expect(first.id).not.toBe(second.id);
    await gate.chat(ASK, as(first.secret));
    expect(await gate.control.runs.receipt({ id: second.id })).toMatchObject({ calls: 0, chargedNano: 0 });
    expect(await gate.control.runs.receipt({ id: first.id })).toMatchObject({ calls: 1 });
  });

  test('says in its receipt what each call came to, cost and fee, by model', async () => {
    const { id, secret } = await gate.control.runs.create({ budgetUsd: 1 });
    upstream.answer(
      json(
        200,
        completion({
          usage: {
            prompt_tokens: 110,
            completion_tokens: 5,
            total_tokens: 115,
            prompt_tokens_details: { cached_tokens: 100 },
          },
        }),
      ),
    );
    for (let call = 0; call < 3; call += 1) await gate.chat(ASK, as(secret));
    expect((await gate.chat({ ...ASK, model: 'up/none' }, as(secret))).status).toBe(400);
    // Another key's calls are not in it.
    await gate.chat(ASK);
    const receipt = await gate.control.runs.receipt({ id });
    const { items } = await gate.control.ledger.entries({ limit: 500 });
    const charges = items.filter(({ kind, accessKeyId }) => kind === 'charge' && accessKeyId === id);
    const sum = (of: 'amountNano' | 'feeNano') => charges.reduce((total, charge) => total + (charge[of] ?? 0), 0);
    expect(sum('feeNano')).toBeGreaterThan(0);
    expect(receipt).toMatchObject({
      calls: 3,
      attempts: 3,
      refused: [{ code: 'price_unknown', calls: 1 }],
      usage: { inputTokens: 30, cacheReadTokens: 300, outputTokens: 15 },
      models: [{ provider: 'up', model: 'm', calls: 3, chargedNano: sum('amountNano') }],
      chargedNano: sum('amountNano'),
      feeNano: sum('feeNano'),
      exactNano: sum('amountNano'),
      budget: { spentNano: sum('amountNano'), leftNano: 1_000_000_000 - sum('amountNano') },
    });
    expect(receipt.usage).not.toHaveProperty('reasoningTokens');
    expect(receipt).not.toHaveProperty('endedAtMs');
  });

  test('that ends stops what still runs under its key, and its receipt has that too', async () => {
    const { id, secret } = await gate.control.runs.create({ budgetUsd: 1 });
    upstream.answer(frames([ROLE, chunk({ content: 'some words that were delivered' })], 'open'));
    const response = await gate.chat({ ...ASK, stream: true }, as(secret));
    const reader = response.body?.getReader();
    await reader?.read();
    const open = await gate.control.runs.receipt({ id });
    expect(open).toMatchObject({ openHolds: 1, chargedNano: 0 });
    expect(open.budget.heldNano).toBeGreaterThan(0);
    const receipt = await gate.control.runs.end({ id });
    expect(receipt).toMatchObject({ calls: 1, openHolds: 0, exactNano: 0, budget: { heldNano: 0 } });
    expect(receipt.estimatedNano).toBeGreaterThan(0);
    expect(receipt.endedAtMs).toBeDefined();
    const rest = await restOf(reader);
    expect(rest).toContain('revoked_access_key');
    expect(rest).not.toContain('[DONE]');
    expect((await gate.chat(ASK, as(secret))).status).toBe(401);
    expect(await gate.control.runs.end({ id })).toEqual(receipt);
  });

  test('only a run has a receipt: another key is none, and is not revoked by this door', async () => {
    for (const ask of [gate.control.runs.receipt, gate.control.runs.end]) {
      await expect(ask({ id: 'default' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(ask({ id: 'run-none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await gate.chat(ASK)).status).toBe(200);
  });

  test('without a budget above 0, with a time past a week or a name that is none, it is refused', async () => {
    for (const input of [
      { budgetUsd: 0 },
      { budgetUsd: -1 },
      { budgetUsd: 1, ttlMs: 999 },
      { budgetUsd: 1, ttlMs: 8 * 86_400_000 },
      { budgetUsd: 1, name: 'Not A Name' },
    ])
      await expect(gate.control.runs.create(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

async function restOf(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string> {
  let text = '';
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return text;
    text += Buffer.from(next.value).toString('utf8');
  }
}
