/** What the window, the tray and the CLI see. Money in whole nano-dollars, instants in milliseconds since 1970 (UTC). */
import { z } from 'zod';
import { alertView } from './alerts.ts';
import { type BudgetView, budgetView } from './budget-view.ts';
import { budgetWindow, keyRights, mode, providerConfig, providerKind, tier } from './config.ts';
import { approvalView, killedScopeView } from './limits.ts';
import { nanoUsd } from './money.ts';

const instantMs = z.int();

export const certainty = z.enum(['exact', 'estimated', 'unknown']);

/** Tokens by bucket; a bucket nobody reported is left out. */
export const usageView = z.object({
  inputTokens: z.int().optional(),
  cacheReadTokens: z.int().optional(),
  cacheWriteTokens: z.int().optional(),
  cacheWrite1hTokens: z.int().optional(),
  outputTokens: z.int().optional(),
  reasoningTokens: z.int().optional(),
});
export type UsageView = z.infer<typeof usageView>;

export const requestState = z.enum(['running', 'streaming', 'settled', 'failed', 'refused', 'aborted']);

/** The buckets, and what may cost beside them: see `ExtraCounts` in core/usage.ts. Tokens here are part of the buckets. */
export const chargedUsageView = usageView.extend({
  audioInputTokens: z.int().optional(),
  audioInputSeconds: z.int().optional(),
  imageInputTokens: z.int().optional(),
  audioOutputTokens: z.int().optional(),
  imageOutputTokens: z.int().optional(),
  webSearches: z.int().optional(),
  webFetches: z.int().optional(),
  otherToolUses: z.int().optional(),
});
export type ChargedUsageView = z.infer<typeof chargedUsageView>;

/** One request as the live feed, the tables and the record have it. Metadata only. */
export const requestView = z.object({
  id: z.string(),
  startedAtMs: instantMs,
  state: requestState,
  protocol: z.string(),
  stream: z.boolean(),
  accessKeyId: z.string().optional(),
  project: z.string().optional(),
  client: z.string().optional(),
  /** The program of this machine that sent it, where the system tells. */
  process: z.string().optional(),
  modelAsked: z.string().optional(),
  /** The saved prompt that it used, as `id@version`; never its text. */
  savedPrompt: z.string().optional(),
  /** What the target was chosen by: the mode, the rule that matched, the arm of a split. */
  mode: mode.optional(),
  rule: z.string().optional(),
  split: z.object({ name: z.string(), arm: z.string() }).optional(),
  provider: z.string().optional(),
  modelServed: z.string().optional(),
  /** What the provider was spoken to in; not `protocol`: the call was translated. */
  providerProtocol: z.string().optional(),
  attempts: z.int(),
  usage: chargedUsageView.optional(),
  /** The provider's cost of all attempts; left out when nobody knows it. */
  costNano: nanoUsd.optional(),
  /** The fee on top of it. */
  feeNano: nanoUsd.optional(),
  /** What the ledger charged: cost and fee, or the whole hold of an attempt whose cost is unknown. */
  chargedNano: nanoUsd.optional(),
  /** What the same tokens would have cost at the model that was asked for. */
  askedCostNano: nanoUsd.optional(),
  /** What the provider itself says that it charged. */
  providerCostNano: nanoUsd.optional(),
  certainty: certainty.optional(),
  finishReason: z.string().optional(),
  status: z.int().optional(),
  errorCode: z.string().optional(),
  /** Codes of what was not carried over or could not be priced, with the field in brackets where one is named. */
  warnings: z.array(z.string().max(200)).max(50).optional(),
  firstTokenMs: z.number().optional(),
  durationMs: z.number().optional(),
  overheadMs: z.number().optional(),
  configVersion: z.int(),
});
export type RequestView = z.infer<typeof requestView>;

/** Live and on record, a request has the same fields. */
export const liveRequestView = requestView;
export type LiveRequestView = RequestView;

export const transferKind = z.enum(['grant', 'reserve', 'charge', 'release', 'correction']);
export type TransferKind = z.infer<typeof transferKind>;

/** One immutable ledger entry. `seq` is its place in the hash chain. */
export const transferView = z.object({
  seq: z.int(),
  id: z.string(),
  kind: transferKind,
  atMs: instantMs,
  attemptId: z.string().optional(),
  requestId: z.string().optional(),
  amountNano: nanoUsd,
  costNano: nanoUsd.optional(),
  feeNano: nanoUsd.optional(),
  certainty: certainty.optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  accessKeyId: z.string().optional(),
  project: z.string().optional(),
  reason: z.string().optional(),
  hash: z.string(),
});
export type TransferView = z.infer<typeof transferView>;

export const balanceView = z.object({
  chargedNano: nanoUsd,
  heldNano: nanoUsd,
  grantedNano: nanoUsd,
  correctedNano: nanoUsd,
  openHolds: z.int(),
  entries: z.int(),
});
export type BalanceView = z.infer<typeof balanceView>;

export const auditProblem = z.object({
  /** Stable name, e.g. `hash_chain_broken`, `window_drift`, `hold_resolved_twice`. */
  kind: z.string(),
  message: z.string(),
  seq: z.int().optional(),
  attemptId: z.string().optional(),
});
export const auditReport = z.object({
  ok: z.boolean(),
  checkedEntries: z.int(),
  balance: balanceView,
  headHash: z.string(),
  problems: z.array(auditProblem),
  durationMs: z.number(),
});
export type AuditReport = z.infer<typeof auditReport>;

export { type BudgetView, budgetView };

export const spendView = z.object({
  todayNano: nanoUsd,
  monthNano: nanoUsd,
  heldNano: nanoUsd,
  requestsToday: z.int(),
  budgets: z.array(budgetView),
});
export type SpendView = z.infer<typeof spendView>;

/** Where a credential is, never what it is. `hint` is the masked form shown when it was entered, e.g. `sk-…x4Qf`. */
export const credentialView = z.object({
  source: z.enum(['keychain', 'encrypted-file', 'environment', 'file', 'none']),
  state: z.enum(['present', 'missing', 'locked', 'unavailable', 'not-needed']),
  detail: z.string().optional(),
  hint: z.string().optional(),
});
export type CredentialView = z.infer<typeof credentialView>;

export const providerHealth = z.enum(['unknown', 'ok', 'degraded', 'failing', 'off']);

export const providerView = z.object({
  id: z.string(),
  kind: providerKind,
  baseUrl: z.string(),
  enabled: z.boolean(),
  credential: credentialView,
  health: providerHealth,
  lastError: z.object({ code: z.string(), message: z.string(), atMs: instantMs }).optional(),
  requests: z.int(),
  failures: z.int(),
  latencyP50Ms: z.number().optional(),
  models: z.int(),
  /** Found on this machine, not in the config: there is nothing to edit or remove. */
  discovered: z.boolean().optional(),
});
export type ProviderView = z.infer<typeof providerView>;

export const modelView = z.object({
  id: z.string(),
  provider: z.string(),
  inputUsdPerMTok: z.number().optional(),
  outputUsdPerMTok: z.number().optional(),
  cacheReadUsdPerMTok: z.number().optional(),
  cacheWriteUsdPerMTok: z.number().optional(),
  /** Who says so ("config", or the names of the catalog's sources), and as of which day (YYYY-MM-DD). */
  priceSource: z.string().optional(),
  priceAsOf: z.string().optional(),
  contextTokens: z.int().optional(),
  maxOutputTokens: z.int().optional(),
  family: z.string().optional(),
  tier: tier.optional(),
  purpose: z.enum(['chat', 'completion', 'embedding']).optional(),
  /** Unknown, here and below, is left out, which is not the same as no. */
  inputModalities: z.array(z.string()).optional(),
  outputModalities: z.array(z.string()).optional(),
  tools: z.boolean().optional(),
  reasoning: z.boolean().optional(),
  structuredOutput: z.boolean().optional(),
  /** One line for people; the simulator's drills say here what they do. */
  description: z.string().optional(),
});
export type ModelView = z.infer<typeof modelView>;

export const accessKeyView = z.object({
  id: z.string(),
  /** The first characters of the key, to recognise it by; not enough to use it. */
  prefix: z.string(),
  project: z.string().optional(),
  createdAtMs: instantMs,
  lastUsedAtMs: instantMs.optional(),
  revokedAtMs: instantMs.optional(),
  /** Keys of a managed config are changed in the file. */
  managed: z.boolean(),
  /** Undefined: it may do everything. */
  policy: keyRights.optional(),
  expiresAtMs: instantMs.optional(),
  /** It lives as long as one command, and is revoked then. */
  ephemeral: z.literal(true).optional(),
});
export type AccessKeyView = z.infer<typeof accessKeyView>;

export const keychainView = z.object({
  backend: z.enum(['keychain', 'encrypted-file']),
  state: z.enum(['ready', 'locked', 'unavailable']),
  /** For people: which store holds the keys, and why not the keychain if it is not. */
  detail: z.string(),
});
export type KeychainView = z.infer<typeof keychainView>;

export const configVersionView = z.object({
  number: z.int(),
  appliedAtMs: instantMs,
  source: z.enum(['default', 'file', 'window', 'cli']),
  note: z.string().optional(),
});

export type ConfigVersionView = z.infer<typeof configVersionView>;

export const settingsView = z.object({
  host: z.string(),
  port: z.int(),
  timeZone: z.string(),
  /** The one global budget of this release. */
  budget: z.object({ id: z.string(), window: budgetWindow, limitUsd: z.number() }).optional(),
  managed: z.boolean(),
  configPath: z.string().optional(),
  dataDir: z.string(),
  /** `local`: Ollama and LM Studio on this machine are looked for. */
  discovery: z.object({ local: z.boolean() }),
});
export type SettingsView = z.infer<typeof settingsView>;

export const gatewayView = z.object({
  version: z.string(),
  startedAtMs: instantMs,
  baseUrl: z.string(),
  host: z.string(),
  port: z.int(),
  managed: z.boolean(),
  configVersion: z.int(),
  keychain: keychainView,
});
export type GatewayView = z.infer<typeof gatewayView>;

/** `config`: the killSwitch of a managed config, which only the file can lift. */
export const pauseView = z.object({
  active: z.boolean(),
  by: z.enum(['person', 'config']).optional(),
  sinceMs: instantMs.optional(),
  /** A person's pause for a while: calls pass again from this instant on. */
  untilMs: instantMs.optional(),
});
export type PauseView = z.infer<typeof pauseView>;

export const snapshot = z.object({
  gateway: gatewayView,
  pause: pauseView,
  spend: spendView,
  providers: z.array(providerView),
  /** Scopes that are stopped by a kill switch of their own. */
  killed: z.array(killedScopeView),
  /** Calls that wait for a person's word. */
  approvals: z.array(approvalView),
  /** The person wants alerts, and calls that wait, as desktop notifications too. */
  desktopNotices: z.boolean(),
  recentRequests: z.array(liveRequestView),
});
export type Snapshot = z.infer<typeof snapshot>;

/** The live subscription: one snapshot first, then only what changed. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), snapshot }),
  z.object({ type: z.literal('request'), request: liveRequestView }),
  z.object({ type: z.literal('transfer'), transfer: transferView }),
  z.object({ type: z.literal('spend'), spend: spendView }),
  z.object({ type: z.literal('provider'), provider: providerView }),
  z.object({ type: z.literal('providers'), providers: z.array(providerView) }),
  z.object({ type: z.literal('pause'), pause: pauseView }),
  z.object({ type: z.literal('gateway'), gateway: gatewayView }),
  z.object({ type: z.literal('killed'), killed: z.array(killedScopeView) }),
  z.object({ type: z.literal('approvals'), approvals: z.array(approvalView) }),
  /** `desktop`: the person wants it as a desktop notification too. */
  z.object({ type: z.literal('alert'), alert: alertView, desktop: z.boolean() }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

export const providerInput = providerConfig;
