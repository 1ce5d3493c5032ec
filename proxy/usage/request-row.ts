/** A RequestView as a row of `requests`, both ways. NULL is "nobody knows", and comes back as a missing field. */
import { type RequestView, requestView, type UsageView } from '../contract/views.ts';

/** Column, and the field of RequestView it holds. The order is that of the insert. */
const FACTS = {
  id: 'id',
  started_at_ms: 'startedAtMs',
  state: 'state',
  protocol: 'protocol',
  access_key_id: 'accessKeyId',
  project: 'project',
  client: 'client',
  model_asked: 'modelAsked',
  provider: 'provider',
  model_served: 'modelServed',
  attempts: 'attempts',
  cost_nano: 'costNano',
  certainty: 'certainty',
  finish_reason: 'finishReason',
  status: 'status',
  error_code: 'errorCode',
  first_token_ms: 'firstTokenMs',
  duration_ms: 'durationMs',
  overhead_ms: 'overheadMs',
  config_version: 'configVersion',
} as const satisfies Record<string, Exclude<keyof RequestView, 'usage' | 'stream'>>;

const TOKENS = {
  input_tokens: 'inputTokens',
  cache_read_tokens: 'cacheReadTokens',
  cache_write_tokens: 'cacheWriteTokens',
  output_tokens: 'outputTokens',
  reasoning_tokens: 'reasoningTokens',
} as const satisfies Record<string, keyof UsageView>;

// A field that RequestView gains and this file forgets fails the type check here.
type Stored = (typeof FACTS)[keyof typeof FACTS] | 'usage' | 'stream';
type StoredTokens = (typeof TOKENS)[keyof typeof TOKENS];
true satisfies Exclude<keyof RequestView, Stored> extends never ? true : never;
true satisfies Exclude<keyof UsageView, StoredTokens> extends never ? true : never;

export type RequestRow = Record<string, string | number | null>;

export const REQUEST_COLUMNS = [...Object.keys(FACTS), ...Object.keys(TOKENS), 'stream', 'usage_reported'];

export function rowOfRequest(request: RequestView): RequestRow {
  const row: RequestRow = { stream: request.stream ? 1 : 0, usage_reported: request.usage === undefined ? 0 : 1 };
  for (const [column, field] of Object.entries(FACTS)) row[column] = request[field] ?? null;
  for (const [column, field] of Object.entries(TOKENS)) row[column] = request.usage?.[field] ?? null;
  return row;
}

/** Rows of crashed requests know neither protocol nor stream, which the view must have. Throws ZodError for a row that no release of ours wrote. */
export function requestOfRow(row: RequestRow): RequestView {
  const request: Record<string, unknown> = { protocol: 'unknown', stream: row.stream === 1 };
  for (const [column, field] of Object.entries(FACTS)) {
    if (row[column] !== null) request[field] = row[column];
  }
  if (row.usage_reported === 1) {
    const usage: Record<string, unknown> = {};
    for (const [column, field] of Object.entries(TOKENS)) {
      if (row[column] !== null) usage[field] = row[column];
    }
    request.usage = usage;
  }
  return requestView.parse(request);
}
