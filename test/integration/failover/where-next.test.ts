import { afterEach, describe, expect, it } from 'vitest';
import { failing, type Room, type RoomOptions, startRoom } from '../../support/failover/room.ts';
import { TEST_PRICES } from '../../support/gateway/start.ts';

let room: Room;
afterEach(() => room.close());

async function start(options: RoomOptions = {}): Promise<void> {
  room = await startRoom(options);
}

const tried = (): string => room.stations.calls.join(' ');
const chain = { virtualModels: [{ id: 'chain', targets: ['a/m-a', 'b/m-b', 'c/m-c'] }] };

describe('which target comes next', () => {
  it('two that fail twice are not asked so often that the third one is never asked', async () => {
    await start({ config: chain });
    room.stations.set('a', failing());
    room.stations.set('b', failing());
    expect((await room.ask('chain')).text).toBe('hello from c');
    expect(tried()).toBe('a a b c');
  });

  it('attemptsMax bounds all of them together', async () => {
    await start({ config: { ...chain, routing: { attemptsMax: 2 } } });
    room.stations.set('a', failing());
    room.stations.set('b', failing({ message: 'the last words' }));
    const read = await room.ask('chain');
    expect([read.status, read.error?.message]).toEqual([500, 'the last words']);
    expect(tried()).toBe('a b');
  });

  it('a forced provider/model stays forced, though others have the very same model', async () => {
    const same = [{ id: 'same', family: 'same', ...TEST_PRICES }];
    await start({ models: { a: same, b: same, c: same }, config: { routing: { equivalents: true } } });
    room.stations.set('a', failing());
    expect((await room.ask('a/same')).status).toBe(500);
    expect(tried()).toBe('a a');
  });

  it('the model alone goes to the others that have it', async () => {
    const same = [{ id: 'same', ...TEST_PRICES }];
    await start({ models: { a: same, b: same }, ids: ['a', 'b'] });
    room.stations.set('a', failing({ status: 404, code: 'not_found' }));
    room.stations.set('b', failing({ status: 404, code: 'not_found' }));
    expect((await room.ask('same')).status).toBe(404);
    expect([...room.stations.calls].sort().join(' ')).toBe('a b');
  });

  it("the request's own models come next, in its order, and no provider is shown them", async () => {
    const bodies: string[] = [];
    await start();
    for (const id of ['a', 'c'])
      room.stations.set(id, (seen, response) => {
        bodies.push(seen.body.toString());
        failing({ status: 404, code: 'not_found' })(seen, response);
      });
    const read = await room.ask('a/m-a', { more: { models: ['c/m-c', 'b/m-b'] } });
    expect(read.text).toBe('hello from b');
    expect(read.headers.get('x-gatehouse-model')).toBe('m-b');
    expect(tried()).toBe('a c b');
    expect(bodies.filter((body) => body.includes('"models"'))).toEqual([]);
  });

  it("the config's fallbacks come next, of the target and of its fallback in turn", async () => {
    await start({ config: { routing: { fallbacks: { 'a/m-a': ['b/m-b'], 'b/m-b': ['c/m-c'] } } } });
    for (const id of ['a', 'b']) room.stations.set(id, failing({ status: 404, code: 'not_found' }));
    expect((await room.ask('a/m-a')).text).toBe('hello from c');
    expect(tried()).toBe('a b c');
  });

  it('a bad request goes to nobody else, whatever the config and the request allow', async () => {
    await start({ config: { ...chain, routing: { fallbacks: { chain: ['c/m-c'] } } } });
    room.stations.set('a', failing({ status: 400, code: 'invalid_request_error', message: 'temperature is too high' }));
    const read = await room.ask('chain', { more: { models: ['b/m-b'] } });
    expect([read.status, read.error?.message]).toEqual([400, 'temperature is too high']);
    expect(tried()).toBe('a');
  });

  it('a call that is too long for its target goes to a sibling with more room, past one with as little', async () => {
    const size = (id: string, contextTokens: number) => [{ id, family: 'f', ...TEST_PRICES, contextTokens }];
    await start({
      models: { a: size('m-a', 9_000), b: size('m-b', 9_000), c: size('m-c', 100_000) },
      config: { virtualModels: [{ id: 'chain', targets: ['a/m-a', 'b/m-b'] }] },
    });
    room.stations.set('a', failing({ status: 400, message: 'This model has a maximum context length of 9000 tokens' }));
    const prompt = 'a word or two more '.repeat(1_200);
    const read = await room.ask('chain', { prompt });
    expect(read.text).toBe('hello from c');
    expect(tried()).toBe('a c');
    // A short one has nowhere to go: the client should hear what its provider says.
    expect((await room.ask('chain')).status).toBe(400);
    expect(tried()).toBe('a c a');
  });

  it('a stopped or switched-off target is passed over without being asked', async () => {
    await start({ config: { ...chain, killSwitch: { providers: ['a'] } }, provider: { b: { enabled: false } } });
    expect((await room.ask('chain')).text).toBe('hello from c');
    expect(tried()).toBe('c');
  });

  it('keeps the trace of it: every try and what was decided', async () => {
    await start({ config: chain });
    room.stations.set('a', failing());
    room.stations.set('b', failing({ status: 404, code: 'not_found' }));
    const read = await room.ask('chain');
    const { route } = await room.gate.control.requests.get({ id: read.headers.get('x-request-id') ?? '' });
    expect(route?.attempts).toMatchObject([
      { provider: 'a', outcome: 'server_error', status: 500, decision: 'retry' },
      { provider: 'a', outcome: 'server_error', status: 500, decision: 'next' },
      { provider: 'b', outcome: 'model_missing', status: 404, decision: 'next' },
      { provider: 'c', outcome: 'served', status: 200, decision: 'served', costNano: 20_000 },
    ]);
  });
});
