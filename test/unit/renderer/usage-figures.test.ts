import { describe, expect, it } from 'vitest';
import type { UsageFigures, UsageSeries } from '../../../proxy/contract/usage.ts';
import type { BudgetView } from '../../../renderer/src/contract-views.ts';
import { breakerWords } from '../../../renderer/src/pages/overview/breaker-words.ts';
import { capForecast, scopeWords, tightestCap } from '../../../renderer/src/pages/overview/cap-words.ts';
import { usageChart } from '../../../renderer/src/pages/usage/chart-rows.ts';
import { countSince, requestWindows } from '../../../renderer/src/pages/usage/request-windows.ts';
import { fileNamePart } from '../../../renderer/src/pages/usage/save-blob.ts';
import { nextSort, sortGroups } from '../../../renderer/src/pages/usage/sort-groups.ts';
import { someEnded } from '../../../renderer/src/usage/ended-calls.ts';
import { knownCost, knownSaving, problemWords } from '../../../renderer/src/usage/figures.ts';
import { request } from './views.ts';

function figures(more: Partial<UsageFigures> = {}): UsageFigures {
  return {
    requests: 0,
    failed: 0,
    refused: 0,
    aborted: 0,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    costNano: 0,
    feeNano: 0,
    chargedNano: 0,
    unknownCosts: 0,
    savedNano: 0,
    compared: 0,
    ...more,
  };
}

const hours = (...requests: number[]): UsageSeries => ({
  buckets: requests.map((_, index) => ({ startMs: index * 10, endMs: index * 10 + 10 })),
  lines: [{ value: null, points: requests.map((count) => figures({ requests: count })) }],
});

describe('figures', () => {
  it('do not claim to know what nobody knows', () => {
    expect(knownCost(figures({ unknownCosts: 2 }))).toBeUndefined();
    expect(knownCost(figures({ unknownCosts: 2, costNano: 5 }))).toBe(5);
    expect(knownCost(figures())).toBe(0);
    expect(knownSaving(figures())).toBeUndefined();
    expect(knownSaving(figures({ compared: 1, savedNano: -3 }))).toBe(-3);
  });
  it('say what went wrong, and nothing where nothing did', () => {
    expect(problemWords(figures({ failed: 2, aborted: 1 }))).toBe('2 failed, 1 stopped');
    expect(problemWords(figures({ requests: 9 }))).toBe('');
  });
});

describe('the rows of a chart', () => {
  const series: UsageSeries = {
    buckets: [
      { startMs: 0, endMs: 10 },
      { startMs: 10, endMs: 20 },
    ],
    lines: [
      { value: 'sim', points: [figures({ chargedNano: 1, inputTokens: 4 }), figures({ chargedNano: 2 })] },
      { value: null, points: [figures(), figures({ chargedNano: 4, reasoningTokens: 3 })] },
    ],
    rest: [figures({ chargedNano: 8 }), figures()],
  };
  const input = { series, stackBy: 'provider', labelOf: (startMs: number) => `at ${startMs}` } as const;

  it('have a field for each line, and one for all others', () => {
    const chart = usageChart({ ...input, measure: 'spend' });
    expect(chart.lines.map(({ name, total }) => [name, total])).toEqual([
      ['sim', 3],
      ['Never reached a provider', 4],
      ['All others', 8],
    ]);
    expect(chart.rows.map(({ label, values }) => [label, values])).toEqual([
      ['at 0', [1, 0, 8]],
      ['at 10', [2, 4, 0]],
    ]);
    expect(chart.total).toBe(15);
  });
  it('count every bucket of tokens', () => {
    expect(usageChart({ ...input, measure: 'tokens' }).total).toBe(7);
  });
});

describe('windows of requests', () => {
  it('hold about a page each, newest first, and skip hours without any', () => {
    expect(requestWindows(hours(3, 0, 2, 4, 0), 5)).toEqual([
      { fromMs: 20, toMs: 40, requests: 6 },
      { fromMs: 0, toMs: 10, requests: 3 },
    ]);
    expect(requestWindows(hours(0, 0), 5)).toEqual([]);
  });
  it('lose no request, however they fall', () => {
    for (const counts of [[1], [9, 1], [1, 1, 1, 1], [0, 7, 0, 0, 2]]) {
      const windows = requestWindows(hours(...counts), 3);
      expect(windows.reduce((sum, { requests }) => sum + requests, 0)).toBe(counts.reduce((a, b) => a + b, 0));
      for (const [index, { fromMs }] of windows.entries()) {
        expect(windows[index + 1]?.toMs ?? 0).toBeLessThanOrEqual(fromMs);
      }
    }
  });
  it('can be counted again from where a page began', () => {
    expect(countSince(hours(3, 0, 2, 4, 1), 20)).toBe(7);
  });
});

describe('the order of groups', () => {
  const group = (name: string, p50?: number) => ({
    value: name,
    name,
    figures: figures(p50 === undefined ? {} : { latencyMs: { count: 1, p50, p95: p50, p99: p50 } }),
  });
  const groups = [group('b', 2), group('a'), group('c', 1)];
  const p50 = ({ latencyMs }: UsageFigures) => latencyMs?.p50;
  it('has the unknown last in either direction', () => {
    expect(sortGroups(groups, 'ascending', p50).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(sortGroups(groups, 'descending', p50).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
    expect(sortGroups(groups, 'descending').map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });
  it('turns on the second click', () => {
    const byName = nextSort({ column: 'cost', direction: 'descending' }, 'name');
    expect(byName).toEqual({ column: 'name', direction: 'ascending' });
    expect(nextSort(byName, 'name').direction).toBe('descending');
    expect(nextSort(byName, 'cost').direction).toBe('descending');
  });
});

describe('ended calls', () => {
  it('are noticed once, and running ones not at all', () => {
    const running = request('a', { state: 'running' });
    const ended = request('a');
    expect(someEnded([], [running])).toBe(false);
    expect(someEnded([running], [ended])).toBe(true);
    expect(someEnded([ended], [request('b', { state: 'streaming' }), ended])).toBe(false);
    expect(someEnded([ended], [request('b', { state: 'refused' }), ended])).toBe(true);
  });
});

describe('caps', () => {
  const cap = (more: Partial<BudgetView>): BudgetView => ({
    id: 'c',
    scope: 'global',
    window: 'day',
    limitNano: 100,
    spentNano: 10,
    heldNano: 0,
    leftNano: 90,
    windowStartMs: 0,
    ...more,
  });
  it('are told by whom they hold', () => {
    expect(scopeWords('global')).toBe('All calls');
    expect(scopeWords('model:openai/gpt-5:beta')).toBe('Model openai/gpt-5:beta');
    expect(scopeWords('team:x')).toBe('team:x');
  });
  it('are tightest where most is used, what is on hold included', () => {
    const caps = [cap({ id: 'a', spentNano: 50 }), cap({ id: 'b', heldNano: 60 }), cap({ id: 'c', limitNano: 1_000 })];
    expect(tightestCap(caps)?.id).toBe('b');
    expect(tightestCap([...caps, cap({ id: 'none', limitNano: 0 })])?.id).toBe('none');
    expect(tightestCap([])).toBeUndefined();
  });
  it('that never reset have no forecast', () => {
    expect(capForecast(cap({}), 50)).toBeUndefined();
    expect(capForecast(cap({ resetsAtMs: 100 }), 50)).toBe(20);
  });
});

describe('breakers', () => {
  const breaker = (id: string, scope: 'endpoint' | 'provider', state: 'closed' | 'open' | 'half-open') => ({
    id,
    scope,
    state,
    outcomes: 1,
    failures: 1,
    slow: 0,
    failuresInARow: 1,
  });
  it.each([
    [[breaker('sim', 'provider', 'closed')], undefined],
    [[breaker('other', 'provider', 'open')], undefined],
    [[breaker('sim', 'provider', 'open')], 'The next call tries it again'],
    [[breaker('sim', 'provider', 'half-open')], 'The next call tries it again'],
    [[breaker('sim/echo', 'endpoint', 'open')], 'echo: the next call tries it again'],
    [
      [breaker('sim/a', 'endpoint', 'open'), breaker('sim/b', 'endpoint', 'open')],
      '2 models: the next call tries it again',
    ],
    [[breaker('simple/a', 'endpoint', 'open')], undefined],
  ])('%j of "sim" are %j', (breakers, words) => expect(breakerWords('sim', breakers, 0)).toBe(words));

  it('say until when, as long as that is to come', () => {
    const open = { ...breaker('sim', 'provider', 'open'), retryAtMs: 5_000 };
    expect(breakerWords('sim', [open], 4_000)).toMatch(/^Rests until .*05/);
    expect(breakerWords('sim', [open], 5_000)).toBe('The next call tries it again');
  });
});

describe('names of files', () => {
  it.each([
    ['acme', 'acme'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Straße 5', 'Straße-5'],
    ['///', 'unnamed'],
  ])('%s becomes %s', (name, part) => expect(fileNamePart(name)).toBe(part));
});
