/** What a failed attempt means, and what it calls for: the same target again, the next one, a larger one, or the end. Pure. */
import type { AnswerError } from '../core/answer.ts';
import type { ErrorCode, GatehouseError } from '../core/errors.ts';
import type { UpstreamHeaders } from '../core/upstream.ts';
import { bodyHints } from './failure-body.ts';
import {
  saysBadKey,
  saysBehindRouter,
  saysBilling,
  saysLongQuota,
  saysModelSlipped,
  saysNoModel,
  saysOverflow,
  saysOverloaded,
  saysOverRateAlone,
  saysQuotaSomehow,
  saysRate,
  saysRefused,
  saysServerError,
  saysServiceQuota,
  type Words,
  wordsOf,
} from './failure-words.ts';
import { retryAfterMs } from './retry-after.ts';

export const FAILURE_KINDS = [
  'connect',
  'tls',
  'timeout',
  'credential',
  'quota',
  'rate_limited',
  'overloaded',
  'server_error',
  'model_missing',
  'context_overflow',
  'bad_request',
  'content_refused',
  'conflict',
  'malformed',
  'cut',
  'too_large',
  /** Gatehouse itself said no, or the client left: it says nothing of a provider. */
  'gateway',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Whom the failure speaks of: nobody else's health is touched. */
export type FailureScope = 'credential' | 'endpoint' | 'provider' | 'request';
export type FailureDecision = 'retry' | 'next' | 'larger-context' | 'stop';

export interface Failure {
  readonly kind: FailureKind;
  readonly scope: FailureScope;
  readonly decision: FailureDecision;
  /** How long the provider asks to be left alone. */
  readonly retryAfterMs?: number;
  /** The provider itself refused the credential (it is not merely missing here). */
  readonly credentialRefused?: true;
  /** HTTP status, the provider's own or the one its error stands for. */
  readonly status?: number;
  /** A code of ours or the provider's, when it is a word; never text that could repeat the request. */
  readonly code?: string;
  /** What happened, for people; ours, so nothing of the provider's text is in it. */
  readonly message: string;
  /** In the provider's words; for the client, not for records. */
  readonly says?: AnswerError;
}

export type FailureInput =
  /** One of ours: transport, credentials, limits. */
  | { readonly kind: 'error'; readonly error: GatehouseError }
  /** A whole answer that is an error, or holds one although it is a 200. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: UpstreamHeaders;
      readonly says?: AnswerError;
      /** The body is not the JSON of the protocol. */
      readonly malformed?: boolean;
      /** The provider's own bytes where they are at hand; they tell a little more of Google's and OpenRouter's errors. */
      readonly body?: Buffer;
    }
  /** An error event in a stream. */
  | { readonly kind: 'event'; readonly says: AnswerError; readonly headers?: UpstreamHeaders };

export function classifyFailure(input: FailureInput, nowMs: number): Failure {
  if (input.kind === 'error') return fromError(input.error);
  if (input.kind === 'event')
    return fromAnswer({ ...input, kind: 'answer', status: 200, headers: input.headers ?? {} }, nowMs);
  return fromAnswer(input, nowMs);
}

type Verdict = Pick<Failure, 'kind' | 'scope' | 'decision'> & { readonly credentialRefused?: true };

const OURS: Partial<Record<ErrorCode, Verdict>> = {
  upstream_connect_failed: { kind: 'connect', scope: 'provider', decision: 'retry' },
  // A certificate does not heal by asking again.
  upstream_tls_failed: { kind: 'tls', scope: 'provider', decision: 'next' },
  upstream_connect_timeout: { kind: 'timeout', scope: 'provider', decision: 'retry' },
  upstream_first_byte_timeout: { kind: 'timeout', scope: 'endpoint', decision: 'retry' },
  upstream_idle_timeout: { kind: 'timeout', scope: 'endpoint', decision: 'retry' },
  upstream_total_timeout: { kind: 'timeout', scope: 'endpoint', decision: 'next' },
  upstream_cut: { kind: 'cut', scope: 'endpoint', decision: 'retry' },
  upstream_malformed: { kind: 'malformed', scope: 'endpoint', decision: 'retry' },
  upstream_too_large: { kind: 'too_large', scope: 'request', decision: 'next' },
  credential_missing: { kind: 'credential', scope: 'credential', decision: 'next' },
  credential_unavailable: { kind: 'credential', scope: 'credential', decision: 'next' },
  // True of this target only: another one may be cheaper, priced, or under another budget.
  price_unknown: { kind: 'gateway', scope: 'request', decision: 'next' },
  budget_exceeded: { kind: 'gateway', scope: 'request', decision: 'next' },
  kill_switch: { kind: 'gateway', scope: 'request', decision: 'next' },
  self_upstream: { kind: 'gateway', scope: 'request', decision: 'next' },
};

function fromError(error: GatehouseError): Failure {
  const verdict = OURS[error.code] ?? { kind: 'gateway', scope: 'request', decision: 'stop' };
  const wait = error.details.retryAfterMs;
  return {
    ...verdict,
    status: error.status,
    code: error.code,
    message: error.message,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

type AnswerInput = Extract<FailureInput, { kind: 'answer' }>;

function fromAnswer(input: AnswerInput, nowMs: number): Failure {
  const { says, headers } = input;
  const hints = bodyHints(input.body);
  const words = wordsOf(says, errorClass(headers), hints.behind);
  // Where an error came inside a 200, its own status counts.
  const status = input.status >= 300 ? input.status : says?.status;
  const wait = retryAfterMs(headers, says?.message, nowMs) ?? hints.retryAfterMs;
  const verdict = judge({
    status,
    words,
    malformed: input.malformed === true,
    wait,
    longQuota: hints.longQuota === true,
  });
  const code = safeCode(says?.code) ?? safeCode(says?.type);
  return {
    ...verdict,
    message: messageOf(verdict, input.status, status),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(says === undefined ? {} : { says }),
  };
}

interface Seen {
  readonly status: number | undefined;
  readonly words: Words;
  readonly malformed: boolean;
  readonly wait: number | undefined;
  readonly longQuota: boolean;
}

const SERVER_ERROR: Verdict = { kind: 'server_error', scope: 'endpoint', decision: 'retry' };
const OVERLOADED: Verdict = { kind: 'overloaded', scope: 'endpoint', decision: 'retry' };
const RATE_LIMITED: Verdict = { kind: 'rate_limited', scope: 'endpoint', decision: 'retry' };
const BAD_REQUEST: Verdict = { kind: 'bad_request', scope: 'request', decision: 'stop' };
const REFUSED: Verdict = { kind: 'content_refused', scope: 'request', decision: 'stop' };
const OVERFLOW: Verdict = { kind: 'context_overflow', scope: 'request', decision: 'larger-context' };
const NO_MODEL: Verdict = { kind: 'model_missing', scope: 'endpoint', decision: 'next' };
const BAD_KEY: Verdict = { kind: 'credential', scope: 'credential', decision: 'next', credentialRefused: true };
const NO_MONEY: Verdict = { kind: 'quota', scope: 'credential', decision: 'next' };
/** A limit per day of one model; the account's other models still serve. */
const DAY_LIMIT: Verdict = { kind: 'quota', scope: 'endpoint', decision: 'next' };
const OVER_RATE_ALONE: Verdict = { kind: 'rate_limited', scope: 'request', decision: 'next' };
/** The model's slip is no fault of the endpoint. */
const SLIP: Verdict = { kind: 'malformed', scope: 'request', decision: 'retry' };
const NO_ANSWER: Verdict = { kind: 'malformed', scope: 'endpoint', decision: 'retry' };
const REDIRECT: Verdict = { kind: 'malformed', scope: 'provider', decision: 'next' };
const CONFLICT: Verdict = { kind: 'conflict', scope: 'request', decision: 'retry' };
const TIMEOUT: Verdict = { kind: 'timeout', scope: 'endpoint', decision: 'retry' };

function judge(seen: Seen): Verdict {
  const { status, words } = seen;
  if (status === undefined) return seen.malformed && words.text.trim() === '' ? NO_ANSWER : byWords(seen);
  if (status < 400) return REDIRECT;
  if (status === 429) return tooMany(seen);
  if (status >= 500) return serverSide(seen, status);
  return clientSide(seen, status);
}

/** An error inside a 200 that names no status. */
function byWords(seen: Seen): Verdict {
  const { words } = seen;
  if (saysBilling(words) || saysQuotaSomehow(words)) return tooMany(seen);
  if (saysRefused(words)) return REFUSED;
  if (saysOverflow(words)) return OVERFLOW;
  if (saysBadKey(words)) return BAD_KEY;
  if (saysRate(words)) return tooMany(seen);
  if (saysOverloaded(words)) return OVERLOADED;
  if (saysModelSlipped(words)) return SLIP;
  if (saysNoModel(words)) return NO_MODEL;
  if (words.codes.includes('invalid_request_error')) return BAD_REQUEST;
  return SERVER_ERROR;
}

/** A minute's limit is over in a minute; what asks for longer than this is a quota. */
const RATE_WAIT_MS_MAX = 10 * 60_000;

function tooMany({ words, wait, longQuota }: Seen): Verdict {
  if (saysBilling(words)) return NO_MONEY;
  if (longQuota || saysLongQuota(words)) return DAY_LIMIT;
  if (saysOverRateAlone(words)) return OVER_RATE_ALONE;
  if (wait !== undefined && wait > RATE_WAIT_MS_MAX) return DAY_LIMIT;
  // Gemini says so of a limit per minute too, but always with RESOURCE_EXHAUSTED.
  if (saysQuotaSomehow(words) && !words.codes.includes('resource_exhausted') && wait === undefined) return NO_MONEY;
  return RATE_LIMITED;
}

function serverSide({ words }: Seen, status: number): Verdict {
  // llama.cpp, Ollama and LM Studio tell of an overflow with a 500.
  if (saysOverflow(words)) return OVERFLOW;
  if (saysModelSlipped(words)) return SLIP;
  if (status === 504) return TIMEOUT;
  if (saysRate(words) && status === 503) return RATE_LIMITED;
  if (status === 503 || status === 529 || saysOverloaded(words)) return OVERLOADED;
  return SERVER_ERROR;
}

function clientSide(seen: Seen, status: number): Verdict {
  const { words } = seen;
  if (status === 402 || saysBilling(words)) return NO_MONEY;
  if (saysRefused(words)) return REFUSED;
  if (status === 401) return saysBehindRouter(words) ? NO_MODEL : BAD_KEY;
  if (status === 408) return TIMEOUT;
  if (status === 409 || status === 425) return CONFLICT;
  if (status === 404 || status === 410) return NO_MODEL;
  if (status === 413) return saysRate(words) ? OVER_RATE_ALONE : OVERFLOW;
  if (saysServiceQuota(words)) return DAY_LIMIT;
  if (saysOverflow(words)) return OVERFLOW;
  if (saysModelSlipped(words)) return SLIP;
  if (saysBadKey(words)) return BAD_KEY;
  if (saysNoModel(words)) return NO_MODEL;
  if (status === 403) return forbidden(seen);
  // Bedrock says ServiceUnavailable, throttling and model errors with 4xx numbers of its own.
  if (saysOverloaded(words)) return OVERLOADED;
  if (saysRate(words) && status !== 422) return tooMany(seen);
  if (saysServerError(words) || status === 424) return SERVER_ERROR;
  return BAD_REQUEST;
}

/** A company proxy or a firewall answers 403 with a page of its own; only the provider's words condemn a credential. */
function forbidden({ words, malformed }: Seen): Verdict {
  if (malformed) return REDIRECT;
  return saysBehindRouter(words) ? NO_MODEL : BAD_KEY;
}

const WORDS: Readonly<Record<FailureKind, string>> = {
  connect: 'could not be reached',
  tls: 'could not be reached safely',
  timeout: 'took too long',
  credential: 'refused the credential',
  quota: 'says that the account or its quota is used up',
  rate_limited: 'says that the rate limit is reached',
  overloaded: 'says that it is overloaded',
  server_error: 'failed',
  model_missing: 'does not serve this model to this account',
  context_overflow: 'says that the call is too long for the model',
  bad_request: 'refused the request as it is',
  content_refused: 'refused the content of the request',
  conflict: 'asked to try again',
  malformed: 'gave an answer that cannot be used',
  cut: 'broke off its answer',
  too_large: 'gave too large an answer',
  gateway: 'was not asked',
};

function messageOf({ kind }: Verdict, received: number, status: number | undefined): string {
  const where = received < 300 ? 'inside its answer' : `with HTTP ${received}`;
  const meant = received < 300 && status !== undefined ? `, meaning ${status}` : '';
  return `${WORDS[kind]} (${where}${meant})`;
}

/** AWS tells the class of an error in a header: `ThrottlingException:http://...`. */
function errorClass(headers: UpstreamHeaders): string | undefined {
  const value = headers['x-amzn-errortype'];
  const text = (Array.isArray(value) ? value[0] : value)?.split(':')[0]?.split('#').pop();
  return text === undefined || text === '' ? undefined : text;
}

function safeCode(code: string | undefined): string | undefined {
  return code !== undefined && /^[A-Za-z0-9_.-]{1,48}$/.test(code) ? code : undefined;
}
