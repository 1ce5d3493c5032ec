/** From an alert to its receivers, over failures and restarts: real database, real receivers, time in the test's hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { loopDetected, providerDown } from '../../../proxy/alerts/messages.ts';
import type { AlertView } from '../../../proxy/contract/alerts.ts';
import { loopAlert, openBook, type TestBook, type TestBookOptions, webhookTo } from '../../support/alerts.ts';
import { type Answer, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { ManualTime } from '../../support/manual-time.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-alerts-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
});

function book(options: TestBookOptions = {}): TestBook {
  const opened = openBook(dataDir, options);
  onTestFinished(() => opened.close());
  return opened;
}

async function receiver(...answers: number[]): Promise<Upstream> {
  let index = 0;
  const answer: Answer = (_seen, response) => {
    response.writeHead(answers[Math.min(index++, answers.length - 1)] ?? 200).end();
  };
  const upstream = await startUpstream(answer);
  onTestFinished(() => upstream.close());
  return upstream;
}

function raised(alert: AlertView | undefined): AlertView {
  if (alert === undefined) throw new Error('the alert was held back');
  return alert;
}

describe('one receiver', () => {
  test('is told again after a failure, with the same body, until it takes it', async () => {
    const upstream = await receiver(500, 503, 200);
    const { book: alerts, time, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(alerts.raise(loopAlert()));
    await tried(1);
    expect(time.waits()).toEqual([10_000]);
    time.advance(10_000);
    await tried(2);
    expect(time.waits()).toEqual([40_000]);
    time.advance(40_000);
    await tried(3);
    expect(time.waits()).toEqual([]);

    const [first, second, third] = upstream.requests;
    expect(first?.body.equals(third?.body ?? Buffer.alloc(0))).toBe(true);
    expect([first, second, third].map((seen) => seen?.headers['x-gatehouse-id'])).toEqual(Array(3).fill(alert.id));
    expect([first, second, third].map((seen) => seen?.headers['x-gatehouse-attempt'])).toEqual(['1', '2', '3']);
    const startMs = alert.atMs;
    expect(alerts.deliveries(alert.id)).toMatchObject([
      { attempt: 1, ok: false, status: 500, error: 'answered 500', atMs: startMs, nextAttemptAtMs: startMs + 10_000 },
      { attempt: 2, ok: false, status: 503, nextAttemptAtMs: startMs + 50_000 },
      { attempt: 3, ok: true, status: 200, atMs: startMs + 50_000 },
    ]);
    expect(alerts.deliveries(alert.id)[2]).not.toHaveProperty('nextAttemptAtMs');
  });

  test('that never takes it is left after six tries over an hour', async () => {
    const upstream = await receiver(500);
    const { book: alerts, time, tried, outcomes } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(alerts.raise(loopAlert()));
    for (let attempt = 1; attempt <= 6; attempt++) {
      await tried(attempt);
      time.advance(time.waits()[0] ?? 0);
    }
    expect(time.waits()).toEqual([]);
    expect(outcomes).toHaveLength(6);
    expect(alerts.deliveries(alert.id).at(-1)).not.toHaveProperty('nextAttemptAtMs');
    expect(time.clock.nowMs() - alert.atMs).toBe(3_410_000);
  });

  test('that says 410 is not asked again', async () => {
    const upstream = await receiver(410);
    const { book: alerts, time, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    alerts.raise(loopAlert());
    await tried(1);
    expect(time.waits()).toEqual([]);
  });

  test('gets only the events it asked for', async () => {
    const upstream = await receiver(200);
    const { book: alerts, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl, { events: ['budget'] })]);
    const loop = raised(alerts.raise(loopAlert()));
    const budget = raised(alerts.raise({ ...loopAlert(), event: 'budget' }));
    await tried(1);
    expect(upstream.requests.map(({ headers }) => headers['x-gatehouse-id'])).toEqual([budget.id]);
    expect(alerts.deliveries(loop.id)).toEqual([]);
  });

  test('a clock that is set back does not hold a delivery up', async () => {
    const upstream = await receiver(500, 200);
    const { book: alerts, time, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    alerts.raise(loopAlert());
    await tried(1);
    time.setWallClockBack(86_400_000);
    time.advance(10_000);
    await tried(2);
    expect(upstream.requests).toHaveLength(2);
  });
});

describe('several receivers', () => {
  test('one that hangs does not keep the other from its news, and is told in order', async () => {
    const held: (() => void)[] = [];
    const slow = await startUpstream((_seen, response) => void held.push(() => response.writeHead(200).end()));
    onTestFinished(() => slow.close());
    const quick = await receiver(200);
    const { book: alerts, tried } = book();
    alerts.setHooks([webhookTo(slow.baseUrl), webhookTo(quick.baseUrl)]);
    const ids = ['a', 'b', 'c'].map((subject) => raised(alerts.raise(loopAlert(subject))).id);
    await tried(3);
    expect(quick.requests.map(({ headers }) => headers['x-gatehouse-id'])).toEqual(ids);
    for (let index = 0; index < 3; index++) {
      await slow.next();
      expect(slow.requests).toHaveLength(index + 1);
      held[index]?.();
      await tried(4 + index);
    }
    expect(slow.requests.map(({ headers }) => headers['x-gatehouse-id'])).toEqual(ids);
  });
});

describe('a restart', () => {
  test('goes on with the tries that are left, after the wait that is left', async () => {
    const upstream = await receiver(500, 500, 200);
    const time = new ManualTime();
    const before = openBook(dataDir, { time });
    before.book.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(before.book.raise(loopAlert()));
    await before.tried(1);
    time.advance(10_000);
    await before.tried(2);
    await before.close();
    time.advance(15_000);

    const { book: alerts, tried } = book({ time });
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(time.waits()).toEqual([25_000]);
    time.advance(25_000);
    await tried(1);
    expect(alerts.deliveries(alert.id).map(({ attempt, ok }) => [attempt, ok])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  test('sends again what was under way when it closed, and counts no try for it', async () => {
    const upstream = await startUpstream(() => undefined);
    onTestFinished(() => upstream.close());
    const before = openBook(dataDir);
    before.book.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(before.book.raise(loopAlert()));
    await upstream.next();
    await before.close();

    upstream.answer((_seen, response) => void response.writeHead(200).end());
    const { book: alerts, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    await tried(1);
    expect(alerts.deliveries(alert.id)).toMatchObject([{ attempt: 1, ok: true }]);
  });

  test('waits for the receivers of the config before it looks for them', async () => {
    const upstream = await receiver(200);
    const before = openBook(dataDir);
    before.book.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(before.book.raise(loopAlert()));
    await before.close();

    const { book: alerts, tried } = book();
    alerts.raise(loopAlert('another'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(alerts.deliveries(alert.id)).toEqual([]);
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    await tried(1);
    expect(alerts.deliveries(alert.id)).toMatchObject([{ ok: true }]);
  });

  test('ends what waits for a receiver that is no longer in the config, in words', async () => {
    const upstream = await receiver(500);
    const { book: alerts, time, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(alerts.raise(loopAlert()));
    await tried(1);
    alerts.setHooks([]);
    time.advance(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(alerts.deliveries(alert.id).at(-1)).toMatchObject({
      attempt: 2,
      ok: false,
      error: 'this receiver is no longer in the config',
    });
    expect(time.waits()).toEqual([]);
  });

  test('does not repeat what was said within its cool-down', () => {
    const time = new ManualTime();
    const { book: before, close } = openBook(dataDir, { time });
    raised(before.raise(loopDetected({ key: 'cli', reason: '12 in 120 s' })));
    void close();
    time.advance(60_000);
    const { book: alerts } = book({ time });
    expect(alerts.raise(loopDetected({ key: 'cli', reason: '12 in 120 s' }))).toBeUndefined();
    raised(alerts.raise(loopDetected({ key: 'other', reason: '12 in 120 s' })));
    time.advance(240_000);
    raised(alerts.raise(loopDetected({ key: 'cli', reason: '12 in 120 s' })));
  });
});

describe('the history', () => {
  test('is bounded, newest first, page by page; deliveries go with their alert', async () => {
    const upstream = await receiver(200);
    const { book: alerts, storage, tried } = book({ keptMax: 5 });
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    const ids: string[] = [];
    for (let count = 1; count <= 8; count++) {
      ids.push(raised(alerts.raise(providerDown(`p${count}`, undefined))).id);
      await tried(count);
    }
    const first = alerts.list({ limit: 3 });
    const second = alerts.list({ limit: 3, ...(first.nextCursor === undefined ? {} : { cursor: first.nextCursor }) });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.slice(3).reverse());
    expect(second.nextCursor).toBeUndefined();
    expect(storage.db.prepare('SELECT count(*) FROM alert_deliveries').pluck().get()).toBe(5);
    expect(storage.db.prepare('SELECT count(*) FROM alert_jobs').pluck().get()).toBe(0);
    expect(alerts.deliveries(ids[0] ?? '')).toEqual([]);
    expect(() => alerts.list({ limit: 3, cursor: 'nonsense' })).toThrow('not one of ours');
  });

  test('lets go of an alert that is being sent, and takes its deliveries along', async () => {
    const held: (() => void)[] = [];
    const upstream = await startUpstream((_seen, response) => void held.push(() => response.writeHead(200).end()));
    onTestFinished(() => upstream.close());
    const { book: alerts, failures, tried } = book({ keptMax: 2 });
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    const dropped = expect(alerts.test(webhookTo(upstream.baseUrl).id)).rejects.toThrow('dropped from the history');
    await upstream.next();
    const [first] = alerts.list({ limit: 1 }).items;
    const rest = ['b', 'c'].map((subject) => raised(alerts.raise(loopAlert(subject))));
    for (let index = 0; index < 3; index++) {
      if (index > 0) await upstream.next();
      held[index]?.();
      await tried(index + 1);
    }
    expect(alerts.deliveries(first?.id ?? '')).toEqual([]);
    await dropped;
    expect(rest.map(({ id }) => alerts.deliveries(id).length)).toEqual([1, 1]);
    expect(failures).toEqual([]);
  });

  test('holds every field as it was raised, and no address or secret of a receiver', async () => {
    const upstream = await receiver(500);
    const { book: alerts, storage, tried } = book();
    alerts.setHooks([webhookTo(upstream.baseUrl)]);
    const alert = raised(
      alerts.raise({ ...loopAlert(), provider: 'groq', budget: 'month', facts: { a: 1, b: 'two' } }),
    );
    await tried(1);
    expect(alerts.list({ limit: 1 }).items).toEqual([alert]);
    const dump = JSON.stringify(
      ['alerts', 'alert_jobs', 'alert_deliveries'].map((table) => storage.db.prepare(`SELECT * FROM ${table}`).all()),
    );
    expect(dump).toContain(new URL(upstream.baseUrl).host);
    expect(dump).not.toMatch(/T0K3N|hooks|secret/);
  });

  test('that cannot be written is reported, and the alert is still told', () => {
    const { book: alerts, storage, failures } = book();
    const heard: string[] = [];
    alerts.onAlert(({ title }) => heard.push(title));
    storage.db.exec(
      'DROP TABLE alert_thresholds; DROP TABLE alert_jobs; DROP TABLE alert_deliveries; DROP TABLE alerts',
    );
    raised(alerts.raise(loopAlert()));
    expect(heard).toEqual(['A loop was stopped']);
    expect(failures).toEqual(['an alert could not be kept (A loop was stopped)']);
  });
});

describe('a test event', () => {
  test('goes to that receiver alone, once, and tells how it went', async () => {
    const [one, other] = await Promise.all([receiver(500), receiver(200)]);
    const { book: alerts, time } = book();
    alerts.setHooks([webhookTo(one.baseUrl), webhookTo(other.baseUrl)]);
    const [target] = alerts.targets();
    expect(await alerts.test(target?.id ?? '')).toMatchObject({ ok: false, status: 500, attempt: 1 });
    expect(one.requests[0]?.headers['x-gatehouse-event']).toBe('test');
    expect(other.requests).toEqual([]);
    expect(time.waits()).toEqual([]);
    expect(await alerts.test('webhook:nobody')).toBeUndefined();
  });

  test('says so when the gateway closes before it is known', async () => {
    const upstream = await startUpstream(() => undefined);
    onTestFinished(() => upstream.close());
    const opened = openBook(dataDir);
    opened.book.setHooks([webhookTo(upstream.baseUrl)]);
    const outcome = opened.book.test(`webhook:${new URL(upstream.baseUrl).origin}`);
    const told = expect(outcome).rejects.toThrow('the gateway is closing');
    await upstream.next();
    await opened.close();
    await told;
  });
});

test('a sender that breaks counts as a failed try, and the log hears of it', async () => {
  const { book: alerts, failures, time } = book({ deliver: () => Promise.reject(new Error('a bug')) });
  alerts.setHooks([webhookTo('http://127.0.0.1:1')]);
  const alert = raised(alerts.raise(loopAlert()));
  await new Promise((resolve) => setImmediate(resolve));
  expect(failures).toEqual(['a delivery broke']);
  expect(alerts.deliveries(alert.id)).toMatchObject([{ ok: false, attempt: 1 }]);
  expect(time.waits()).toEqual([10_000]);
});

test('an outcome that cannot be written is reported and sent again after a while, not in a circle', async () => {
  const upstream = await receiver(200);
  const { book: alerts, storage, failures, time, tried } = book();
  alerts.setHooks([webhookTo(upstream.baseUrl)]);
  storage.db.exec(`CREATE TRIGGER full BEFORE INSERT ON alert_deliveries BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  const alert = raised(alerts.raise(loopAlert()));
  await tried(1);
  expect(failures).toEqual(['the outcome of a delivery cannot be written']);
  expect(time.waits()).toEqual([10_000]);
  storage.db.exec('DROP TRIGGER full');
  time.advance(10_000);
  await tried(2);
  expect(alerts.deliveries(alert.id)).toMatchObject([{ ok: true, attempt: 1 }]);
  expect(time.waits()).toEqual([]);
});
