/** A RequestView as a row of `requests`, both ways. NULL is "nobody knows", and comes back as a missing field. */
import type { ChargedUsageView, RequestView, UsageView } from '../contract/views.ts';

type Nullable<Fields> = { [Name in keyof Fields]-?: Exclude<Fields[Name], undefined> | null };

type AlwaysThere = 'id' | 'startedAtMs' | 'state' | 'attempts' | 'configVersion';
/** Fields whose columns have another shape. */
type Reshaped = 'stream' | 'usage' | 'split' | 'warnings';

/** Named as in RequestView, so that a field which that gains and this file forgets fails the type check. */
export type RequestRow = Pick<RequestView, AlwaysThere> &
  Nullable<Omit<RequestView, AlwaysThere | Reshaped>> &
  Nullable<UsageView> & {
    stream: 0 | 1 | null;
    usageReported: 0 | 1;
    /** JSON. */
    usageExtras: string | null;
    splitName: string | null;
    splitArm: string | null;
    /** JSON. */
    warnings: string | null;
  };

/** Field of the row, and its column. */
export const REQUEST_COLUMN_NAMES = {
  id: 'id',
  startedAtMs: 'started_at_ms',
  state: 'state',
  protocol: 'protocol',
  stream: 'stream',
  accessKeyId: 'access_key_id',
  project: 'project',
  client: 'client',
  modelAsked: 'model_asked',
  provider: 'provider',
  modelServed: 'model_served',
  attempts: 'attempts',
  usageReported: 'usage_reported',
  inputTokens: 'input_tokens',
  cacheReadTokens: 'cache_read_tokens',
  cacheWriteTokens: 'cache_write_tokens',
  cacheWrite1hTokens: 'cache_write_1h_tokens',
  outputTokens: 'output_tokens',
  reasoningTokens: 'reasoning_tokens',
  costNano: 'cost_nano',
  certainty: 'certainty',
  finishReason: 'finish_reason',
  status: 'status',
  errorCode: 'error_code',
  firstTokenMs: 'first_token_ms',
  durationMs: 'duration_ms',
  overheadMs: 'overhead_ms',
  configVersion: 'config_version',
  process: 'process',
  mode: 'mode',
  rule: 'rule',
  splitName: 'split_name',
  splitArm: 'split_arm',
  providerProtocol: 'provider_protocol',
  usageExtras: 'usage_extras',
  feeNano: 'fee_nano',
  chargedNano: 'charged_nano',
  askedCostNano: 'asked_cost_nano',
  providerCostNano: 'provider_cost_nano',
  warnings: 'warnings',
  savedPrompt: 'saved_prompt',
} as const satisfies Record<keyof RequestRow, string>;

export const INSERT_REQUEST = `INSERT INTO requests (${Object.values(REQUEST_COLUMN_NAMES).join(', ')})
  VALUES (${Object.keys(REQUEST_COLUMN_NAMES)
    .map(() => '?')
    .join(', ')})`;

/** The values of INSERT_REQUEST: `rowOfRequest` names its fields in the order of the columns. By name costs twice as much. */
export function insertValues(row: RequestRow): RequestRow[keyof RequestRow][] {
  return Object.values(row);
}

export const REQUEST_COLUMNS = Object.entries(REQUEST_COLUMN_NAMES)
  .map(([field, column]) => `${column} AS ${field}`)
  .join(', ');

export function rowOfRequest(request: RequestView): RequestRow {
  const { usage } = request;
  return {
    id: request.id,
    startedAtMs: request.startedAtMs,
    state: request.state,
    protocol: request.protocol,
    stream: request.stream ? 1 : 0,
    accessKeyId: orNull(request.accessKeyId),
    project: orNull(request.project),
    client: orNull(request.client),
    modelAsked: orNull(request.modelAsked),
    provider: orNull(request.provider),
    modelServed: orNull(request.modelServed),
    attempts: request.attempts,
    usageReported: usage === undefined ? 0 : 1,
    inputTokens: orNull(usage?.inputTokens),
    cacheReadTokens: orNull(usage?.cacheReadTokens),
    cacheWriteTokens: orNull(usage?.cacheWriteTokens),
    cacheWrite1hTokens: orNull(usage?.cacheWrite1hTokens),
    outputTokens: orNull(usage?.outputTokens),
    reasoningTokens: orNull(usage?.reasoningTokens),
    costNano: orNull(request.costNano),
    certainty: orNull(request.certainty),
    finishReason: orNull(request.finishReason),
    status: orNull(request.status),
    errorCode: orNull(request.errorCode),
    firstTokenMs: orNull(request.firstTokenMs),
    durationMs: orNull(request.durationMs),
    overheadMs: orNull(request.overheadMs),
    configVersion: request.configVersion,
    process: orNull(request.process),
    mode: orNull(request.mode),
    rule: orNull(request.rule),
    splitName: orNull(request.split?.name),
    splitArm: orNull(request.split?.arm),
    providerProtocol: orNull(request.providerProtocol),
    usageExtras: usage === undefined ? null : extrasOf(usage),
    feeNano: orNull(request.feeNano),
    chargedNano: orNull(request.chargedNano),
    askedCostNano: orNull(request.askedCostNano),
    providerCostNano: orNull(request.providerCostNano),
    warnings: warningsOf(request),
    savedPrompt: orNull(request.savedPrompt),
  };
}

function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}

function warningsOf({ warnings }: RequestView): string | null {
  return warnings === undefined || warnings.length === 0 ? null : JSON.stringify(warnings);
}

const EXTRA_COUNTS = [
  'audioInputTokens',
  'audioInputSeconds',
  'imageInputTokens',
  'audioOutputTokens',
  'imageOutputTokens',
  'webSearches',
  'webFetches',
  'otherToolUses',
] as const satisfies readonly (keyof ChargedUsageView)[];

/** Most calls have none of them, and then no JSON is made. */
function extrasOf(usage: ChargedUsageView): string | null {
  let extras: Partial<Record<(typeof EXTRA_COUNTS)[number], number>> | undefined;
  for (const name of EXTRA_COUNTS) {
    const count = usage[name];
    if (count !== undefined) extras = { ...extras, [name]: count };
  }
  return extras === undefined ? null : JSON.stringify(extras);
}

/**
 * The table's types and checks already hold for the row, so it is not validated again: a page of 500 is read while
 * requests wait. Requests of a crashed gateway know neither protocol nor stream, which the view must have.
 */
export function requestOfRow(row: RequestRow): RequestView {
  const request: RequestView = {
    id: row.id,
    startedAtMs: row.startedAtMs,
    state: row.state,
    protocol: row.protocol ?? 'unknown',
    stream: row.stream === 1,
    attempts: row.attempts,
    configVersion: row.configVersion,
  };
  if (row.accessKeyId !== null) request.accessKeyId = row.accessKeyId;
  if (row.project !== null) request.project = row.project;
  if (row.client !== null) request.client = row.client;
  if (row.modelAsked !== null) request.modelAsked = row.modelAsked;
  if (row.provider !== null) request.provider = row.provider;
  if (row.modelServed !== null) request.modelServed = row.modelServed;
  if (row.certainty !== null) request.certainty = row.certainty;
  if (row.finishReason !== null) request.finishReason = row.finishReason;
  if (row.status !== null) request.status = row.status;
  if (row.errorCode !== null) request.errorCode = row.errorCode;
  if (row.firstTokenMs !== null) request.firstTokenMs = row.firstTokenMs;
  if (row.durationMs !== null) request.durationMs = row.durationMs;
  if (row.overheadMs !== null) request.overheadMs = row.overheadMs;
  if (row.usageReported === 1) request.usage = usageOfRow(row);
  addRoute(request, row);
  addMoney(request, row);
  if (row.warnings !== null) request.warnings = JSON.parse(row.warnings);
  return request;
}

function addRoute(request: RequestView, row: RequestRow): void {
  if (row.process !== null) request.process = row.process;
  if (row.savedPrompt !== null) request.savedPrompt = row.savedPrompt;
  if (row.mode !== null) request.mode = row.mode;
  if (row.rule !== null) request.rule = row.rule;
  if (row.splitName !== null && row.splitArm !== null) request.split = { name: row.splitName, arm: row.splitArm };
  if (row.providerProtocol !== null) request.providerProtocol = row.providerProtocol;
}

function addMoney(request: RequestView, row: RequestRow): void {
  if (row.costNano !== null) request.costNano = row.costNano;
  if (row.feeNano !== null) request.feeNano = row.feeNano;
  if (row.chargedNano !== null) request.chargedNano = row.chargedNano;
  if (row.askedCostNano !== null) request.askedCostNano = row.askedCostNano;
  if (row.providerCostNano !== null) request.providerCostNano = row.providerCostNano;
}

function usageOfRow(row: RequestRow): ChargedUsageView {
  const usage: ChargedUsageView = row.usageExtras === null ? {} : JSON.parse(row.usageExtras);
  if (row.inputTokens !== null) usage.inputTokens = row.inputTokens;
  if (row.cacheReadTokens !== null) usage.cacheReadTokens = row.cacheReadTokens;
  if (row.cacheWriteTokens !== null) usage.cacheWriteTokens = row.cacheWriteTokens;
  if (row.cacheWrite1hTokens !== null) usage.cacheWrite1hTokens = row.cacheWrite1hTokens;
  if (row.outputTokens !== null) usage.outputTokens = row.outputTokens;
  if (row.reasoningTokens !== null) usage.reasoningTokens = row.reasoningTokens;
  return usage;
}
