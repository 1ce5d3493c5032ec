/** The wallet, reconciliation and backups, by hand in the window. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';
import { history, writeHistory } from './usage-history.ts';

async function showKind(window: Page, name: string): Promise<void> {
  await window.getByRole('radiogroup', { name: 'Entries of which kind' }).getByText(name, { exact: true }).click();
}

/** A file that says the provider `sim` billed this much for the echo model today. Gives its path and the day. */
function writeBill(dataDir: string, costUsd: string): { path: string; day: string } {
  const path = join(dataDir, 'bill.csv');
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(path, `date,model,cost_usd\n${day},echo,${costUsd}\n`);
  return { path, day };
}

async function compareBill(window: Page, path: string): Promise<Locator> {
  await window.getByRole('button', { name: 'Compare a bill' }).click();
  const dialog = window.getByRole('dialog', { name: "Compare a provider's bill" });
  await dialog.getByRole('combobox', { name: 'Provider' }).click();
  await window.getByRole('option', { name: 'sim', exact: true }).click();
  await window.locator('input[type="file"]').setInputFiles(path);
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  return dialog;
}

test('a wallet is set up, filled and spent, and its grants stand in the table', async ({ window, gateway }) => {
  await goTo(window, 'Ledger');
  await expect(window.getByRole('region', { name: 'Wallet' })).toBeHidden();
  await window.getByRole('button', { name: 'Set up wallet' }).click();
  const setup = window.getByRole('dialog', { name: 'Set up the wallet' });
  await setup.getByRole('switch', { name: 'Pay calls from the wallet' }).click();
  await setup.getByRole('textbox', { name: 'Alert below' }).fill('5');
  await expectAccessible(window);
  await setup.getByRole('button', { name: 'Save' }).click();
  await expect(setup).toBeHidden();

  const wallet = window.getByRole('region', { name: 'Wallet' });
  await expect(wallet).toContainText('Empty');
  const refused = await chat(gateway, firstKey(gateway), { model: 'sim/echo' });
  expect(refused.status).toBe(402);
  expect(await refused.text()).toContain('budget_exceeded');

  await wallet.getByRole('button', { name: 'Add money' }).click();
  const adding = window.getByRole('dialog', { name: 'Add money to the wallet' });
  await expect(adding.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(adding).toContainText('More than $0');
  await expect(adding).toContainText('Say where it comes from');
  await expectAccessible(window);
  await adding.getByRole('textbox', { name: 'Amount' }).fill('20');
  await adding.getByRole('textbox', { name: 'Reason' }).fill('Budget for November');
  await window.keyboard.press('Enter');
  await expect(adding).toBeHidden();
  await expect(window.getByText('$20.00 added. The balance is $20.00.')).toBeVisible();
  await expect(wallet).toContainText('Calls are paid from it');
  await expect(wallet).toContainText('Alerts go out below $5.00');

  expect((await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).status).toBe(200);
  const spent = wallet.getByRole('definition').nth(1);
  await expect(spent).not.toHaveText('$0.00');

  const entries = window.getByRole('region', { name: 'Entries', exact: true });
  await expect(entries.getByRole('row')).toHaveCount(5);
  await showKind(window, 'Grant');
  await expect(entries.getByRole('row')).toHaveCount(2);
  await expect(entries.getByRole('row').nth(1)).toContainText('$20.000000000');
  await expect(entries.getByRole('row').nth(1)).toContainText('Budget for November');
  await showKind(window, 'Charge');
  await expect(entries.getByRole('row')).toHaveCount(2);
  await expect(entries.getByRole('row').nth(1)).toContainText('exact');
  await showKind(window, 'Correction');
  await expect(entries).toContainText('No corrections');
  await expectAccessible(window);
});

test('a kind that people write shows what comes while it is looked at', async ({ window }) => {
  await goTo(window, 'Ledger');
  await window.getByRole('button', { name: 'Set up wallet' }).click();
  const setup = window.getByRole('dialog', { name: 'Set up the wallet' });
  await setup.getByRole('switch', { name: 'Pay calls from the wallet' }).click();
  await setup.getByRole('button', { name: 'Save' }).click();
  const entries = window.getByRole('region', { name: 'Entries', exact: true });
  await showKind(window, 'Grant');
  await expect(entries).toContainText('No grants yet');
  for (const [index, reason] of ['first', 'second'].entries()) {
    await window.getByRole('button', { name: 'Add money' }).click();
    const adding = window.getByRole('dialog', { name: 'Add money to the wallet' });
    await adding.getByRole('textbox', { name: 'Amount' }).fill('1');
    await adding.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await adding.getByRole('button', { name: 'Add money' }).click();
    await expect(entries.getByRole('row')).toHaveCount(index + 2);
    await expect(adding).toBeHidden();
  }
  await expect(window.getByRole('region', { name: 'Wallet' })).toContainText('$2.00');
});

test('the books are reconciled when somebody asks', async ({ window, gateway }) => {
  await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).text();
  await goTo(window, 'Ledger');
  const card = window.getByRole('region', { name: 'Reconciliation' });
  await expect(card).toContainText('Not run yet');
  await card.getByRole('button', { name: 'Reconcile now' }).click();
  await expect(card).toContainText('Everything agrees');
  await expect(card).toContainText('Checked 3 entries, 0 open holds, 1 record.');
  await goTo(window, 'Overview');
  await goTo(window, 'Ledger');
  await expect(card).toContainText('Everything agrees');
  await card.getByRole('button', { name: 'Compare a bill' }).click();
  const comparing = window.getByRole('dialog', { name: "Compare a provider's bill" });
  await comparing.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(comparing).toContainText('Choose whose bill it is');
  await expectAccessible(window);
});

test('what a bill says otherwise is corrected only after somebody says so, with a reason', async ({
  window,
  gateway,
  dataDir,
}) => {
  await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).text();
  await goTo(window, 'Ledger');
  const { path, day } = writeBill(dataDir, '1.25');
  const card = window.getByRole('region', { name: 'Reconciliation' });
  await expect(await compareBill(window, path)).toBeHidden();
  await expect(card).toContainText('1 difference, $1.25 in all');
  const differences = window.getByRole('region', { name: 'Differences', exact: true });
  await expect(differences).toContainText('The bill differs from the ledger');
  await expect(differences).toContainText('says 1.25 USD');
  await expect(differences).toContainText('Entry #2');

  await differences.getByRole('button', { name: 'Correct 1' }).click();
  const correcting = window.getByRole('dialog', { name: 'Correct the books?' });
  await expect(correcting).toContainText(`sim · echo, ${day} (UTC)`);
  await correcting.getByRole('button', { name: 'Write 1 correction' }).click();
  await expect(correcting).toContainText('Say why');
  await expectAccessible(window);
  const entries = window.getByRole('region', { name: 'Entries', exact: true });
  await expect(entries.getByRole('row')).toHaveCount(4);
  await correcting.getByRole('textbox', { name: 'Reason' }).fill('Bill of November');
  await correcting.getByRole('button', { name: 'Write 1 correction' }).click();
  await expect(correcting).toBeHidden();
  await expect(card).toContainText('Everything agrees');
  await expect(card).toContainText('1 correction was written.');
  await expect(differences).toBeHidden();
  await expect(entries.getByRole('row')).toHaveCount(5);
  await expect(entries.getByRole('row').nth(1)).toContainText('Correction');
  await expect(entries.getByRole('row').nth(1)).toContainText('Bill of November');
});

test('a correction of what a bill said needs the bill again, for its file is not kept', async ({ window, dataDir }) => {
  await goTo(window, 'Ledger');
  await expect(await compareBill(window, writeBill(dataDir, '2').path)).toBeHidden();
  const differences = window.getByRole('region', { name: 'Differences', exact: true });
  await expect(differences.getByRole('button', { name: 'Correct 1' })).toBeVisible();
  await goTo(window, 'Overview');
  await goTo(window, 'Ledger');
  await expect(differences).toContainText('compare the bill again');
  await expect(differences.getByRole('button', { name: /^Correct/ })).toBeHidden();
});

test('a bill that cannot be read is told where it was chosen', async ({ window, dataDir, expected }) => {
  expected.push(/status of 400/);
  await goTo(window, 'Ledger');
  const path = join(dataDir, 'letter.csv');
  writeFileSync(path, 'dear,sir\nno,costs\n');
  const comparing = await compareBill(window, path);
  await expect(comparing.getByRole('alert')).toContainText('The bill could not be compared');
  await comparing.getByRole('button', { name: 'Cancel' }).click();
  await expect(comparing).toBeHidden();
  await expect(window.getByText('The books could not be reconciled')).toBeHidden();
});

const withRecordsOnly = test.extend({
  dataDir: async ({ dataDir }, use) => {
    writeHistory(dataDir, history(Date.now()));
    await use(dataDir);
  },
});

withRecordsOnly('records that the ledger knows nothing of are listed, and open', async ({ window }) => {
  await goTo(window, 'Ledger');
  await window.getByRole('button', { name: 'Reconcile now' }).click();
  const differences = window.getByRole('region', { name: 'Differences', exact: true });
  await expect(differences).toContainText('A record differs from the ledger');
  await expect(differences.getByRole('button', { name: /^Correct/ })).toBeHidden();
  await expectAccessible(window);
  await differences
    .getByRole('button', { name: /^Open request/ })
    .first()
    .click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toBeVisible();
});

test('the database is backed up, to a path of its own or beside the data, and tidied', async ({
  window,
  dataDir,
  expected,
}) => {
  expected.push(/status of 409/);
  await goTo(window, 'Settings');
  const card = window.getByRole('region', { name: 'Database and backup' });
  await expect(card).toContainText(dataDir);
  await card.getByRole('button', { name: 'Back up now' }).click();
  await expect(card).toContainText('Backed up and checked');
  await expect(card).toContainText(join(dataDir, 'backups', 'gatehouse-'));

  const path = join(dataDir, 'my-copy.sqlite');
  await card.getByRole('textbox', { name: 'Back up to' }).fill(path);
  await card.getByRole('button', { name: 'Back up now' }).click();
  await expect(card.getByRole('status')).toContainText(path);
  expect(existsSync(path)).toBe(true);
  expect(statSync(path).mode & 0o077).toBe(0);
  await card.getByRole('button', { name: 'Back up now' }).click();
  await expect(card.getByRole('alert')).toContainText('is there already');
  await expect(card).not.toContainText('Backed up and checked');
  await expectAccessible(window);

  await card.getByRole('button', { name: 'Give space back' }).click();
  const asking = window.getByRole('dialog', { name: 'Write the database anew?' });
  await asking.getByRole('button', { name: 'Give space back' }).click();
  await expect(asking).toBeHidden();
  await expect(window.getByText('The database has')).toBeVisible();
});

test.describe('with a config file', () => {
  test.use({ config: 'version: 1\nwallet: { enabled: true, lowBalanceUsd: 5 }\n' });

  test('the wallet of the file is filled here, and set up there', async ({ window }) => {
    await goTo(window, 'Ledger');
    const wallet = window.getByRole('region', { name: 'Wallet' });
    await expect(wallet).toContainText('Empty');
    await expect(window.getByRole('button', { name: 'Set up wallet' })).toBeHidden();
    await wallet.getByRole('button', { name: 'Add money' }).click();
    const adding = window.getByRole('dialog', { name: 'Add money to the wallet' });
    await adding.getByRole('textbox', { name: 'Amount' }).fill('3');
    await adding.getByRole('textbox', { name: 'Reason' }).fill('A start');
    await window.keyboard.press('Enter');
    await expect(wallet).toContainText('Low');
    await expect(wallet).toContainText('$3.00');
  });
});
