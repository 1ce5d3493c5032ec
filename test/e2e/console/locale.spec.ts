/** Dates, numbers and money as the person writes them, whatever the language of the words. */
import { test as base, chat, expect, firstKey, goTo } from './fixtures.ts';
import { history, writeHistory } from './usage-history.ts';

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    writeHistory(dataDir, history(Date.now()));
    await use(dataDir);
  },
});

test.use({ locale: 'de-DE', timezoneId: 'Asia/Kolkata' });

test('a German in Kolkata reads German figures at the hour of Kolkata', async ({ window, gateway }) => {
  const calledAtMs = Date.now();
  await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' }, 'locale-spec')).text();
  const row = window.getByRole('row').filter({ hasText: 'locale-spec' });
  await expect(row).toContainText('Settled');
  const clock = new Intl.DateTimeFormat('de-DE', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Kolkata' });
  await expect(row).toContainText(new RegExp(`${clock.format(calledAtMs)}|${clock.format(calledAtMs + 60_000)}`));
  await expect(row).toContainText(/0,\d+\s\$/);
  await expect(window.getByRole('region', { name: 'Spend' })).toContainText(/\d,\d+\s\$/);

  await goTo(window, 'Usage');
  await window.getByRole('radiogroup', { name: 'Period' }).getByText('30 days', { exact: true }).click();
  const table = window.getByRole('region', { name: /^Usage by/ });
  await expect(table).toContainText(/\d,\d{2}\s\$/);
  await expect(window.getByRole('main')).toContainText(/\d{2}\.\d{3}/);
  await expect(window.getByRole('main')).not.toContainText(/\$\d+\.\d/);
  for (const page of ['Ledger', 'Models', 'Budgets & limits', 'Settings']) {
    await goTo(window, page);
    await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
    await expect(window.getByRole('main')).not.toContainText(/\$\d+\.\d/);
  }
});
