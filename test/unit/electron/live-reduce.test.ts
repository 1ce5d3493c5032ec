import { describe, expect, it } from 'vitest';
import { reduceLive } from '../../../electron/live/reduce.ts';
import type { LiveEvent, ProviderView, RequestView, Snapshot } from '../../../proxy/contract/views.ts';

const spend = { todayNano: 1, monthNano: 2, heldNano: 0, requestsToday: 1, budgets: [] };

function provider(id: string, health: ProviderView['health']): ProviderView {
  const credential = { source: 'none', state: 'not-needed' } as const;
  return {
    id,
    kind: 'openai',
    baseUrl: 'http://x',
    enabled: true,
    credential,
    health,
    requests: 0,
    failures: 0,
    models: 0,
  };
}

const gateway: Snapshot['gateway'] = {
  version: '0',
  startedAtMs: 0,
  baseUrl: 'http://127.0.0.1:1/v1',
  host: '127.0.0.1',
  port: 1,
  managed: false,
  configVersion: 1,
  keychain: { backend: 'keychain', state: 'ready', detail: '' },
};

const snapshot: LiveEvent = {
  type: 'snapshot',
  snapshot: {
    gateway,
    pause: { active: false },
    killed: [],
    approvals: [],
    desktopNotices: true,
    spend,
    providers: [provider('a', 'failing'), provider('b', 'ok')],
    recentRequests: [],
  },
};

describe('reduceLive', () => {
  it('starts from a snapshot and ignores changes before it', () => {
    expect(reduceLive(undefined, { type: 'spend', spend })).toBeUndefined();
    expect(reduceLive(undefined, snapshot)).toEqual({
      baseUrl: 'http://127.0.0.1:1/v1',
      pause: { active: false },
      spend,
      failing: ['a'],
      calls: { running: [], recent: [] },
      desktopNotices: true,
    });
  });

  it.each<[string, LiveEvent, object]>([
    ['spend', { type: 'spend', spend: { ...spend, todayNano: 9 } }, { spend: { ...spend, todayNano: 9 } }],
    ['pause', { type: 'pause', pause: { active: true, by: 'person' } }, { pause: { active: true, by: 'person' } }],
    [
      'gateway',
      { type: 'gateway', gateway: { ...gateway, baseUrl: 'http://127.0.0.1:2/v1' } },
      { baseUrl: 'http://127.0.0.1:2/v1' },
    ],
    ['a provider that fails', { type: 'provider', provider: provider('b', 'failing') }, { failing: ['a', 'b'] }],
    ['a provider that is well again', { type: 'provider', provider: provider('a', 'ok') }, { failing: [] }],
    ['all providers', { type: 'providers', providers: [provider('c', 'failing')] }, { failing: ['c'] }],
  ])('takes over %s', (_name, event, change) => {
    const before = reduceLive(undefined, snapshot);
    expect(reduceLive(before, event)).toEqual({ ...before, ...change });
  });

  it('counts the calls under way and keeps the last five, newest first', () => {
    const request = (id: string, state: RequestView['state'], more: Partial<RequestView> = {}): LiveEvent => ({
      type: 'request',
      request: {
        id,
        startedAtMs: Number(id),
        state,
        protocol: 'openai-chat',
        stream: true,
        attempts: 1,
        configVersion: 1,
        ...more,
      },
    });
    let view = reduceLive(undefined, snapshot);
    for (const id of ['1', '2', '3', '4', '5', '6']) view = reduceLive(view, request(id, 'running'));
    expect(view?.calls.running).toHaveLength(6);
    expect(view?.calls.recent.map(({ id }) => id)).toEqual(['6', '5', '4', '3', '2']);
    view = reduceLive(view, request('6', 'streaming', { modelAsked: 'auto' }));
    expect(view?.calls.recent[0]).toEqual({ id: '6', startedAtMs: 6, state: 'streaming', model: 'auto' });
    expect(reduceLive(view, request('6', 'streaming', { modelAsked: 'auto', attempts: 2 }))).toBe(view);
    view = reduceLive(view, request('6', 'settled', { provider: 'up', modelServed: 'm', chargedNano: 7 }));
    expect(view?.calls.running).not.toContain('6');
    expect(view?.calls.recent[0]).toMatchObject({ state: 'settled', model: 'up/m', chargedNano: 7 });
    // One of long ago ends: it is not among the last, but it runs no more.
    expect(reduceLive(view, request('1', 'failed'))?.calls.running).toEqual(['2', '3', '4', '5']);
  });

  it('keeps the same object for what the tray does not show', () => {
    const before = reduceLive(undefined, snapshot);
    const transfer = { seq: 1, id: 't', kind: 'charge', atMs: 0, amountNano: 1, hash: 'h' } as const;
    expect(reduceLive(before, { type: 'transfer', transfer })).toBe(before);
  });
});
