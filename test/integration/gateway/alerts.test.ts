/** Alerts through a whole gateway: from a call that spends, or a provider that fails, to the webhook and the live feed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LiveEvent } from '../../../proxy/contract/views.ts';
import { startTestGateway, type TestConfig, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

const ENV = { HOOK_SECRET: 'whsec_1' };
const ASK = { model: 'up/m', messages: [{ role: 'user', content: 'my private prompt' }] };

async function receiver(status = 204): Promise<Upstream> {
  const upstream = await startUpstream((_seen, response) => void response.writeHead(status).end());
  onTestFinished(() => upstream.close());
  return upstream;
}

async function provider(): Promise<Upstream> {
  const upstream = await startUpstream();
  onTestFinished(() => upstream.close());
  return upstream;
}

async function gateway(config: TestConfig, env: Record<string, string> = {}): Promise<TestGateway> {
  const started = await startTestGateway(config, { env: { ...ENV, ...env } });
  onTestFinished(() => started.close());
  return started;
}

type WebhookEvents = NonNullable<NonNullable<TestConfig['alerts']>['webhooks']>[number]['events'];
const alertsTo = (url: string, events: WebhookEvents = ['budget', 'provider_down', 'provider_recovered']) => ({
  alerts: { webhooks: [{ url, secret: 'env:HOOK_SECRET', events }] },
});

/** Each call costs $0.00002: 10 input tokens at $1 and 5 output tokens at $2 a million. */
const CAP = { id: 'cap', scope: 'global', window: 'day' as const, limitUsd: 0.01, alertAt: [0.002, 0.004] };

async function alertsUntil(control: TestGateway['control'], count: number, act: () => void): Promise<LiveEvent[]> {
  const stop = new AbortController();
  const seen: LiveEvent[] = [];
  for await (const event of await control.live.watch(undefined, { signal: stop.signal })) {
    if (event.type === 'snapshot' && seen.length === 0) act();
    if (event.type === 'alert' && seen.push(event) === count) break;
  }
  stop.abort();
  return seen;
}

describe('a budget', () => {
  test('that reaches a threshold is told to the webhook, the live feed and the list, without a word of the call', async () => {
    const [up, hook] = await Promise.all([provider(), receiver()]);
    const { control, chat } = await gateway(
      upstreamConfig(up.baseUrl, { budgets: [CAP], ...alertsTo('env:HOOK_URL') }),
      { HOOK_URL: `${hook.baseUrl}/T0K3N` },
    );
    const [live] = await alertsUntil(control, 1, () => void chat(ASK).then((response) => response.text()));
    expect(live).toMatchObject({
      type: 'alert',
      desktop: true,
      alert: { event: 'budget', budget: 'cap', title: 'Budget "cap": 0.2 % used', facts: { spentNano: 20_000 } },
    });
    const { headers, body } = await hook.next();
    expect(headers['x-gatehouse-event']).toBe('budget');
    expect(body.toString()).not.toContain('private prompt');

    const second = await alertsUntil(control, 1, () => void chat(ASK).then((response) => response.text()));
    expect(second).toMatchObject([{ alert: { title: 'Budget "cap": 0.4 % used' } }]);
    await hook.next();
    const page = await control.alerts.list({ limit: 1 });
    expect(page.items).toMatchObject([{ facts: { percent: 0.4 } }]);
    const older = await control.alerts.list({ limit: 5, cursor: page.nextCursor ?? '' });
    expect(older.items).toMatchObject([{ facts: { percent: 0.2 } }]);
    const [first] = older.items;
    await expect
      .poll(() => control.alerts.deliveries({ alertId: first?.id ?? '' }))
      .toMatchObject([{ channel: 'webhook', target: new URL(hook.baseUrl).host, attempt: 1, ok: true, status: 204 }]);
  });
});

describe('a provider', () => {
  test('that keeps failing is told of once', async () => {
    const [up, hook] = await Promise.all([provider(), receiver()]);
    up.answer(json(500, { error: { message: 'down' } }));
    const { control, chat } = await gateway(upstreamConfig(up.baseUrl, alertsTo(`${hook.baseUrl}/x`)));
    const call = async () => {
      for (let count = 0; count < 5; count++) await (await chat(ASK)).text();
    };
    let calls: Promise<void> | undefined;
    const [live] = await alertsUntil(control, 1, () => {
      calls = call();
    });
    await calls;
    expect(live).toMatchObject({ alert: { event: 'provider_down', provider: 'up' } });
    expect((await hook.next()).headers['x-gatehouse-event']).toBe('provider_down');
  });
});

describe('a test event', () => {
  test('says how it went; a receiver that is not there is not found', async () => {
    const hook = await receiver(500);
    const { control } = await gateway(alertsTo(`${hook.baseUrl}/x`));
    const [target] = await control.alerts.targets();
    expect(target).toMatchObject({ channel: 'webhook', target: new URL(hook.baseUrl).host });
    expect(await control.alerts.test({ target: target?.id ?? '' })).toMatchObject({ ok: false, status: 500 });
    await expect(control.alerts.test({ target: 'webhook:nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(control.alerts.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('runs a program of the config', async () => {
    const { control } = await gateway({
      alerts: { exec: [{ command: [process.execPath, '-e', 'process.exit(4)'], events: ['loop'] }] },
    });
    const [target] = await control.alerts.targets();
    expect(target).toMatchObject({ channel: 'exec', target: 'node' });
    expect(await control.alerts.test({ target: target?.id ?? '' })).toMatchObject({ ok: false, status: 4 });
  });
});

test('desktop: false goes with every live alert', async () => {
  const hook = await receiver();
  const { webhooks } = alertsTo(`${hook.baseUrl}/x`).alerts;
  const { control } = await gateway({ alerts: { desktop: false, webhooks } });
  const [target] = await control.alerts.targets();
  const [live] = await alertsUntil(control, 1, () => void control.alerts.test({ target: target?.id ?? '' }));
  expect(live).toMatchObject({ type: 'alert', desktop: false });
});

describe('a config that does not hold', () => {
  const refused = (config: TestConfig, env: Record<string, string> = {}) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-alerts-config-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    return expect(startTestGateway(config, { dataDir, env })).rejects;
  };

  test('names the variable that is not set', async () => {
    await refused(alertsTo('env:HOOK_URL'), ENV).toThrow(/HOOK_URL is not set/);
    await refused(alertsTo('https://hooks.example/x')).toThrow(/HOOK_SECRET is not set/);
  });

  test.each([
    ['http://hooks.example/T0K3N', /alerts\.webhooks\[0\]\.url.*expected https/],
    ['https://me:pw@hooks.example/T0K3N', /found a user name or password/],
  ])('refuses %s, in the file and behind a variable, without repeating it', async (url, words) => {
    await refused(alertsTo(url), ENV).toThrow(words);
    const fromVariable = refused(alertsTo('env:HOOK_URL'), { ...ENV, HOOK_URL: url });
    await fromVariable.toThrow(words);
    await refused(alertsTo('env:HOOK_URL'), { ...ENV, HOOK_URL: url }).not.toThrow(/T0K3N/);
  });

  test('a variable that is no address', async () => {
    await refused(alertsTo('env:HOOK_URL'), { ...ENV, HOOK_URL: 'T0K3N' }).toThrow(/HOOK_URL.*is not an address/);
  });
});
