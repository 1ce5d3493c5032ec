/** Everything one open window holds: the client, the query cache and the live store, wired together once. */
import { ORPCError } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { type Desktop, findDesktop } from '../desktop/desktop.ts';
import { backOffMs } from '../live/back-off.ts';
import { createHostState, type HostStateStore } from '../live/host-state.ts';
import { LiveStore } from '../live/live-store.ts';
import { gatherStale, type StaleAnswer } from '../live/stale-answers.ts';
import { watchLive } from '../live/watch-live.ts';
import type { ControlClient, Transport } from '../transport/control-client.ts';

const FLUSH_MS = 60;
const REFETCH_SETTLE_MS = 300;

export interface Session {
  readonly client: ControlClient;
  readonly api: ReturnType<typeof createApi>;
  readonly queries: QueryClient;
  readonly live: LiveStore;
  /** How the desktop app says its gateway process is. */
  readonly host: HostStateStore;
  /** The desktop app around this page; undefined in the web console. */
  readonly desktop: Desktop | undefined;
  /** Ends the subscription. */
  stop(): void;
}

export function startSession(transport: Transport): Session {
  const { client } = transport;
  const api = createApi(client);
  const queries = new QueryClient({
    defaultOptions: {
      // The live feed says what went stale; a failed fetch is shown with a button rather than repeated silently.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  const live = new LiveStore((flush) => setTimeout(flush, FLUSH_MS));
  const host = createHostState(window);
  const desktop = findDesktop(window);
  const stopping = new AbortController();
  const refetch = gatherStale((stale) => refetchStale(stale, api, queries), REFETCH_SETTLE_MS);

  void watchLive({
    open: (signal) => client.live.watch(undefined, { signal }),
    onEvent: (event) => {
      live.push(event);
      refetch(event);
    },
    onConnection: (connection) => live.setConnection(connection),
    isDenied: (error) => error instanceof ORPCError && error.status === 401,
    wait: (failures, signal) => waitToReconnect(backOffMs(failures, Math.random()), transport, signal),
    signal: stopping.signal,
  });

  return { client, api, queries, live, host, desktop, stop: () => stopping.abort() };
}

function createApi(client: ControlClient) {
  return createTanstackQueryUtils(client);
}

function refetchStale(stale: ReadonlySet<StaleAnswer>, api: Session['api'], queries: QueryClient): void {
  const keys: Record<StaleAnswer, readonly unknown[]> = {
    ledger: api.ledger.entries.key(),
    balance: api.ledger.balance.key(),
    accessKeys: api.accessKeys.list.key(),
    settings: api.settings.key(),
    config: api.config.key(),
    models: api.models.list.key(),
    credentials: api.credentials.key(),
    request: api.requests.get.key(),
    alerts: api.alerts.key(),
    health: api.routing.breakers.key(),
    splits: api.usage.splits.key(),
    setup: api.setup.key(),
    connect: api.connect.key(),
  };
  for (const name of stale) void queries.invalidateQueries({ queryKey: keys[name] });
}

function waitToReconnect(ms: number, transport: Transport, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const forget = transport.onReplaced(done);
    signal.addEventListener('abort', done);
  });
}
