/** What only the body of an error tells and no protocol's error keeps: whose error a router passes on, and Google's details. */
import { asObject, asText, parseJson } from '../core/json-value.ts';

export interface BodyHints {
  /** The words of the provider behind a router. */
  readonly behind?: string;
  /** Google's RetryInfo. */
  readonly retryAfterMs?: number;
  /** The limit that was hit is one per day. */
  readonly longQuota?: boolean;
}

/** Errors are short; a larger body is not worth its parsing. */
const BODY_BYTES_MAX = 64 * 1024;

/** Never throws: a body that cannot be read has nothing to add. */
export function bodyHints(body: Buffer | undefined): BodyHints {
  if (body === undefined || body.length === 0 || body.length > BODY_BYTES_MAX) return {};
  const error = asObject(asObject(unwrap(parseJson(body)))?.error);
  if (error === undefined) return {};
  const behind = asText(asObject(error.metadata)?.raw);
  const details = Array.isArray(error.details) ? error.details.map(asObject) : [];
  const delay = details.map((detail) => delayMs(detail?.retryDelay)).find((found) => found !== undefined);
  const longQuota = details.some((detail) => quotaIds(detail?.violations).some((id) => id.includes('PerDay')));
  return {
    ...(behind === undefined ? {} : { behind }),
    ...(delay === undefined ? {} : { retryAfterMs: delay }),
    ...(longQuota ? { longQuota } : {}),
  };
}

/** Gemini wraps the errors of a stream without SSE in a list of one. */
function unwrap(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function delayMs(delay: unknown): number | undefined {
  const found = /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(asText(delay) ?? '');
  return found === null ? undefined : Math.ceil(Number(found[1]) * 1_000);
}

function quotaIds(violations: unknown): readonly string[] {
  return Array.isArray(violations) ? violations.flatMap((each) => asText(asObject(each)?.quotaId) ?? []) : [];
}
