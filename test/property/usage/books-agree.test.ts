/** Exports and invoices come to what the ledger says, to the nano-dollar, whatever was called, failed and corrected. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportLines } from '../../../proxy/usage/export/export-lines.ts';
import { type History, live, openHistory, type PastCall } from '../../support/usage-history.ts';

const START_MS = Date.UTC(2026, 9, 1);
const DAY_MS = 86_400_000;
const all = { fromMs: START_MS, toMs: START_MS + 31 * DAY_MS, filters: {} };

const call: fc.Arbitrary<PastCall> = fc.record(
  {
    atMs: fc.integer({ min: START_MS, max: START_MS + 31 * DAY_MS - 1 }),
    costNano: fc.integer({ min: 0, max: 2_000_000_000 }),
    feeBps: fc.integer({ min: 0, max: 3_000 }),
    project: fc.constantFrom('acme', 'zoo'),
    client: fc.constantFrom('=1+1', 'co,"dex'),
    model: fc.constantFrom('m', 'n'),
    failedBefore: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['atMs'] },
);

async function tell(history: History, calls: readonly PastCall[], corrected: number): Promise<void> {
  const ids: string[] = [];
  for (const one of calls) ids.push(await live(history, one));
  history.clock.wallMs = START_MS + 3 * DAY_MS;
  const [first] = ids;
  if (corrected === 0) return;
  await history.ledger.correct({ id: 'c1', account: 'project:acme', amountNano: corrected, reason: 'a discount' });
  if (first !== undefined)
    await history.ledger.correct({
      id: 'c2',
      account: 'global',
      amountNano: -7,
      reason: 'x',
      attemptId: `${first}-last`,
    });
}

test('the sums of both formats are the sums of the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
      const history = openHistory();
      await tell(history, calls, -5);
      const entries = [...history.ledger.exportEntries()];
      const sumOf = (kind: string) =>
        entries.reduce(
          (sum, entry) => sum + (entry.kind === kind && entry.requestId !== undefined ? entry.amountNano : 0),
          0,
        );
      const chargedNano = sumOf('charge');
      const rows = [...exportLines(history.db, all, 'jsonl')].map((line) => JSON.parse(line));
      expect(rows.length).toBe(calls.length);
      expect(rows.reduce((sum, { ledger }) => sum + ledger.chargedNano, 0)).toBe(chargedNano);
      expect(rows.reduce((sum, { ledger }) => sum + ledger.correctedNano, 0)).toBe(sumOf('correction'));
      const [header = '', ...lines] = exportLines(history.db, all, 'csv');
      const column = header.split(',').indexOf('charged_nano_usd');
      expect(lines.reduce((sum, line) => sum + Number(cellsOf(line)[column]), 0)).toBe(chargedNano);
      const summary = await history.usageReport.summary({ ...all, groupBy: [], limit: 1 });
      expect(summary.total.chargedNano).toBe(chargedNano);
    }),
    { numRuns: 40 },
  );
});

test('an invoice is what the ledger has in the window of its party', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 25 }),
      fc.integer({ min: -1_000, max: 1_000 }),
      async (calls, corrected) => {
        const history = openHistory();
        await tell(history, calls, corrected);
        for (const [party, name] of [
          ['project', 'acme'],
          ['project', 'zoo'],
          ['client', '=1+1'],
        ] as const) {
          const invoice = history.usageReport.invoice({ party, name, fromMs: all.fromMs, toMs: all.toMs });
          const limit = { budgetId: 'b', account: `${party}:${name}`, window: 'month', limitNano: 1 } as const;
          history.clock.wallMs = START_MS + 15 * DAY_MS;
          const { budgets } = await history.ledger.spend([limit]);
          expect(invoice.dueNano).toBe(budgets[0]?.spentNano);
          expect(invoice.chargedNano).toBe(invoice.costNano + invoice.feeNano + invoice.unknownNano);
          expect(invoice.lines.reduce((sum, line) => sum + line.chargedNano, 0)).toBe(invoice.chargedNano);
        }
      },
    ),
    { numRuns: 40 },
  );
});

/** RFC 4180, for the lines of this file: no cell has a line end in it. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}
