import { expect, expectAccessible, goTo, test } from './fixtures.ts';

/** One server with 1,200 models: the first is dear, the second free, the others say no price. */
const MANY = [
  'version: 1',
  'providers:',
  '  - id: sim',
  '    kind: simulator',
  '  - id: farm',
  '    kind: openai-compatible',
  '    baseUrl: http://127.0.0.1:9/v1',
  '    models:',
  '      - { id: model-1, inputUsdPerMTok: 9000, outputUsdPerMTok: 9500, contextTokens: 128000, tier: premium }',
  '      - { id: model-2, inputUsdPerMTok: 0, outputUsdPerMTok: 0, contextTokens: 8192, tier: economy }',
  ...Array.from({ length: 1198 }, (_, index) => `      - { id: model-${index + 3} }`),
  'discovery: { local: false }',
  '',
].join('\n');

test.describe('with 1,200 models of one server', () => {
  test.use({ config: MANY });

  test('models are searched, filtered, sorted and compared', async ({ window }) => {
    await window.keyboard.press('g');
    await window.keyboard.press('m');
    await expect(window.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
    const rows = window.locator('[data-model]');
    await expect(rows.first()).toBeVisible();
    expect(await rows.count()).toBeLessThan(60);

    await window.getByRole('combobox', { name: 'Provider' }).click();
    await window.getByRole('option', { name: 'farm' }).click();
    await expect(window.getByRole('status').filter({ hasText: '1,200 of' })).toBeVisible();
    await expect(window.locator('[data-model="farm/model-3"]')).toContainText('unknown');

    const byInput = window.getByRole('columnheader', { name: 'Input', exact: true });
    await byInput.getByRole('button').click();
    await expect(byInput).toHaveAttribute('aria-sort', 'ascending');
    await expect(rows.first()).toContainText('farm/model-2');
    await expect(rows.first()).toContainText('free');
    await byInput.getByRole('button').click();
    await expect(rows.first()).toContainText('$9,000.00');

    const list = window.getByRole('region', { name: 'List of models' });
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(window.locator('[data-model="farm/model-1200"]')).toBeVisible();

    for (const id of ['farm/model-1', 'farm/model-2', 'farm/model-3', 'farm/model-4']) {
      await window.getByRole('textbox', { name: 'Search models' }).fill(id);
      await window.getByRole('checkbox', { name: `Compare ${id}`, exact: true }).check();
    }
    await expect(window.getByRole('checkbox', { name: 'Compare farm/model-40', exact: true })).toBeDisabled();
    await window.getByRole('button', { name: 'Compare 4' }).click();
    const dialog = window.getByRole('dialog', { name: 'Compare 4 models' });
    await expect(dialog.getByRole('row', { name: /^Input price/ })).toContainText('free (lowest)');
    await expectAccessible(window);
    await window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    await window.getByRole('textbox', { name: 'Search models' }).fill('nothing is called this');
    await expect(window.getByText('No model matches')).toBeVisible();
    await expectAccessible(window);
    await window.getByRole('button', { name: 'Show all models' }).click();
    await expect(rows.first()).toBeVisible();
  });
});

test('capabilities filter by keyboard, and a name is copied', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await goTo(window, 'Models');
  const count = window.getByRole('search').getByRole('status');
  await expect(count).toHaveText(/^\d+ models$/);
  await window.getByRole('checkbox', { name: 'Vision', exact: true }).focus();
  await window.keyboard.press('Space');
  await expect(count).toHaveText(/ of \d+ models/);
  await expectAccessible(window);
  await window.keyboard.press('Space');
  await expect(count).toHaveText(/^\d+ models$/);

  await window.getByRole('textbox', { name: 'Search models' }).fill('sim/echo');
  const row = window.locator('[data-model="sim/echo"]');
  await row.getByRole('button', { name: 'Copy sim/echo' }).click();
  await expect(row.getByRole('button', { name: 'Copied sim/echo' })).toBeVisible();
  expect(await window.evaluate(() => navigator.clipboard.readText())).toBe('sim/echo');
  await row.getByRole('button', { name: 'sim/echo', exact: true }).click();
  const dialog = window.getByRole('dialog', { name: 'Model' });
  await expect(dialog.getByRole('row', { name: /^Input price/ })).toBeVisible();
});

test('a small window gives the whole width to the columns it keeps', async ({ window }) => {
  await window.setViewportSize({ width: 900, height: 600 });
  await goTo(window, 'Models');
  const list = window.getByRole('region', { name: 'List of models' });
  await expect(list.getByRole('columnheader', { name: 'Tier' })).toBeHidden();
  const last = await list.getByRole('columnheader', { name: 'Cache read' }).boundingBox();
  const whole = await list.boundingBox();
  if (last === null || whole === null) throw new Error('the list is not on the screen');
  expect(last.x + last.width).toBeGreaterThan(whole.x + whole.width - 20);
});
