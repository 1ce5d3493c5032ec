import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let t: TestGateway;
beforeEach(async () => {
  t = await startTestGateway();
});
afterEach(() => t.close());

const grant = (id: string, amountUsd: number) => t.control.ledger.grant({ id, amountUsd, reason: 'top up' });

describe('the wallet', () => {
  test('is filled once per id, and says what is left', async () => {
    expect(await t.control.ledger.wallet()).toEqual({
      enabled: false,
      grantedNano: 0,
      spentNano: 0,
      heldNano: 0,
      balanceNano: 0,
      low: true,
    });
    const { transfer, wallet } = await grant('g-1', 5);
    expect(transfer).toMatchObject({ kind: 'grant', amountNano: 5_000_000_000, reason: 'top up' });
    expect(wallet).toMatchObject({ grantedNano: 5_000_000_000, balanceNano: 5_000_000_000, low: false });
    expect((await grant('g-1', 5)).transfer).toEqual(transfer);
    await expect(grant('g-1', 6)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(grant('g 2', 6)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await t.control.ledger.wallet()).grantedNano).toBe(5_000_000_000);
  });

  test('and its history are what people wrote', async () => {
    await grant('g-1', 5);
    await (await t.chat({ model: 'sim/echo', messages: [{ role: 'user', content: 'hi' }] })).text();
    const { items } = await t.control.ledger.entries({ limit: 10 });
    const charge = items.find(({ kind }) => kind === 'charge');
    await t.control.ledger.correct({
      id: 'c-1',
      amountUsd: -0.01,
      reason: 'a gift',
      ...(charge?.attemptId === undefined ? {} : { attemptId: charge.attemptId }),
    });
    const first = await t.control.ledger.adjustments({ limit: 1 });
    expect(first.items).toMatchObject([
      { id: 'c-1:correction', amountNano: -10_000_000, requestId: charge?.requestId },
    ]);
    const second = await t.control.ledger.adjustments({ limit: 1, cursor: first.nextCursor ?? '' });
    expect(second.items).toMatchObject([{ id: 'g-1:grant' }]);
    await expect(t.control.ledger.adjustments({ limit: 1, cursor: 'x' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect((await t.control.ledger.wallet()).balanceNano).toBe(5_010_000_000 - (charge?.amountNano ?? 0));
  });

  test('refuses a correction of what it does not know', async () => {
    const correction = { id: 'c', amountUsd: 1, reason: 'x' };
    await expect(t.control.ledger.correct({ ...correction, attemptId: 'nobody' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('no reserve'),
    });
    await expect(t.control.ledger.correct({ ...correction, amountUsd: 0 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(t.control.ledger.correct({ ...correction, account: 'moon' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('reconciliation', () => {
  test('reports, and is remembered', async () => {
    await (await t.chat({ model: 'sim/echo', messages: [{ role: 'user', content: 'hi' }] })).text();
    expect(await t.control.ledger.lastReconciliation()).toBeNull();
    const report = await t.control.ledger.reconcile({});
    expect(report).toMatchObject({ ok: true, driftNano: 0, checked: { requests: 1, entries: 3 } });
    expect(await t.control.ledger.lastReconciliation()).toEqual(report);
  });

  test('that finds drift in a bill raises the alert; a file that cannot be read is told', async () => {
    const text = 'date,model,cost_usd\n2026-01-01,gpt-4o,1.50\n';
    const report = await t.control.ledger.reconcile({ csv: { provider: 'openai', text } });
    expect(report).toMatchObject({ ok: false, driftNano: 1_500_000_000 });
    const { items } = await t.control.alerts.list({ limit: 5 });
    expect(items[0]).toMatchObject({ event: 'ledger_drift', facts: { problems: 1, driftNano: 1_500_000_000 } });
    await expect(t.control.ledger.reconcile({ csv: { provider: 'openai', text: 'nothing' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('has to name'),
    });
  });
});

describe('maintenance', () => {
  test('backs up into the data directory, or to a whole path, never over a file', async () => {
    const backup = await t.control.maintenance.backup({});
    expect(backup).toMatchObject({ ledgerOk: true, entries: 0 });
    expect(backup.path.startsWith(join(t.dataDir, 'backups', 'gatehouse-'))).toBe(true);
    expect(existsSync(backup.path)).toBe(true);
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'));
    const path = join(directory, 'copy.sqlite');
    expect(await t.control.maintenance.backup({ path })).toMatchObject({ path, ledgerOk: true });
    await expect(t.control.maintenance.backup({ path })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(t.control.maintenance.backup({ path: 'copy' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(t.control.maintenance.backup({ path: join(directory, 'no', 'x') })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    rmSync(directory, { recursive: true });
  });

  test('tells how large the database is, and tidies it up', async () => {
    const before = await t.control.maintenance.database();
    expect(before.path).toBe(join(t.dataDir, 'gatehouse.sqlite'));
    const { bytesBefore, bytesAfter } = await t.control.maintenance.vacuum();
    expect(bytesBefore).toBe(before.bytes);
    expect((await t.control.maintenance.database()).bytes).toBe(bytesAfter);
  });
});
