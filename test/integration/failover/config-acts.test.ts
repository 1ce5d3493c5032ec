/** Every part of a config that routing, keys and gates read, seen to be acted on by a whole gateway. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import { failing, good, type Room, type RoomOptions, startRoom } from '../../support/failover/room.ts';
import { TEST_PRICES, type TestConfig } from '../../support/gateway/start.ts';

type Routing = NonNullable<ConfigInput['routing']>;
type KeyConfig = NonNullable<ConfigInput['accessKeys']>[number];

let room: Room;
afterEach(() => room.close());

const SAME = [{ id: 'same', ...TEST_PRICES }];
const FAMILY: NonNullable<RoomOptions['models']> = {
  a: [{ id: 'm-a', family: 'fam', tier: 'economy', quality: 10, ...TEST_PRICES }],
  b: [
    { id: 'm-b', family: 'fam', tier: 'premium', quality: 90, ...TEST_PRICES, inputUsdPerMTok: 9, outputUsdPerMTok: 9 },
  ],
};
const AB = { ids: ['a', 'b'] } as const;

async function served(model: string, more: Parameters<Room['ask']>[1] = {}): Promise<string> {
  const read = await room.ask(model, more);
  return read.status === 200 ? read.text.replace('hello from ', '') : `${read.status} ${String(read.error?.code)}`;
}

async function withRouting(routing: Routing, options: RoomOptions = {}): Promise<void> {
  room = await startRoom({ ...AB, ...options, config: { ...options.config, routing } });
}

describe('providers and models', () => {
  it.each(['a', 'b'])('prefer: true at %s is chosen among equals', async (id) => {
    room = await startRoom({ ...AB, models: { a: SAME, b: SAME }, provider: { [id]: { prefer: true } } });
    expect(await served('same')).toBe(id);
  });

  it.each(['a', 'b'])('prefer: true at the model of %s, too', async (id) => {
    const models = { a: SAME, b: SAME, [id]: [{ id: 'same', ...TEST_PRICES, prefer: true }] };
    room = await startRoom({ ...AB, models });
    expect(await served('same')).toBe(id);
  });

  it('enabled: false is never served, neither chosen nor forced', async () => {
    room = await startRoom({
      ...AB,
      models: { a: [{ id: 'same', ...TEST_PRICES, enabled: false }], b: SAME },
      provider: { a: { prefer: true } },
    });
    expect(await served('same')).toBe('b');
    expect((await room.ask('a/same')).status).toBeGreaterThanOrEqual(400);
    expect(room.stations.callsOf('a')).toBe(0);
  });
});

describe('routing', () => {
  const virtual = (mode?: 'quality'): TestConfig => ({
    virtualModels: [{ id: 'mine', targets: ['a/m-a', 'b/m-b'], ...(mode === undefined ? {} : { mode }) }],
  });

  it.each([
    [undefined, 'a'],
    ['quality', 'b'],
  ] as const)('a virtual model of mode %s goes to %s', async (mode, id) => {
    await withRouting({}, { models: FAMILY, config: virtual(mode) });
    expect(await served('mine')).toBe(id);
  });

  it.each([
    [{}, {}, 'a'],
    [{ defaultMode: 'quality' }, {}, 'b'],
    [{ defaultMode: 'quality' }, { 'x-gatehouse-mode': 'cheap' }, 'a'],
    [{}, { 'x-gatehouse-mode': 'quality' }, 'b'],
  ] as const)('a family under %j, asked with %j, goes to %s', async (routing, headers, id) => {
    await withRouting(routing, { models: FAMILY });
    expect(await served('fam', { headers })).toBe(id);
  });

  it.each([
    [true, 'b'],
    [false, '404 not_found'],
  ] as const)('equivalents: %s', async (equivalents, end) => {
    const tiered = (id: string) => [{ id, tier: 'standard' as const, ...TEST_PRICES }];
    await withRouting({ equivalents }, { models: { a: tiered('m-a'), b: tiered('m-b') } });
    room.stations.set('a', failing({ status: 404, code: 'not_found' }));
    expect(await served('m-a')).toBe(end);
  });

  it('rules: a target by the prompt, by the project, and a refusal in the words of the config', async () => {
    await withRouting({
      rules: [
        { name: 'traces', when: { promptMatches: '(?i)stack trace' }, use: 'b/m-b' },
        { name: 'acme', when: { project: 'acme' }, use: 'b/m-b' },
        { name: 'no', when: { client: 'intern' }, refuse: 'Ask your lead first.' },
      ],
    });
    expect(await served('a/m-a')).toBe('a');
    expect(await served('a/m-a', { prompt: 'Here is the Stack Trace' })).toBe('b');
    expect(await served('a/m-a', { headers: { 'x-project': 'acme' } })).toBe('b');
    const refused = await room.ask('a/m-a', { headers: { 'x-client-id': 'intern' } });
    expect(refused.error?.message).toContain('Ask your lead first.');
  });

  it('splits: each arm gets calls, and a session stays with the arm it got', async () => {
    const targets = [
      { use: 'a/m-a', weight: 1 },
      { use: 'b/m-b', weight: 1 },
    ];
    await withRouting({ splits: [{ name: 'ab', model: 'mine', targets }] });
    const arms = new Set<string>();
    for (let n = 0; n < 24; n += 1) {
      const headers = { 'x-gatehouse-session': `s${n}` };
      const arm = await served('mine', { headers });
      expect(await served('mine', { headers })).toBe(arm);
      arms.add(arm);
    }
    expect([...arms].sort()).toEqual(['a', 'b']);
  });

  it.each([
    [true, 'b'],
    [false, 'a'],
  ] as const)('sticky %s: a conversation that had to go elsewhere is next at %s', async (sticky, id) => {
    await withRouting({ sticky }, { models: { a: SAME, b: SAME }, provider: { a: { prefer: true } } });
    const headers = { 'x-gatehouse-session': 's' };
    const { killSwitches } = room.gate.control;
    await killSwitches.kill({ scope: 'provider:a' });
    expect(await served('same', { headers })).toBe('b');
    await killSwitches.lift({ scope: 'provider:a' });
    expect(await served('same', { headers })).toBe(id);
    expect(await served('same', { headers: { 'x-gatehouse-session': 'another' } })).toBe('a');
  });

  it('failoverSeconds: nobody else is looked for when the time is over', async () => {
    await withRouting({ failoverSeconds: 1 }, { config: virtual() });
    room.stations.set('a', (seen, response) => void setTimeout(() => failing()(seen, response), 1_100));
    expect(await served('mine')).toBe('500 server_error');
    expect(room.stations.callsOf('b')).toBe(0);
  });
});

describe('access keys of a config', () => {
  const VALUE = 'gh_a_key_that_stands_in_the_environment_only';

  async function withKey(rights: Partial<KeyConfig>): Promise<void> {
    room = await startRoom({
      ...AB,
      models: FAMILY,
      key: VALUE,
      config: { accessKeys: [{ id: 'cli', value: 'env:KEY', ...rights }] },
      options: { env: { KEY: VALUE } },
    });
  }

  it.each<[string, Partial<KeyConfig>, string, string]>([
    ['models', { models: ['b/*'] }, 'a/m-a', '403 model_not_allowed'],
    ['models', { models: ['b/*'] }, 'fam', 'b'],
    ['maxTier', { maxTier: 'economy' }, 'b/m-b', '403 model_not_allowed'],
    ['mode', { mode: 'quality' }, 'fam', 'b'],
    ['cap', { cap: { window: 'day', limitUsd: 0 } }, 'a/m-a', '402 budget_exceeded'],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }, 'a/m-a', '401 key_expired'],
    ['tokensPerMinute', { tokensPerMinute: 10 }, 'a/m-a', '429 exceeds_rate_limit'],
  ])('%s %j, asking for %s: %s', async (_name, rights, model, end) => {
    await withKey(rights);
    expect(await served(model)).toBe(end);
  });

  it('requestsPerMinute and loopGuard', async () => {
    await withKey({ requestsPerMinute: 3, loopGuard: { identicalCalls: 2, everyCall: true } });
    expect(await served('a/m-a')).toBe('a');
    expect(await served('a/m-a')).toBe('429 loop_detected');
    const { items } = await room.gate.control.alerts.list({});
    expect(items.map(({ event, key }) => [event, key])).toEqual([['loop', 'cli']]);
    expect(await served('a/m-a', { prompt: 'something else' })).toBe('a');
    expect(await served('a/m-a', { prompt: 'and this' })).toBe('a');
    expect(await served('a/m-a', { prompt: 'and that' })).toBe('429 rate_limited');
  });

  it('concurrency', async () => {
    await withKey({ concurrency: 1 });
    const answer = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    room.stations.set('a', (seen, response) => {
      arrived.resolve();
      void answer.promise.then(() => good('a')(seen, response));
    });
    const first = served('a/m-a');
    await arrived.promise;
    expect(await served('b/m-b')).toBe('429 rate_limited');
    answer.resolve();
    expect(await first).toBe('a');
    expect(await served('b/m-b')).toBe('b');
  });

  it.each([{ keys: ['cli'] }, { projects: ['acme'] }, { models: ['a/m-a'] }])('killSwitch %j', async (killSwitch) => {
    room = await startRoom({
      ...AB,
      key: VALUE,
      config: { accessKeys: [{ id: 'cli', value: 'env:KEY', project: 'acme' }], killSwitch },
      options: { env: { KEY: VALUE } },
    });
    expect(await served('a/m-a')).toBe('503 kill_switch');
    expect(room.stations.callsOf('a')).toBe(0);
  });
});
