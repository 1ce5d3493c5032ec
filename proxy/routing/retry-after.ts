/** How long a provider wants to be left alone: from its headers, else from its words. Pure. */
import type { UpstreamHeaders } from '../core/upstream.ts';

/** A provider that says more than a week has its clock wrong, or ours is. */
const WAIT_MS_MAX = 7 * 24 * 3_600_000;

/**
 * Milliseconds to wait, or undefined where nothing says so. `message` is the provider's own; some name the time only there.
 * Order: `retry-after-ms`, `retry-after` (seconds or a date), the reset of the limit that is used up, the words.
 */
export function retryAfterMs(headers: UpstreamHeaders, message: string | undefined, nowMs: number): number | undefined {
  const wait =
    plainNumber(header(headers, 'retry-after-ms')) ??
    secondsOrDate(header(headers, 'retry-after'), nowMs) ??
    resetMs(headers, nowMs) ??
    spokenMs(message);
  return wait === undefined || !Number.isFinite(wait) ? undefined : Math.ceil(Math.min(Math.max(wait, 0), WAIT_MS_MAX));
}

/** `1s`, `120ms`, `6m0s`, `1h2m3.5s` in milliseconds; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const found = /^(?:(\d{1,5})h)?(?:(\d{1,5})m(?!s))?(?:(\d{1,6}(?:\.\d{1,9})?)s)?(?:(\d{1,9}(?:\.\d{1,9})?)ms)?$/.exec(
    text,
  );
  if (found === null || text === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', milliseconds = '0'] = found;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(milliseconds);
}

function header(headers: UpstreamHeaders, name: string): string | undefined {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first.trim() === '' ? undefined : first.trim();
}

function plainNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

function secondsOrDate(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = plainNumber(text);
  if (seconds !== undefined) return seconds * 1_000;
  return durationMs(text) ?? untilDate(text, nowMs);
}

function untilDate(text: string, nowMs: number): number | undefined {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs - nowMs;
}

/** What is counted: OpenAI and Groq in requests and tokens, Anthropic each under a prefix of its own, OpenRouter plainly. */
const COUNTED = [
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  ['x-ratelimit-remaining', 'x-ratelimit-reset'],
  ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset'],
  ['anthropic-ratelimit-tokens-remaining', 'anthropic-ratelimit-tokens-reset'],
  ['anthropic-ratelimit-input-tokens-remaining', 'anthropic-ratelimit-input-tokens-reset'],
  ['anthropic-ratelimit-output-tokens-remaining', 'anthropic-ratelimit-output-tokens-reset'],
] as const;

/** Only a limit that is used up says when to come back; the longest of them. */
function resetMs(headers: UpstreamHeaders, nowMs: number): number | undefined {
  const waits = COUNTED.flatMap(([remaining, reset]) => {
    const at = header(headers, reset);
    const wait = plainNumber(header(headers, remaining)) === 0 && at !== undefined ? resetInMs(at, nowMs) : undefined;
    return wait === undefined ? [] : [wait];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Seconds to wait, a duration, a date, or an instant in seconds or milliseconds since 1970. */
function resetInMs(text: string, nowMs: number): number | undefined {
  const value = plainNumber(text);
  if (value === undefined) return durationMs(text) ?? untilDate(text, nowMs);
  if (value >= 1e12) return value - nowMs;
  return value >= 1e9 ? value * 1_000 - nowMs : value * 1_000;
}

/** "Please try again in 6m0.5s." (OpenAI, Groq), "Please retry in 48.939935699s." (Gemini). */
function spokenMs(message: string | undefined): number | undefined {
  const found = /(?:try again|retry) in ((?:\d{1,5}h)?(?:\d{1,5}m(?!s))?(?:\d{1,9}(?:\.\d{1,9})?m?s)?)/i.exec(
    message?.slice(0, 2_000) ?? '',
  );
  return found?.[1] === undefined ? undefined : durationMs(found[1]);
}
