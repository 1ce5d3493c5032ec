/** What a failure leaves behind: breakers that rest, credentials that are not tried again, and how both come back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../proxy/core/clock.ts';
import { failing, good, type Room, startRoom } from '../../support/failover/room.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const CHAIN = { virtualModels: [{ id: 'chain', targets: ['a/m-a', 'b/m-b'] }] };

async function breakerOf(room: Room, id: string) {
  const { breakers } = await room.gate.control.routing.breakers();
  return breakers.find((breaker) => breaker.id === id);
}

describe('a breaker', () => {
  it('opens, survives a restart, lets one probe through after its rest, and closes', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-rests-'));
    closers.push(() => rmSync(dataDir, { recursive: true }));
    let aheadMs = 0;
    const clock: Clock = { nowMs: () => systemClock.nowMs() + aheadMs, monotonicMs: systemClock.monotonicMs };
    const first = await startRoom({ config: CHAIN, options: { dataDir, clock } });
    closers.push(() => first.stations.close());
    const { key } = first.gate;
    first.stations.set('a', failing());
    for (let n = 0; n < 3; n += 1) expect((await first.ask('chain')).text).toBe('hello from b');
    // Five in a row, and not once more.
    expect(first.stations.callsOf('a')).toBe(5);
    expect(await breakerOf(first, 'a/m-a')).toMatchObject({
      state: 'open',
      cause: { kind: 'server_error', status: 500 },
    });
    await first.gate.close();

    const again = await startRoom({ config: CHAIN, options: { dataDir, clock }, stations: first.stations, key });
    closers.push(() => again.gate.close());
    expect(await breakerOf(again, 'a/m-a')).toMatchObject({ state: 'open' });
    expect((await again.ask('chain')).text).toBe('hello from b');
    const forced = await again.ask('a/m-a');
    expect([forced.status, forced.error?.code]).toEqual([503, 'no_target_available']);
    expect(Number(forced.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(again.stations.callsOf('a')).toBe(5);

    aheadMs += 6_000;
    expect((await again.ask('chain')).text).toBe('hello from b');
    expect(again.stations.callsOf('a'), 'one probe, which failed').toBe(6);
    aheadMs += 6_000;
    expect((await again.ask('chain')).text, 'twice the rest').toBe('hello from b');
    expect(again.stations.callsOf('a')).toBe(6);

    again.stations.set('a', good('a'));
    aheadMs += 6_000;
    expect((await again.ask('chain')).text).toBe('hello from a');
    expect(await breakerOf(again, 'a/m-a')).toMatchObject({ state: 'closed' });
  });

  it('is closed by hand', async () => {
    const room = await startRoom({ config: CHAIN });
    closers.push(() => room.close());
    room.stations.set('a', failing());
    for (let n = 0; n < 3; n += 1) await room.ask('chain');
    room.stations.set('a', good('a'));
    expect((await room.ask('chain')).text).toBe('hello from b');
    await room.gate.control.routing.reset({ id: 'a/m-a' });
    expect((await room.ask('chain')).text).toBe('hello from a');
  });
});

describe('a credential that its provider refuses', () => {
  it('is told in an alert, not tried again, and tried once it has changed', async () => {
    const room = await startRoom({ config: CHAIN, provider: { a: { credential: 'keychain:a' } } });
    closers.push(() => room.close());
    room.stations.set('a', (seen, response) => {
      const valid = seen.headers.authorization === 'Bearer sk-valid';
      (valid ? good('a') : failing({ status: 401, code: 'invalid_api_key' }))(seen, response);
    });
    const { control } = room.gate;
    await control.credentials.set({ providerId: 'a', secret: 'sk-expired' });
    expect((await room.ask('chain')).text).toBe('hello from b');
    expect(room.stations.callsOf('a')).toBe(1);
    const { refused } = await control.routing.breakers();
    expect(refused).toMatchObject([{ providerId: 'a', status: 401 }]);
    const { items } = await control.alerts.list({});
    expect(items.map(({ event, provider }) => [event, provider])).toContainEqual(['credential_refused', 'a']);

    expect((await room.ask('chain')).text).toBe('hello from b');
    expect((await room.ask('a/m-a')).status).toBe(503);
    expect(room.stations.callsOf('a')).toBe(1);

    await control.credentials.set({ providerId: 'a', secret: 'sk-valid' });
    expect((await room.ask('chain')).text).toBe('hello from a');
  });
});
