/** Connecting tools, composed: the person's machine as the environment tells it, and what is known of calls and models. */
import type { AccessKeys } from '../access-keys/types.ts';
import type { Connect } from '../connect/types.ts';
import type { CredentialView, RequestView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Credentials } from '../credentials/types.ts';
import type { RequestFeed } from '../pipeline/feed.ts';
import type { Provider } from '../providers/types.ts';
import { AUTO } from '../routing/names.ts';
import type { UsageStore } from '../usage/types.ts';

export interface GatewayConnectParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly accessKeys: AccessKeys;
  readonly feed: RequestFeed;
  readonly usage: Pick<UsageStore, 'get'>;
  readonly providers: () => ReadonlyMap<string, Provider>;
  readonly credentials: Pick<Credentials, 'describe'>;
  readonly baseUrl: () => string;
}

/** Costs are booked after the answer; a record that takes longer than this is shown without its cost. */
const ENDED_WITHIN_MS = 3_000;
const HAS_KEY: ReadonlySet<CredentialView['state']> = new Set(['present', 'not-needed']);
const ENDED: ReadonlySet<RequestView['state']> = new Set(['settled', 'failed', 'refused', 'aborted']);

/** The room comes with the first question: what reads and edits config files takes 3 MB, and most starts ask none. */
export function createGatewayConnect(parts: GatewayConnectParts): Connect {
  let made: Promise<Connect> | undefined;
  const connect = (): Promise<Connect> => {
    made ??= loadConnect(parts);
    return made;
  };
  return {
    list: async (...asked) => (await connect()).list(...asked),
    get: async (...asked) => (await connect()).get(...asked),
    plan: async (...asked) => (await connect()).plan(...asked),
    apply: async (...asked) => (await connect()).apply(...asked),
    undo: async (...asked) => (await connect()).undo(...asked),
    createKey: async (...asked) => (await connect()).createKey(...asked),
    check: async (...asked) => (await connect()).check(...asked),
  };
}

async function loadConnect({
  env,
  platform,
  feed,
  usage,
  providers,
  credentials,
  ...parts
}: GatewayConnectParts): Promise<Connect> {
  const { createConnect } = await import('../connect/connect.ts');
  return createConnect({
    ...parts,
    machine: { env, platform, home: env.HOME ?? env.USERPROFILE },
    defaultModel: () => defaultModel([...providers().values()], credentials),
    contextTokensOf: (model) => contextTokensOf(providers(), model),
    lastCallOf: (accessKeyId) => feed.recent().find((request) => request.accessKeyId === accessKeyId),
    requestEnded: (requestId, signal) => requestEnded(feed, usage, requestId, signal),
  });
}

/** Of `provider/model`; `auto` and other names that route stand for several. */
function contextTokensOf(providers: ReadonlyMap<string, Provider>, name: string): number | undefined {
  const slash = name.indexOf('/');
  return providers.get(name.slice(0, slash))?.model(name.slice(slash + 1))?.contextTokens;
}

/** `auto` where a provider has its key; before the first one is set up, the simulator answers. */
async function defaultModel(
  providers: readonly Provider[],
  credentials: Pick<Credentials, 'describe'>,
): Promise<string> {
  const enabled = providers.map(({ config }) => config).filter((config) => config.enabled);
  const simulator = enabled.find(({ kind }) => kind === 'simulator');
  if (simulator === undefined) return AUTO;
  const real = enabled.filter(({ kind }) => kind !== 'simulator');
  const found = await Promise.all(real.map((config) => credentials.describe(config)));
  return found.some(({ state }) => HAS_KEY.has(state)) ? AUTO : `${simulator.id}/echo`;
}

function requestEnded(
  feed: RequestFeed,
  usage: Pick<UsageStore, 'get'>,
  requestId: string,
  signal: AbortSignal,
): Promise<RequestView | undefined> {
  return new Promise((resolve) => {
    const done = (view: RequestView | undefined): void => {
      unsubscribe();
      clearTimeout(deadline);
      signal.removeEventListener('abort', stop);
      resolve(view);
    };
    const stop = (): void => done(undefined);
    const unsubscribe = feed.subscribe((view) => {
      if (view.id === requestId && ENDED.has(view.state)) done(view);
    });
    const deadline = setTimeout(stop, ENDED_WITHIN_MS);
    signal.addEventListener('abort', stop, { once: true });
    const ended = usage.get(requestId);
    // What was refused at the door (a wrong key) has no record to wait for.
    const running = feed.recent().some(({ id }) => id === requestId);
    if (ended !== undefined || !running || signal.aborted) done(ended);
  });
}
