import { describe, expect, it } from 'vitest';
import { reduceLive } from '../../../electron/live/reduce.ts';
import type { LiveEvent, ProviderView, Snapshot } from '../../../proxy/contract/views.ts';

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

  it('keeps the same object for what the tray does not show', () => {
    const before = reduceLive(undefined, snapshot);
    const transfer = { seq: 1, id: 't', kind: 'charge', atMs: 0, amountNano: 1, hash: 'h' } as const;
    expect(reduceLive(before, { type: 'transfer', transfer })).toBe(before);
  });
});
