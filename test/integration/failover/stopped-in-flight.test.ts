import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endless, good, type Room, startRoom } from '../../support/failover/room.ts';

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
