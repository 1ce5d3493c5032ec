import { expect, test } from 'vitest';
import {
  hasNewByPeople,
  isByPeople,
  KIND_CHOICES,
  kindOf,
  noEntriesWords,
  ofKind,
} from '../../../../renderer/src/pages/ledger/entry-kinds.ts';
import { transfer } from '../views.ts';

test('every kind can be chosen, and what is no kind is all', () => {
  expect(KIND_CHOICES.map(({ label }) => label)).toEqual([
    'All',
    'Grant',
    'Reserve',
    'Charge',
    'Release',
    'Correction',
  ]);
  expect(kindOf('charge')).toBe('charge');
  expect(kindOf('tip')).toBe('all');
  expect(new Set(KIND_CHOICES.map(({ value }) => noEntriesWords(value).title)).size).toBe(6);
});

test('people write grants and corrections', () => {
  expect(KIND_CHOICES.map(({ value }) => value).filter(isByPeople)).toEqual(['grant', 'correction']);
});

test('the filter keeps the order and leaves the rest out', () => {
  const entries = [transfer(3, { kind: 'release' }), transfer(2, { kind: 'charge' }), transfer(1)];
  expect(ofKind(entries, 'all')).toBe(entries);
  expect(ofKind(entries, 'charge').map(({ seq }) => seq)).toEqual([2]);
});

test('only something newer that people wrote makes their list stale', () => {
  const fetched = [transfer(5, { kind: 'grant' }), transfer(2, { kind: 'correction' })];
  expect(hasNewByPeople(fetched, [])).toBe(false);
  expect(hasNewByPeople(fetched, [transfer(7), transfer(5, { kind: 'grant' })])).toBe(false);
  expect(hasNewByPeople(fetched, [transfer(7), transfer(6, { kind: 'correction' })])).toBe(true);
  expect(hasNewByPeople([], [transfer(1, { kind: 'grant' })])).toBe(true);
});
