/**
 * The control contract: everything the window, the tray and the CLI can ask of a running gateway. Written once; HTTP
 * (web console) and MessagePort (desktop app) are two transports of it. Errors carry a stable code and a sentence that
 * says what to do.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { alertProcedures } from './alerts.ts';
import { budgetWindow, config, keyRights, providerConfig } from './config.ts';
import { connectDesk } from './connect.ts';
import { approvalDesk, killSwitchDesk } from './gates-desk.ts';
import { gatewayDesk } from './gateway-desk.ts';
import { accessKeyId, projectId, providerId } from './ids.ts';
import { ledgerDesk } from './ledger-desk.ts';
import { maintenanceDesk } from './maintenance.ts';
import { playgroundDesk } from './playground.ts';
import { promptsDesk } from './prompts.ts';
import { requestFilter } from './request-filter.ts';
import { routeView } from './routes.ts';
import { routingDesk } from './routing-desk.ts';
import { runsDesk } from './runs.ts';
import { setupDesk } from './setup.ts';
import { systemDesk } from './system-view.ts';
import { usageContract } from './usage.ts';
import {
  accessKeyView,
  auditReport,
  balanceView,
  configVersionView,
  keychainView,
  liveEvent,
  liveRequestView,
  modelView,
  providerView,
  settingsView,
  snapshot,
  spendView,
  transferView,
} from './views.ts';

const base = oc.errors({
  /** The gateway runs on a config file, which alone may change this. */
  MANAGED: { status: 409 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  BAD_REQUEST: { status: 400 },
  /** The keychain or the encrypted file could not do it; `message` says why and what to do. */
  CREDENTIAL_STORE: { status: 503, data: z.object({ reason: z.string() }) },
  UNAVAILABLE: { status: 503 },
});

/** A command that runs longer than this wants a key of its own. */
export const EPHEMERAL_TTL_MS_MAX = 7 * 24 * 3_600_000;

const page = z.object({ limit: z.int().min(1).max(500).default(100), cursor: z.string().optional() });

/** A model server that was found on this machine. */
export const discoveredView = z.object({
  kind: z.enum(['ollama', 'lmstudio']),
  baseUrl: z.string(),
  /** The provider it is served as; undefined: the config has its own entry for it under another id, or a taken one. */
  providerId: z.string().optional(),
  models: z.int(),
});

export const controlContract = {
  live: {
    snapshot: base.output(snapshot),
    /** A snapshot, then changes until the caller stops. A slow reader is sent a fresh snapshot instead of a backlog. */
    watch: base.output(eventIterator(liveEvent)),
  },
  gateway: gatewayDesk,
  requests: {
    /** Newest first. */
    list: base
      .input(page.extend(requestFilter.shape))
      .output(z.object({ items: z.array(liveRequestView), nextCursor: z.string().optional() })),
    get: base.input(z.object({ id: z.string() })).output(
      z.object({
        request: liveRequestView,
        transfers: z.array(transferView),
        /** Why it went where it went; not kept where the request itself says as much. */
        route: routeView.optional(),
      }),
    ),
  },
  ledger: {
    entries: base
      .input(page.extend({ requestId: z.string().optional() }))
      .output(z.object({ items: z.array(transferView), nextCursor: z.string().optional() })),
    balance: base.output(balanceView),
    audit: base.output(auditReport),
    ...ledgerDesk,
  },
  maintenance: maintenanceDesk,
  system: systemDesk,
  spend: { get: base.output(spendView) },
  usage: usageContract,
  providers: {
    list: base.output(z.array(providerView)),
    kinds: base.output(
      z.array(
        z.object({
          kind: z.string(),
          label: z.string(),
          baseUrl: z.string().optional(),
          needsCredential: z.boolean(),
          needsBaseUrl: z.boolean(),
          /** Bedrock: the address follows from the region. */
          needsRegion: z.boolean(),
          /** The page where a person makes a key. */
          keysUrl: z.string().optional(),
        }),
      ),
    ),
    /** Adds or replaces by id. */
    save: base.input(providerConfig).output(providerView),
    remove: base.input(z.object({ id: providerId })).output(z.object({ removed: z.literal(true) })),
    /** Asks the provider which models it lists now. UNAVAILABLE says why it would not tell. Nothing is billed. */
    refreshModels: base.input(z.object({ id: providerId })).output(z.object({ listed: z.int(), added: z.int() })),
    /** One real, tiny, priced call through the ordinary pipeline. */
    test: base
      .input(z.object({ id: providerId }))
      .output(z.object({ ok: z.boolean(), latencyMs: z.number(), message: z.string(), code: z.string().optional() })),
  },
  credentials: {
    store: base.output(keychainView),
    set: base.input(z.object({ providerId, secret: z.string().min(1).max(16_384) })).output(providerView),
    remove: base.input(z.object({ providerId })).output(providerView),
    /** Opens the encrypted file with its passphrase, for this run of the gateway only. */
    unlock: base.input(z.object({ passphrase: z.string().min(1) })).output(keychainView),
  },
  discovery: {
    /** Looks for Ollama and LM Studio on this machine now. `enabled: false`: the config says not to look. */
    probe: base.output(z.object({ enabled: z.boolean(), found: z.array(discoveredView) })),
  },
  alerts: alertProcedures,
  routing: routingDesk,
  killSwitches: killSwitchDesk,
  approvals: approvalDesk,
  runs: runsDesk,
  connect: connectDesk,
  setup: setupDesk,
  prompts: promptsDesk,
  models: { list: base.output(z.array(modelView)) },
  accessKeys: {
    list: base.output(z.array(accessKeyView)),
    /** `secret` is shown this once and never again. */
    create: base
      .input(
        z.object({
          id: accessKeyId,
          project: projectId.optional(),
          policy: keyRights.optional(),
          /** For one command: the key is revoked by itself after this time at the latest. */
          ephemeral: z.object({ ttlMs: z.int().min(1_000).max(EPHEMERAL_TTL_MS_MAX) }).optional(),
        }),
      )
      .output(z.object({ key: accessKeyView, secret: z.string() })),
    /** Replaces project and policy as a whole; what is left out is not limited. */
    update: base
      .input(z.object({ id: accessKeyId, project: projectId.optional(), policy: keyRights.optional() }))
      .output(accessKeyView),
    revoke: base.input(z.object({ id: accessKeyId })).output(accessKeyView),
  },
  settings: {
    get: base.output(settingsView),
    /** `budget: null` lifts the cap. A new port takes effect when the gateway restarts; the answer says so. */
    update: base
      .input(
        z.object({
          port: z.int().min(0).max(65_535).optional(),
          timeZone: z.string().optional(),
          budget: z
            .object({ window: budgetWindow, limitUsd: z.number().min(0) })
            .nullable()
            .optional(),
          discovery: z.object({ local: z.boolean() }).optional(),
        }),
      )
      .output(z.object({ settings: settingsView, restartNeeded: z.boolean() })),
  },
  config: {
    versions: base.output(z.array(configVersionView)),
    export: base.output(z.object({ yaml: z.string() })),
    check: base
      .input(z.object({ yaml: z.string() }))
      .output(z.object({ ok: z.boolean(), problems: z.array(z.object({ path: z.string(), message: z.string() })) })),
    import: base.input(z.object({ yaml: z.string() })).output(z.object({ version: z.int() })),
    /** The whole config as the window edited it. CONFLICT: another version was applied since `baseVersion`. */
    replace: base
      .input(z.object({ config, baseVersion: z.int(), note: z.string().min(1).max(200) }))
      .output(z.object({ version: z.int() })),
    /** A version as it was applied. */
    version: base.input(z.object({ number: z.int() })).output(z.object({ yaml: z.string(), config })),
    /** Applies an earlier version again, as a new one. */
    rollBack: base.input(z.object({ number: z.int() })).output(z.object({ version: z.int() })),
    current: base.output(config),
  },
  playground: playgroundDesk,
};
export type ControlContract = typeof controlContract;
