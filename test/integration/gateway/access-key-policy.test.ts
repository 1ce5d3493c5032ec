/** What a key may do, given and changed over the control contract of a running gateway, as a client meets it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;
const ASK = { model: 'up/m', messages: [{ role: 'user', content: 'x' }] };
const PAST = '2020-01-01T00:00:00Z';

beforeAll(async () => {
  upstream = await startUpstream();
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
});
afterAll(async () => {
  await gate.close();
  await upstream.close();
});

const ask = (secret: string, path = '/v1/chat/completions', headers: Record<string, string> = {}) =>
  fetch(gate.origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...ASK, max_tokens: 10 }),
  });

describe('an access key', () => {
  test('that expired is refused with 401 in the words of the client, and works again with more time', async () => {
    const { key, secret } = await gate.control.accessKeys.create({ id: 'old', policy: { expiresAt: PAST } });
    expect(key).toMatchObject({ expiresAtMs: Date.parse(PAST) });
    const before = upstream.requests.length;
    const refused = await ask(secret);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({
      error: { code: 'key_expired', message: expect.stringContaining('"old" expired at 2020-01-01T00:00:00.000Z') },
    });
    const messages = await ask(secret, '/v1/messages', { 'anthropic-version': '2023-06-01' });
    expect([messages.status, await messages.json()]).toMatchObject([401, { error: { type: 'authentication_error' } }]);
    expect(upstream.requests).toHaveLength(before);
    await gate.control.accessKeys.update({ id: 'old', policy: { expiresAt: '2999-01-01T00:00:00Z' } });
    expect((await ask(secret)).status).toBe(200);
  });

  test('shows what it may do, and is changed as a whole', async () => {
    const policy = { models: ['up/*'], requestsPerMinute: 60, loopGuard: false as const };
    await gate.control.accessKeys.create({ id: 'editor', project: 'acme', policy });
    const shown = async () => (await gate.control.accessKeys.list()).find(({ id }) => id === 'editor');
    expect(await shown()).toMatchObject({ project: 'acme', policy });
    await gate.control.accessKeys.update({ id: 'editor', policy: { concurrency: 2 } });
    expect((await shown())?.policy).toEqual({ concurrency: 2 });
    expect(await shown()).not.toHaveProperty('project');
  });

  test('for one command has an end, and is revoked with it', async () => {
    const { key, secret } = await gate.control.accessKeys.create({ id: 'run-1', ephemeral: { ttlMs: 3_600_000 } });
    expect(key).toMatchObject({ ephemeral: true, expiresAtMs: key.createdAtMs + 3_600_000 });
    expect((await ask(secret)).status).toBe(200);
    await gate.control.accessKeys.revoke({ id: 'run-1' });
    const refused = await ask(secret);
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'revoked_access_key' } }]);
  });

  test.each([
    [{ id: 'x', policy: { maxTier: 'free' } }],
    [{ id: 'x', policy: { project: 'p' } }],
    [{ id: 'x', policy: { cap: { window: 'day', limitUsd: -1 } } }],
    [{ id: 'x', ephemeral: { ttlMs: 0 } }],
    [{ id: 'x', policy: { unheardOf: 1 } }],
  ])('is not made from %j', async (input) => {
    await expect(gate.control.accessKeys.create(input as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await gate.control.accessKeys.list()).map(({ id }) => id)).not.toContain('x');
  });

  test('that is not there cannot be changed', async () => {
    await expect(gate.control.accessKeys.update({ id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
