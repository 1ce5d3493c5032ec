/** The composition root: every room built once, with plain constructor arguments, and taken down in order. */
import { randomBytes } from 'node:crypto';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { Logger } from 'pino';
import { createAccessKeys } from './access-keys/access-keys.ts';
import { budgetBlocked } from './alerts/messages.ts';
import { builtInCatalog } from './catalog/built-in.ts';
import { createControlRouter } from './control/router.ts';
import { createRunBooks } from './control/run-books.ts';
import type { Clock } from './core/clock.ts';
import { newId } from './core/ids.ts';
import type { UpstreamTimeouts } from './core/upstream.ts';
import { createCredentials } from './credentials/credentials.ts';
import { discoveredProviders } from './discovery/discovered-providers.ts';
import type { LocalServer } from './discovery/types.ts';
import { localServers } from './discovery/where-to-look.ts';
import { createGatewayAlerts } from './gateway/alerts.ts';
import { createBookkeeping } from './gateway/bookkeeping.ts';
import { managedKeys, timeZoneOf } from './gateway/config-facts.ts';
import { createConfigKeeper } from './gateway/config-keeper.ts';
import { createGatewayConnect } from './gateway/connect.ts';
import { writeControlFile } from './gateway/control-file.ts';
import { createGates } from './gateway/gates.ts';
import { type Chore, keepHouse } from './gateway/housekeeping.ts';
import { recoverAfterCrash } from './gateway/interrupted.ts';
import { baseUrlOf, listen } from './gateway/listen.ts';
import { createLocalDiscovery, discoverBy } from './gateway/local-discovery.ts';
import { processOf } from './gateway/process-of.ts';
import { createRoutingBooks } from './gateway/routing-books.ts';
import { secretOf } from './gateway/secret-of.ts';
import { simulatorVoice } from './gateway/simulator-voice.ts';
import { createSleep, excusing, renewOnWake, type Sleep } from './gateway/sleep.ts';
import { startConfig } from './gateway/start-config.ts';
import { drain, stopWhenKilled } from './gateway/stop-calls.ts';
import { createTurns } from './gateway/turns.ts';
import { createUsageBooks } from './gateway/usage-books.ts';
import { CONSOLE_PREFIX, registerConsoleRoutes } from './http/console-routes.ts';
import { CONTROL_PREFIX, registerControlRoutes } from './http/control-routes.ts';
import { openControlSocket } from './http/control-socket.ts';
import { registerDataRoutes } from './http/data-routes.ts';
import { createServer, SERVER_LIMITS, type ServerLimits } from './http/server.ts';
import { createSqliteLedger } from './ledger/sqlite-ledger.ts';
import { createRequestFeed } from './pipeline/feed.ts';
import { createLateBooks } from './pipeline/late-books.ts';
import { createPipeline } from './pipeline/pipeline.ts';
import { createSavedPrompts } from './prompts/saved-prompts.ts';
import { openAiChat } from './protocols/openai-chat/codec.ts';
import { createLiveModels } from './providers/live-models.ts';
import { createModelRefresher } from './providers/refresh-models.ts';
import { createProviders } from './providers/registry.ts';
import { createSimulator } from './providers/simulator/simulator.ts';
import { createTransport } from './providers/transport/transport.ts';
import { createConfigVersions } from './storage/config-versions.ts';
import { createCredentialIndex } from './storage/credential-index.ts';
import { describeOpening } from './storage/describe-opening.ts';
import { acquireInstanceLock } from './storage/instance-lock.ts';
import { openStorage } from './storage/open.ts';
import { createStateStore } from './storage/state-store.ts';
import { sweepUsage } from './usage/sweep-usage.ts';

export interface GatewayOptions {
  readonly dataDir: string;
  /** The file is authoritative then, and the window shows it as managed. */
  readonly configPath?: string;
  /** Wins over the config's port. 0 picks a free one. */
  readonly port?: number;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  /** The built window for the web console; undefined in the desktop app, which then serves no admin surface on the network. */
  readonly console?: { readonly rendererDir: string | undefined } | undefined;
  readonly timeouts?: UpstreamTimeouts;
  readonly serverLimits?: Partial<ServerLimits>;
  /** Where to look for model servers on this machine; the usual ports when left out. */
  readonly localServers?: readonly LocalServer[];
}

export interface Gateway {
  readonly baseUrl: string;
  readonly port: number;
  /** With the control token in its fragment; undefined in the desktop app. */
  readonly consoleUrl: string | undefined;
  /** The first access key, only when this start made it. */
  readonly firstAccessKey: string | undefined;
  /** Answers the control contract on this port until it closes. */
  serveControl(port: SupportedMessagePort): void;
  /** The computer's sleep, as the host notices it. */
  readonly sleep: Pick<Sleep, 'fellAsleep' | 'wokeUp'>;
  /**
   * Stops accepting, lets what runs end until the deadline, aborts and settles the rest, closes everything. Called again,
   * an earlier deadline counts.
   */
  close(deadlineMs: number): Promise<void>;
}

export const UPSTREAM_TIMEOUTS: UpstreamTimeouts = {
  connectMs: 10_000,
  firstByteMs: 300_000,
  idleMs: 300_000,
  totalMs: 3_600_000,
};
const UPSTREAM_CONNECTIONS_MAX = 256;
const REQUESTS_MAX = 512;
const RECENT_REQUESTS = 100;
const FLUSH_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 10_000;
const SWEEP_EVERY_MS = 60_000;
const RETENTION_EVERY_MS = 3_600_000;
const FIRST_KEY_ID = 'default';

/** Throws StorageError, InstanceLockedError, ConfigError or StartFailure; whatever was opened by then is closed again. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    return await compose(options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function compose(options: GatewayOptions, undo: (() => void | Promise<void>)[]): Promise<Gateway> {
  const { clock, dataDir, env, log } = options;
  const timeouts = options.timeouts ?? UPSTREAM_TIMEOUTS;
  const startedAtMs = clock.nowMs();
  const lock = acquireInstanceLock({ dataDir, clock });
  undo.push(() => lock.release());
  const storage = openStorage({ dataDir, clock });
  undo.push(() => storage.close());
  const { db } = storage;
  const versions = createConfigVersions({ db, clock });
  const start = await startConfig(versions, options.configPath);

  const ledger = createSqliteLedger({ db, clock, timeZone: timeZoneOf(start.config) });
  const { usage, usageReport, setTimeZone } = createUsageBooks(db, timeZoneOf(start.config));
  const recovered = await recoverAfterCrash(ledger, usage);
  if (recovered.settled.length + recovered.released.length > 0) {
    log.warn(
      { settled: recovered.settled.length, released: recovered.released.length },
      'resolved holds that an earlier run left open',
    );
  }
  for (const { level, message } of describeOpening(storage)) log[level]({ dataDir }, message);

  const state = createStateStore({ db, clock });
  const gates = createGates({ db, clock, state, usage });
  const savedPrompts = createSavedPrompts({ db, clock });
  const sleep = createSleep(clock);
  const turns = createTurns(clock);
  const routingBooks = createRoutingBooks({ clock, log, state });
  const books = { ...routingBooks, health: excusing(routingBooks.health, sleep) };
  const { killSwitch } = gates;
  undo.push(() => killSwitch.close());
  const { health } = books;
  const accessKeys = createAccessKeys({ db, clock });
  const credentials = await createCredentials({
    dataDir,
    index: createCredentialIndex({ db, clock }),
    env,
    clock,
    passphrase: env.GATEHOUSE_PASSPHRASE,
  });
  undo.push(() => credentials.close());
  const transport = createTransport({ env, connectMs: timeouts.connectMs, connectionsMax: UPSTREAM_CONNECTIONS_MAX });
  undo.push(() => transport.close());
  const alerts = createGatewayAlerts({
    db,
    clock,
    env,
    transport,
    version: options.version,
    onFailure: (error, what) => log.error({ err: error }, what),
  });
  undo.push(() => alerts.close());
  const catalog = builtInCatalog();
  const live = createLiveModels();
  let port: number | undefined;
  const discovery = discoverBy(transport, options.localServers ?? localServers(env), () => port);
  undo.push(() => discovery.close());

  const configKeeper = createConfigKeeper({
    versions,
    managedBy: options.configPath,
    initial: start.config,
    initialVersion: start.version,
    ownPort: () => port,
    providersOf: (config) =>
      createProviders([...config.providers, ...discoveredProviders(config, discovery.found())], {
        transport,
        clock,
        live,
        modelsOf: (provider) => catalog.mergeModels(provider.kind, provider.models),
        simulator: (provider) => createSimulator({ config: provider, clock, voiceOf: simulatorVoice }),
      }),
    follow: (config) => {
      const applyAlerts = alerts.prepare(config);
      accessKeys.setManaged(managedKeys(config, env));
      ledger.setTimeZone(timeZoneOf(config));
      setTimeZone(timeZoneOf(config));
      killSwitch.setConfigured(config.killSwitch.global);
      gates.killSwitches.setConfigured(config.killSwitch);
      applyAlerts();
    },
  });

  alerts.watchBudgets(ledger, configKeeper.current);
  alerts.watchHealth(health);
  alerts.watchCredentials(books.credentialBook);

  const modelRefresher = createModelRefresher({
    providers: () => configKeeper.active().providers,
    secretOf: secretOf(credentials),
    live,
    onRefreshed: (id) => health.touch(id),
    onFailure: (provider, error) => log.info({ provider, err: error }, 'a provider did not tell its models'),
  });
  undo.push(() => modelRefresher.close());
  const localDiscovery = createLocalDiscovery({ discovery, configKeeper, refresher: modelRefresher });

  const feed = createRequestFeed(RECENT_REQUESTS, usage.list({ limit: RECENT_REQUESTS }).items);
  const bookkeeping = createBookkeeping({
    db,
    clock,
    state,
    ledger,
    feed,
    alerts: alerts.book,
    config: configKeeper.current,
    onFailure: (error, what) => log.error({ err: error }, what),
  });
  undo.push(() => bookkeeping.close());
  const hop = newId('req', startedAtMs);
  const lateBooks = createLateBooks((error, waiting) =>
    log.error({ err: error, waiting }, 'the books still cannot be written'),
  );
  const pipeline = createPipeline({
    clock,
    log,
    ledger,
    ...gates,
    ...books,
    usage,
    feed,
    savedPrompts,
    timeouts,
    hop,
    active: configKeeper.active,
    timeZone: () => timeZoneOf(configKeeper.current()),
    secretOf: secretOf(credentials),
    lateBooks,
    random: Math.random,
    onOverBudget: (budget) => alerts.book.raise(budgetBlocked(budget)),
    onLoop: (run, reason) => {
      log.warn({ requestId: run.view.id, reason }, 'the loop guard stopped a call');
      alerts.loopStopped(run.inbound.identity, reason);
    },
  });
  stopWhenKilled(pipeline, gates);
  const onFailure = (error: unknown) => log.error({ err: error }, 'old connections could not be closed');
  renewOnWake(sleep, { clock, pipeline, transport, killSwitch, onFailure });

  const token = randomBytes(32).toString('base64url');
  const router = createControlRouter({
    clock,
    ledger,
    reconciler: bookkeeping.reconciler,
    storage,
    ...gates,
    ...books,
    usage,
    usageReport,
    feed,
    pipeline,
    credentials,
    accessKeys,
    alerts: alerts.book,
    configKeeper,
    modelRefresher,
    localDiscovery,
    runBooks: createRunBooks(db),
    connect: createGatewayConnect({
      dataDir,
      clock,
      env,
      platform: process.platform,
      accessKeys,
      credentials,
      feed,
      usage,
      providers: () => configKeeper.active().providers,
      baseUrl: () => baseUrlOf(start.config.server.host, port ?? 0),
    }),
    savedPrompts,
    state,
    env,
    dataDir,
    onWake: sleep.onWake,
    onTurn: turns.onTurn,
    active: configKeeper.active,
    timeZone: () => timeZoneOf(configKeeper.current()),
    gateway: (keychain) => ({
      version: options.version,
      startedAtMs,
      baseUrl: baseUrlOf(start.config.server.host, port ?? 0),
      host: start.config.server.host,
      port: port ?? 0,
      managed: options.configPath !== undefined,
      configVersion: configKeeper.active().version,
      keychain,
    }),
  });

  let draining = false;
  const server = createServer({
    clock,
    log,
    codec: openAiChat,
    limits: { ...SERVER_LIMITS, ...options.serverLimits },
    register: (app) => {
      registerDataRoutes(app, {
        clock,
        accessKeys,
        pipeline,
        startedAtMs,
        version: options.version,
        active: configKeeper.active,
        requestsMax: REQUESTS_MAX,
        draining: () => draining,
        processOf: processOf(configKeeper.current),
      });
      if (options.console === undefined) return;
      registerControlRoutes(app, router, token);
      registerConsoleRoutes(app, options.console.rendererDir);
    },
  });
  undo.push(() => server.close());
  const managed = options.configPath !== undefined;
  port = await listen(server, { ...start.config.server, port: options.port ?? start.config.server.port, managed });
  const baseUrl = baseUrlOf(start.config.server.host, port);
  lock.announce(baseUrl);
  const origin = new URL(baseUrl).origin;
  const socket = options.console === undefined ? await openControlSocket(dataDir, router, token) : undefined;
  if (socket !== undefined) undo.push(() => socket.close());
  if (options.console !== undefined || socket !== undefined) {
    undo.push(writeControlFile(dataDir, { baseUrl, token, ...controlAddress(origin, socket?.path) }));
  }

  // Beside the start, not before it: nobody waits for a server that may not be there.
  void localDiscovery.probe();
  const chores: Chore[] = [
    { everyMs: FLUSH_EVERY_MS, failure: 'the last uses of keys could not be written', run: () => accessKeys.flush() },
    { everyMs: SWEEP_EVERY_MS, failure: 'old idempotency keys stay', run: () => gates.idempotency.sweep() },
    { everyMs: LOOK_EVERY_MS, failure: 'the new hour could not be told', run: () => turns.look() },
    // A hold past its deadline has lost its owner, however that came about.
    { everyMs: SWEEP_EVERY_MS, failure: 'overdue holds stay open', run: () => ledger.recover('overdue') },
    {
      everyMs: RETENTION_EVERY_MS,
      atStart: true,
      failure: 'the records of old requests stay',
      run: (signal) => {
        const { retentionDays } = configKeeper.current().usage;
        return sweepUsage({ db, nowMs: clock.nowMs(), retentionDays, signal });
      },
    },
  ];
  undo.push(keepHouse(chores, log));
  const firstAccessKey = accessKeys.list().length === 0 ? accessKeys.create({ id: FIRST_KEY_ID }).secret : undefined;

  const controlHandler = new RPCHandler(router);
  let closing: Promise<void> | undefined;
  return {
    baseUrl,
    port,
    firstAccessKey,
    sleep,
    consoleUrl: options.console === undefined ? undefined : `${origin}${CONSOLE_PREFIX}/#token=${token}`,
    serveControl(controlPort) {
      controlHandler.upgrade(controlPort, { context: {} });
    },
    close(deadlineMs) {
      draining = true;
      const drained = drain(pipeline, deadlineMs);
      closing ??= drained.then(async () => {
        await lateBooks.close();
        accessKeys.flush();
        for (const step of undo.reverse()) await step();
      });
      return closing;
    },
  };
}

/** Over a socket the name in the address means nothing; it only has to be one of this machine. */
function controlAddress(origin: string, socketPath: string | undefined) {
  if (socketPath === undefined) return { controlUrl: origin + CONTROL_PREFIX };
  return { controlUrl: `http://localhost${CONTROL_PREFIX}`, socketPath };
}
