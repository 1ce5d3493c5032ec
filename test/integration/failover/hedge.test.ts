/** A second target beside a slow first one: one answer, two holds, both resolved, one record. */
import { afterEach, describe, expect, it } from 'vitest';
import { endless, failing, good, type Room, type StationAnswer, startRoom } from '../../support/failover/room.ts';
import { TEST_PRICES } from '../../support/gateway/start.ts';

let room: Room;
afterEach(() => room.close());

/** Enough to know how fast the first target usually is. */
const SAMPLES = 25;
const SAME = [{ id: 'same', ...TEST_PRICES }];
const ASK = { stream: true, headers: { 'x-gatehouse-mode': 'latency' } } as const;

/** `a` is the one that is asked first: it has been measured, and it is preferred. */
async function warmRoom(hedge: boolean): Promise<void> {
  room = await startRoom({
    ids: ['a', 'b'],
    models: { a: SAME, b: SAME },
    provider: { a: { prefer: true } },
    config: { routing: { hedge, sticky: false } },
  });
  for (let call = 0; call < SAMPLES; call += 1) await room.ask('a/same', { stream: true });
}

/** Answers when it is told to. */
function onWord(answer: StationAnswer): { station: StationAnswer; speak: () => void; asked: Promise<void> } {
  let speak = () => undefined as undefined;
  let asked = () => undefined as undefined;
  const word = new Promise<void>((resolve) => {
    speak = () => void resolve() as undefined;
  });
  const wasAsked = new Promise<void>((resolve) => {
    asked = () => void resolve() as undefined;
  });
  return {
    station: (seen, response) => {
      asked();
      void word.then(() => answer(seen, response));
    },
    speak: () => speak(),
    asked: wasAsked,
  };
}

async function lastRequest() {
  const { items } = await room.gate.control.requests.list({ limit: 1 });
  const [newest] = items;
  if (newest === undefined) throw new Error('there is no record');
  return room.gate.control.requests.get({ id: newest.id });
}

async function expectBooks(requests: number): Promise<void> {
  const { openHolds } = await room.gate.control.ledger.balance();
  expect(openHolds).toBe(0);
  expect(await room.gate.control.ledger.audit()).toMatchObject({ ok: true });
  const { items } = await room.gate.control.requests.list({ limit: 500 });
  expect(items).toHaveLength(requests);
}

describe('hedging, in latency mode', () => {
  it('the second target serves while the first is silent; the first is stopped, and both are paid', async () => {
    await warmRoom(true);
    const silent = onWord(good('a'));
    room.stations.set('a', silent.station);
    const read = await room.ask('same', ASK);
    expect([read.status, read.text]).toEqual([200, 'hello from b']);
    const { request, transfers, route } = await lastRequest();
    expect(request).toMatchObject({ state: 'settled', provider: 'b', attempts: 2, mode: 'latency' });
    const charges = transfers.filter(({ kind }) => kind === 'charge');
    expect(charges.map(({ provider, certainty }) => [provider, certainty]).sort()).toEqual([
      ['a', 'estimated'],
      ['b', 'exact'],
    ]);
    expect(request.chargedNano).toBe(charges.reduce((sum, { amountNano }) => sum + amountNano, 0));
    expect(route?.attempts.map(({ provider, outcome }) => [provider, outcome]).sort()).toEqual([
      ['a', 'superseded'],
      ['b', 'served'],
    ]);
    await expectBooks(SAMPLES + 1);
  });

  it('the first target may still win, and then the second is stopped', async () => {
    await warmRoom(true);
    const slow = onWord(good('a'));
    const second = onWord(good('b'));
    room.stations.set('a', slow.station);
    room.stations.set('b', second.station);
    const answer = room.ask('same', ASK);
    await second.asked;
    slow.speak();
    expect((await answer).text).toBe('hello from a');
    const { request, transfers } = await lastRequest();
    expect(request).toMatchObject({ state: 'settled', provider: 'a', modelServed: 'same', attempts: 2 });
    expect(transfers.filter(({ kind }) => kind === 'reserve')).toHaveLength(2);
    await expectBooks(SAMPLES + 1);
  });

  it('both fail: one error, one record', async () => {
    await warmRoom(true);
    const slow = onWord(failing());
    const second = onWord(failing({ status: 503 }));
    room.stations.set('a', slow.station);
    room.stations.set('b', second.station);
    const answer = room.ask('same', ASK);
    await second.asked;
    slow.speak();
    second.speak();
    expect((await answer).status).toBeGreaterThanOrEqual(500);
    const { request, transfers } = await lastRequest();
    expect(request.state).toBe('failed');
    expect(transfers.filter(({ kind }) => kind === 'release')).toHaveLength(2);
    await expectBooks(SAMPLES + 1);
  });

  it('the first fails while the second runs: the second serves', async () => {
    await warmRoom(true);
    const slow = onWord(failing());
    const second = onWord(good('b'));
    room.stations.set('a', slow.station);
    room.stations.set('b', second.station);
    const answer = room.ask('same', ASK);
    await second.asked;
    slow.speak();
    second.speak();
    expect((await answer).text).toBe('hello from b');
    await expectBooks(SAMPLES + 1);
  });

  it('a kill switch in the middle stops both', async () => {
    await warmRoom(true);
    const slow = onWord(good('a'));
    const second = onWord(endless);
    room.stations.set('a', slow.station);
    room.stations.set('b', second.station);
    const answer = room.ask('same', ASK);
    await second.asked;
    await room.gate.control.gateway.pause();
    expect((await answer).status).toBe(503);
    await expectBooks(SAMPLES + 1);
  });

  it('is off unless the config says so', async () => {
    await warmRoom(false);
    const slow = onWord(good('a'));
    room.stations.set('a', slow.station);
    const answer = room.ask('same', ASK);
    await slow.asked;
    slow.speak();
    expect((await answer).text).toBe('hello from a');
    expect(room.stations.callsOf('b')).toBe(0);
    await expectBooks(SAMPLES + 1);
  });
});
