import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalEntry, GENESIS_HASH, HASHED_FIELDS, verifyChain } from '../../../proxy/ledger/chain.ts';
import { COLUMNS } from '../../../proxy/ledger/entry-row.ts';
import type { LedgerEntry } from '../../../proxy/ledger/types.ts';
import { exactly, openTestLedger, reserveInput } from '../../support/ledger.ts';

async function exported(): Promise<LedgerEntry[]> {
  using t = openTestLedger();
  await t.ledger.grant({ id: 'g', account: 'global', amountNano: 5, reason: 'überwiesen "heute"' });
  for (const attempt of ['a', 'b', 'c']) {
    await t.ledger.reserve(reserveInput(attempt, 10));
    await t.ledger.settle(exactly(attempt, 4));
  }
  return [...t.ledger.exportEntries()];
}

test('every column of a row is covered by its hash, in the table order', () => {
  expect([...HASHED_FIELDS, 'hash']).toEqual(COLUMNS.map(([field]) => field));
  const filled = Object.fromEntries(HASHED_FIELDS.map((field) => [field, field]));
  expect(Object.keys(JSON.parse(canonicalEntry(filled)))).toEqual([...HASHED_FIELDS]);
});

test('an export verifies by the description alone, after a trip through a file', async () => {
  const lines = (await exported()).map((entry) => JSON.stringify(entry));
  let prevHash = '0'.repeat(64);
  for (const line of lines) {
    // Written out from the comment in chain.ts, with nothing of ours.
    const entry: Record<string, unknown> = JSON.parse(line);
    const canonical = JSON.stringify(
      Object.fromEntries(HASHED_FIELDS.filter((field) => field in entry).map((field) => [field, entry[field]])),
    );
    const hash = createHash('sha256').update(`${prevHash}\n${canonical}`).digest('hex');
    expect(entry).toMatchObject({ prevHash, hash });
    prevHash = hash;
  }
  const report = verifyChain(lines.map((line) => JSON.parse(line)));
  expect(report).toEqual({ ok: true, checkedEntries: 10, headHash: prevHash, problems: [] });
});

test('an empty export is a whole one', () => {
  expect(verifyChain([])).toEqual({ ok: true, checkedEntries: 0, headHash: GENESIS_HASH, problems: [] });
});

test('whatever was changed is found where it was changed', async () => {
  const entries = await exported();
  const changes: readonly (readonly [string, (list: LedgerEntry[]) => void, object])[] = [
    ['an amount', (list) => replace(list, 3, { amountNano: 1 }), { kind: 'hash_chain_broken', seq: 4 }],
    ['a reason', (list) => replace(list, 0, { reason: 'x' }), { kind: 'hash_chain_broken', seq: 1 }],
    ['a field added', (list) => replace(list, 1, { reasoningTokens: 0 }), { kind: 'hash_chain_broken', seq: 2 }],
    ['a hash', (list) => replace(list, 4, { hash: GENESIS_HASH }), { kind: 'hash_chain_broken', seq: 5 }],
    ['a previous hash', (list) => replace(list, 4, { prevHash: GENESIS_HASH }), { kind: 'hash_chain_broken', seq: 5 }],
    ['an entry removed', (list) => void list.splice(5, 1), { kind: 'entry_missing', seq: 6 }],
    ['the first removed', (list) => void list.shift(), { kind: 'entry_missing', seq: 1 }],
    ['an entry repeated', (list) => void list.splice(5, 0, ...list.slice(4, 5)), { kind: 'entry_missing', seq: 6 }],
    ['two swapped', (list) => void list.splice(5, 2, ...list.slice(5, 7).reverse()), { kind: 'entry_missing', seq: 6 }],
  ];
  for (const [what, change, problem] of changes) {
    const copy = [...entries];
    change(copy);
    const report = verifyChain(copy);
    expect(report.ok, what).toBe(false);
    expect(report.problems, what).toContainEqual(expect.objectContaining(problem));
  }
});

function replace(list: LedgerEntry[], index: number, fields: Partial<LedgerEntry>): void {
  const entry = list[index];
  if (entry === undefined) throw new Error('no such entry');
  list[index] = { ...entry, ...fields };
}
