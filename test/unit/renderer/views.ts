/** The smallest valid views, for tests of what the window makes of them. */
import type { Snapshot, TransferView } from '../../../proxy/contract/views.ts';
import type { ProviderView, RequestView } from '../../../renderer/src/contract-views.ts';

export function request(id: string, more: Partial<RequestView> = {}): RequestView {
  return {
    id,
    startedAtMs: 1000,
    state: 'settled',
    protocol: 'openai-chat',
    stream: false,
    attempts: 1,
    configVersion: 1,
    ...more,
  };
}

export function transfer(seq: number, more: Partial<TransferView> = {}): TransferView {
  return { seq, id: `t${seq}`, kind: 'reserve', atMs: 1000 + seq, amountNano: 5, hash: `h${seq}`, ...more };
}

export function provider(id: string, more: Partial<ProviderView> = {}): ProviderView {
  return {
    id,
    kind: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    enabled: true,
    credential: { source: 'keychain', state: 'present' },
    health: 'ok',
    requests: 0,
    failures: 0,
    models: 0,
    ...more,
  };
}

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    gateway: {
      version: '1.0.0',
      startedAtMs: 0,
      baseUrl: 'http://127.0.0.1:7420/v1',
      host: '127.0.0.1',
      port: 7420,
      managed: false,
      configVersion: 1,
      keychain: { backend: 'keychain', state: 'ready', detail: '' },
    },
    pause: { active: false },
    killed: [],
    approvals: [],
    desktopNotices: true,
    spend: { todayNano: 0, monthNano: 0, heldNano: 0, requestsToday: 0, budgets: [] },
    providers: [],
    recentRequests: [],
    ...more,
  };
}
