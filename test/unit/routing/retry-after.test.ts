import { describe, expect, test } from 'vitest';
import { durationMs, retryAfterMs } from '../../../proxy/routing/retry-after.ts';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

describe('how long to wait', () => {
  test.each<[what: string, headers: Record<string, string>, message: string | undefined, expected: number | undefined]>(
    [
      ['nothing said', {}, undefined, undefined],
      ['seconds', { 'retry-after': '3' }, undefined, 3_000],
      ['fractions of seconds', { 'retry-after': '0.25' }, undefined, 250],
      ['milliseconds win', { 'retry-after': '3', 'retry-after-ms': '2500' }, undefined, 2_500],
      ['a date', { 'retry-after': 'Fri, 20 Nov 2026 12:00:05 GMT' }, undefined, 5_000],
      ['a date that is past', { 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, undefined, 0],
      ['nonsense', { 'retry-after': 'soon' }, undefined, undefined],
      ['a year', { 'retry-after': '31536000' }, undefined, 604_800_000],
      [
        'the limit that is used up',
        {
          'x-ratelimit-remaining-requests': '5',
          'x-ratelimit-reset-requests': '60s',
          'x-ratelimit-remaining-tokens': '0',
          'x-ratelimit-reset-tokens': '6m0s',
        },
        undefined,
        360_000,
      ],
      [
        'no limit is used up',
        { 'x-ratelimit-remaining-requests': '5', 'x-ratelimit-reset-requests': '60s' },
        undefined,
        undefined,
      ],
      [
        'milliseconds since 1970',
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS + 1_500) },
        undefined,
        1_500,
      ],
      [
        'seconds since 1970',
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS / 1_000 + 7) },
        undefined,
        7_000,
      ],
      ['seconds from now', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' }, undefined, 9_000],
      [
        'Anthropic',
        { 'anthropic-ratelimit-tokens-remaining': '0', 'anthropic-ratelimit-tokens-reset': '2026-11-20T12:00:30Z' },
        undefined,
        30_000,
      ],
      ['words of OpenAI', {}, 'Limit 3, Used 3. Please try again in 6m0.5s. Visit x', 360_500],
      ['words of Groq', {}, 'Please try again in 120ms.', 120],
      ['words of Gemini', {}, 'Please retry in 48.939935699s.', 48_940],
      ['headers before words', { 'retry-after': '1' }, 'Please retry in 48s.', 1_000],
      ['words without a time', {}, 'Please try again in a moment', undefined],
    ],
  )('%s', (_what, headers, message, expected) => {
    expect(retryAfterMs(headers, message, NOW_MS)).toBe(expected);
  });

  test.each<[string, number | undefined]>([
    ['1h2m3.5s', 3_723_500],
    ['120ms', 120],
    ['1m', 60_000],
    ['', undefined],
    ['1d', undefined],
    ['5', undefined],
  ])('the duration "%s"', (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });
});
