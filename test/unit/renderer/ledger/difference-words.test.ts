import { expect, test } from 'vitest';
import type { LedgerDifference, ReconciliationReport } from '../../../../proxy/contract/ledger-desk.ts';
import {
  checkedWords,
  correctable,
  correctionSubject,
  differenceName,
  openDifferences,
  openWords,
  seqWords,
} from '../../../../renderer/src/pages/ledger/difference-words.ts';
import { transfer } from '../views.ts';

const drifted: LedgerDifference = { kind: 'record_differs', message: 'm1', driftNano: -20_000_000, seqs: [3] };
const billed: LedgerDifference = {
  kind: 'provider_usage_differs',
  message: 'm2',
  driftNano: 400_000_000,
  provider: 'openai',
  model: 'gpt-5-mini',
  day: '2026-11-20',
  seqs: [],
  correction: { id: 'c1', account: 'provider:openai', amountNano: 400_000_000 },
};
const costed: LedgerDifference = {
  kind: 'provider_cost_differs',
  message: 'm3',
  requestId: 'req_0123456789',
  provider: 'openrouter',
  seqs: [8],
  correction: { id: 'c2', account: 'global', amountNano: 7, attemptId: 'a' },
};

function report(more: Partial<ReconciliationReport> = {}): ReconciliationReport {
  return {
    ok: false,
    atMs: 0,
    durationMs: 1,
    checked: { entries: 1, holds: 0, windows: 2, requests: 4, providerCosts: 0, providerLines: 0 },
    driftNano: 420_000_000,
    differences: [drifted, billed],
    unlisted: 0,
    corrected: [],
    ...more,
  };
}

test('kinds have names, and those nobody here knows are shown as they are called', () => {
  expect(differenceName('hash_chain_broken')).toBe('The hash chain is broken');
  expect(differenceName('tide_too_high')).toBe('Tide too high');
  expect(differenceName('constructor')).toBe('Constructor');
});

test('what is open: everything, until a run wrote corrections', () => {
  expect(openDifferences(report())).toEqual([drifted, billed]);
  expect(openDifferences(report({ corrected: [transfer(9)] }))).toEqual([drifted]);
});

test('what is open is counted with what is not listed, and added up', () => {
  expect(openWords(report(), 'en-US')).toBe('2 differences, $0.42 in all');
  expect(openWords(report({ unlisted: 3 }), 'en-US')).toBe('5 differences, $0.42 in all');
  expect(openWords(report({ corrected: [transfer(9)] }), 'en-US')).toBe('1 difference, $0.02 in all');
  const nameless: LedgerDifference = { kind: 'entry_missing', message: 'm', seqs: [] };
  expect(openWords(report({ differences: [nameless], driftNano: 0 }), 'en-US')).toBe('1 difference');
});

test('what was checked is told, and what there was none of from providers is left out', () => {
  expect(checkedWords(report(), 'en-US')).toBe('1 entry, 0 open holds, 4 records');
  const checked = { entries: 1200, holds: 1, windows: 2, requests: 1, providerCosts: 1, providerLines: 31 };
  expect(checkedWords(report({ checked }), 'en-US')).toBe(
    '1,200 entries, 1 open hold, 1 record, 1 cost told by a provider, 31 lines of a bill',
  );
});

test('only what has a correction can be corrected: of a bill while it is at hand, and once', () => {
  const differences = [drifted, billed, costed];
  expect(correctable(report({ differences }), true)).toEqual([billed, costed]);
  expect(correctable(report({ differences }), false)).toEqual([costed]);
  expect(correctable(report({ differences, corrected: [transfer(9)] }), true)).toEqual([]);
});

test('a correction says what it is about', () => {
  expect(correctionSubject(billed)).toBe('openai · gpt-5-mini, 2026-11-20 (UTC)');
  expect(correctionSubject(costed)).toBe('openrouter, request …23456789');
});

test('long lists of entries are cut, and say so', () => {
  expect(seqWords([4, 9])).toBe('#4, #9');
  expect(seqWords([1, 2, 3, 4], 2)).toBe('#1, #2 and 2 more');
});
