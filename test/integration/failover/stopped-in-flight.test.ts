import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endless, failing, good, type Room, startRoom } from '../../support/failover/room.ts';
import { requestEvent } from '../../support/gateway/start.ts';

let room: Room;
beforeEach(async () => {
  room = await startRoom({ config: { virtualModels: [{ id: 'chain', targets: ['a/m-a', 'b/m-b'] }] } });
});
afterEach(() => room.close());

describe('a kill switch', () => {
  it.each([
    ['provider:a', 'provider "a"'],
    ['model:a/m-a', 'model "a/m-a"'],
    ['project:acme', 'project "acme"'],
  ])('on %s aborts and settles what is in flight there, and nothing else', async (scope, words) => {
    const gone = Promise.withResolvers<void>();
    room.stations.set('a', (seen, response) => {
      void seen.aborted.then(gone.resolve);
      endless(seen, response);
    });
    const finish = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    room.stations.set('b', (seen, response) => {
      arrived.resolve();
      void finish.promise.then(() => good('b')(seen, response));
    });
    const headers = { 'x-project': 'acme' };
    const stopped = await room.send('a/m-a', { stream: true, headers });
    const goesOn = room.ask('b/m-b', { headers: { 'x-project': 'other' } });
    await arrived.promise;

    await room.gate.control.killSwitches.kill({ scope });
    const text = await stopped.text();
    expect(text).toContain('begun');
    expect(text).toContain('"code":"kill_switch"');
    expect(text).toContain(JSON.stringify(words).slice(1, -1));
    expect(text).not.toContain('[DONE]');
    await gone.promise;
    const { request, transfers } = await room.gate.control.requests.get({
      id: stopped.headers.get('x-request-id') ?? '',
    });
    expect(request).toMatchObject({ state: 'failed', errorCode: 'kill_switch', certainty: 'estimated' });
    expect(transfers.map(({ kind }) => kind).sort()).toEqual(['charge', 'release', 'reserve']);

    finish.resolve();
    expect((await goesOn).text).toBe('hello from b');
    const next = await room.ask('chain', { headers });
    if (scope.startsWith('project:')) expect(next.error?.code).toBe('kill_switch');
    else expect(next.text).toBe('hello from b');
    expect(room.stations.callsOf('a')).toBe(1);

    room.stations.set('a', good('a'));
    await room.gate.control.killSwitches.lift({ scope });
    expect((await room.ask('chain', { headers })).text).toBe('hello from a');
  });
});

describe('between two tries', () => {
  /** Resolves when a has the call; it fails when told to. */
  function heldAtA(): { arrived: Promise<void>; fail: () => void } {
    const arrived = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    room.stations.set('a', (seen, response) => {
      arrived.resolve();
      void go.promise.then(() => failing({ status: 404, code: 'not_found' })(seen, response));
    });
    return { arrived: arrived.promise, fail: go.resolve };
  }

  it('a target that is stopped after the plan was made is not asked', async () => {
    const { arrived, fail } = heldAtA();
    const call = room.ask('chain');
    await arrived;
    await room.gate.control.killSwitches.kill({ scope: 'provider:b' });
    fail();
    expect((await call).error?.code).toBe('not_found');
    expect(room.stations.calls).toEqual(['a']);
  });

  it('nor is one whose credential was refused to another call', async () => {
    room.stations.set('b', failing({ status: 401, code: 'invalid_api_key' }));
    const { arrived, fail } = heldAtA();
    const call = room.ask('chain');
    await arrived;
    expect((await room.ask('b/m-b')).status).toBe(401);
    fail();
    expect((await call).error?.code).toBe('not_found');
    expect(room.stations.calls).toEqual(['a', 'b']);
  });

  it('a client that leaves is followed by no other try, and nothing is held', async () => {
    const asked = Promise.withResolvers<void>();
    room.stations.set('a', (seen, response) => {
      failing({ status: 429, code: 'rate_limit_error' }, { 'retry-after-ms': '900' })(seen, response);
      response.on('finish', asked.resolve);
    });
    const stop = new AbortController();
    const left = requestEvent(
      room.gate.control,
      (state) => state === 'aborted',
      () => {
        void room.send('chain', { signal: stop.signal }).catch((error: unknown) => error);
        void asked.promise.then(() => stop.abort());
      },
    );
    const id = await left;
    const { request, transfers } = await room.gate.control.requests.get({ id });
    expect(request).toMatchObject({ errorCode: 'client_closed', attempts: 1 });
    expect(transfers.map(({ kind }) => kind).sort()).toEqual(['release', 'reserve']);
    expect(room.stations.calls).toEqual(['a']);
  });
});
