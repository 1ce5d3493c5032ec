/** A RequestView as a row of `requests`, both ways. NULL is "nobody knows", and comes back as a missing field. */
import type { RequestView, UsageView } from '../contract/views.ts';

type Nullable<Fields> = { [Name in keyof Fields]-?: Exclude<Fields[Name], undefined> | null };

/** Named as in RequestView, so that a field which that gains and this file forgets fails the type check. */
export type RequestRow = Pick<RequestView, 'id' | 'startedAtMs' | 'state' | 'attempts' | 'configVersion'> &
  Nullable<Omit<RequestView, 'id' | 'startedAtMs' | 'state' | 'attempts' | 'configVersion' | 'usage' | 'stream'>> &
  Nullable<UsageView> & { stream: 0 | 1 | null; usageReported: 0 | 1 };

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
    accessKeyId: request.accessKeyId ?? null,
    project: request.project ?? null,
    client: request.client ?? null,
    modelAsked: request.modelAsked ?? null,
    provider: request.provider ?? null,
    modelServed: request.modelServed ?? null,
    attempts: request.attempts,
    usageReported: usage === undefined ? 0 : 1,
    inputTokens: usage?.inputTokens ?? null,
    cacheReadTokens: usage?.cacheReadTokens ?? null,
    cacheWriteTokens: usage?.cacheWriteTokens ?? null,
    cacheWrite1hTokens: usage?.cacheWrite1hTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    costNano: request.costNano ?? null,
    certainty: request.certainty ?? null,
    finishReason: request.finishReason ?? null,
    status: request.status ?? null,
    errorCode: request.errorCode ?? null,
    firstTokenMs: request.firstTokenMs ?? null,
    durationMs: request.durationMs ?? null,
    overheadMs: request.overheadMs ?? null,
    configVersion: request.configVersion,
  };
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
  if (row.costNano !== null) request.costNano = row.costNano;
  if (row.certainty !== null) request.certainty = row.certainty;
  if (row.finishReason !== null) request.finishReason = row.finishReason;
  if (row.status !== null) request.status = row.status;
  if (row.errorCode !== null) request.errorCode = row.errorCode;
  if (row.firstTokenMs !== null) request.firstTokenMs = row.firstTokenMs;
  if (row.durationMs !== null) request.durationMs = row.durationMs;
  if (row.overheadMs !== null) request.overheadMs = row.overheadMs;
  if (row.usageReported === 1) request.usage = usageOfRow(row);
  return request;
}

function usageOfRow(row: RequestRow): UsageView {
  const usage: UsageView = {};
  if (row.inputTokens !== null) usage.inputTokens = row.inputTokens;
  if (row.cacheReadTokens !== null) usage.cacheReadTokens = row.cacheReadTokens;
  if (row.cacheWriteTokens !== null) usage.cacheWriteTokens = row.cacheWriteTokens;
  if (row.cacheWrite1hTokens !== null) usage.cacheWrite1hTokens = row.cacheWrite1hTokens;
  if (row.outputTokens !== null) usage.outputTokens = row.outputTokens;
  if (row.reasoningTokens !== null) usage.reasoningTokens = row.reasoningTokens;
  return usage;
}
