import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../renderer/src/format/duration.ts';
import { formatNano, formatNanoExactly, formatUsd } from '../../../renderer/src/format/money.ts';
import { formatAgo } from '../../../renderer/src/format/time.ts';
import { formatCount, tokensRead, tokensWritten } from '../../../renderer/src/format/tokens.ts';

describe('money', () => {
  it.each([
    [undefined, 'unknown'],
    [0, '$0.00'],
    [1, '$0.000000001'],
    [150, '$0.00000015'],
    [4_200_000, '$0.0042'],
    [99_000_000, '$0.099'],
    [420_000_000, '$0.42'],
    [12_400_000_000, '$12.40'],
    [1_234_567_890_000, '$1,234.57'],
    [-4_200_000, '-$0.0042'],
  ])('%s nano reads %s', (nano, words) => expect(formatNano(nano, 'en-US')).toBe(words));

  it('shows every digit where every digit counts', () => {
    expect(formatNanoExactly(4_251_500, 'en-US')).toBe('$0.004251500');
    expect(formatNanoExactly(9_007_199_254_740_991, 'en-US')).toBe('$9,007,199.254740991');
    expect(formatNanoExactly(undefined)).toBe('unknown');
  });

  it('follows the locale', () => expect(formatNano(12_400_000_000, 'de-DE')).toBe('12,40\u00a0$'));

  it('leaves cents out of round limits', () => {
    expect(formatUsd(20, 'en-US')).toBe('$20');
    expect(formatUsd(0.075, 'en-US')).toBe('$0.075');
  });
});

describe('durations', () => {
  it.each([
    [undefined, 'unknown'],
    [0.84, '0.8 ms'],
    [840.4, '840 ms'],
    [3210, '3.2 s'],
    [64_000, '1 min 4 s'],
  ])('%s reads %s', (ms, words) => expect(formatDuration(ms, 'en-US')).toBe(words));
});

describe('tokens', () => {
  it('adds disjoint buckets and keeps unknown apart from none', () => {
    expect(tokensRead({ inputTokens: 10, cacheReadTokens: 5 })).toBe(15);
    expect(tokensRead({ inputTokens: 1, cacheReadTokens: 2, cacheWriteTokens: 4, cacheWrite1hTokens: 8 })).toBe(15);
    expect(tokensRead({ cacheWrite1hTokens: 8 })).toBe(8);
    expect(tokensWritten({ outputTokens: 3, reasoningTokens: 4 })).toBe(7);
    expect(tokensRead({ outputTokens: 3 })).toBeUndefined();
    expect(tokensWritten(undefined)).toBeUndefined();
    expect(formatCount(undefined)).toBe('unknown');
    expect(formatCount(0, 'en-US')).toBe('0');
    expect(formatCount(1_234_567, 'en-US')).toBe('1.2M');
  });
});

describe('ago', () => {
  it.each([
    [1000, 'just now'],
    [150_000, '3 minutes ago'],
    [90_000_000, 'yesterday'],
  ])('%s ms ago reads %s', (agoMs, words) => expect(formatAgo(1_000_000_000 - agoMs, 1_000_000_000, 'en')).toBe(words));
});
