/**
 * The one catalogue of what Gatehouse itself can refuse or fail with. Codes are stable. The status is what makes the
 * SDKs do the right thing: they retry 408, 409, 429 and 5xx and give up on the rest. A message never carries prompt
 * text, a header value or a secret. Errors of a provider are not in here: they keep the provider's words.
 */
export const ERRORS = {
  // guard
  host_not_allowed: { status: 403, type: 'permission_error', retryable: false },
  origin_not_allowed: { status: 403, type: 'permission_error', retryable: false },
  route_not_found: { status: 404, type: 'not_found_error', retryable: false },
  method_not_allowed: { status: 405, type: 'invalid_request_error', retryable: false },
  headers_too_large: { status: 431, type: 'invalid_request_error', retryable: false },
  request_timeout: { status: 408, type: 'timeout_error', retryable: true },
  too_many_connections: { status: 503, type: 'overloaded_error', retryable: true },
  // authenticate
  missing_access_key: { status: 401, type: 'authentication_error', retryable: false },
  invalid_access_key: { status: 401, type: 'authentication_error', retryable: false },
  revoked_access_key: { status: 401, type: 'authentication_error', retryable: false },
  key_expired: { status: 401, type: 'authentication_error', retryable: false },
  // decode
  body_too_large: { status: 413, type: 'invalid_request_error', retryable: false },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', retryable: false },
  unsupported_encoding: { status: 415, type: 'invalid_request_error', retryable: false },
  invalid_utf8: { status: 400, type: 'invalid_request_error', retryable: false },
  invalid_json: { status: 400, type: 'invalid_request_error', retryable: false },
  too_deep: { status: 400, type: 'invalid_request_error', retryable: false },
  invalid_request: { status: 400, type: 'invalid_request_error', retryable: false },
  prompt_not_found: { status: 400, type: 'invalid_request_error', retryable: false },
  prompt_version_not_found: { status: 400, type: 'invalid_request_error', retryable: false },
  prompt_variable_missing: { status: 400, type: 'invalid_request_error', retryable: false },
  prompt_variable_unknown: { status: 400, type: 'invalid_request_error', retryable: false },
  model_not_found: { status: 404, type: 'invalid_request_error', retryable: false },
  // limits
  kill_switch: { status: 503, type: 'overloaded_error', retryable: false },
  budget_exceeded: { status: 402, type: 'budget_error', retryable: false },
  project_not_allowed: { status: 403, type: 'permission_error', retryable: false },
  model_not_allowed: { status: 403, type: 'permission_error', retryable: false },
  rate_limited: { status: 429, type: 'rate_limit_error', retryable: true },
  /** One call alone asks for more tokens than a minute allows: waiting does not help. */
  exceeds_rate_limit: { status: 429, type: 'rate_limit_error', retryable: false },
  loop_detected: { status: 429, type: 'rate_limit_error', retryable: false },
  request_in_progress: { status: 409, type: 'conflict_error', retryable: true },
  idempotency_replayed: { status: 409, type: 'conflict_error', retryable: false },
  idempotency_mismatch: { status: 422, type: 'invalid_request_error', retryable: false },
  price_unknown: { status: 400, type: 'invalid_request_error', retryable: false },
  // route
  refused_by_rule: { status: 403, type: 'permission_error', retryable: false },
  no_target_available: { status: 503, type: 'overloaded_error', retryable: true },
  credential_missing: { status: 503, type: 'configuration_error', retryable: false },
  credential_unavailable: { status: 503, type: 'configuration_error', retryable: true },
  self_upstream: { status: 400, type: 'invalid_request_error', retryable: false },
  // dispatch and relay
  upstream_connect_failed: { status: 502, type: 'upstream_error', retryable: true },
  upstream_tls_failed: { status: 502, type: 'upstream_error', retryable: false },
  upstream_connect_timeout: { status: 504, type: 'upstream_error', retryable: true },
  upstream_first_byte_timeout: { status: 504, type: 'upstream_error', retryable: true },
  upstream_idle_timeout: { status: 504, type: 'upstream_error', retryable: true },
  upstream_total_timeout: { status: 504, type: 'upstream_error', retryable: true },
  upstream_cut: { status: 502, type: 'upstream_error', retryable: true },
  upstream_malformed: { status: 502, type: 'upstream_error', retryable: true },
  upstream_too_large: { status: 502, type: 'upstream_error', retryable: false },
  /** Never told to a client: it got the answer of the target that was faster. */
  superseded: { status: 499, type: 'client_error', retryable: false },
  client_closed: { status: 499, type: 'client_error', retryable: false },
  // own trouble
  /** A person ended what ran; unlike kill_switch, the next call is served. */
  stopped_by_person: { status: 503, type: 'overloaded_error', retryable: false },
  /** The call was under way when the computer fell asleep; its connections are gone. */
  computer_slept: { status: 503, type: 'upstream_error', retryable: true },
  shutting_down: { status: 503, type: 'overloaded_error', retryable: true },
  ledger_unavailable: { status: 503, type: 'internal_error', retryable: true },
  internal_error: { status: 500, type: 'internal_error', retryable: false },
} as const satisfies Record<string, { status: number; type: string; retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetails {
  /** The request field at fault, e.g. `max_tokens`. */
  readonly param?: string;
  readonly retryAfterMs?: number;
  /** Machine-readable extras for the envelope: budget id, nano amounts, instants. Never prompt text or secrets. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** Sent with the refusal, such as `x-ratelimit-*`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class GatehouseError extends Error {
  override readonly name = 'GatehouseError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get type(): string {
    return ERRORS[this.code].type;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}
