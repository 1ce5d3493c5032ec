/** The Activity page: config versions with what they changed and a way back, and how many alerts nobody looked at yet. */
import type { Page } from '@playwright/test';
import { test as base, chat, expect, expectAccessible, firstKey, goTo, openConsole, test } from './fixtures.ts';

async function setCap(window: Page, usd: string): Promise<void> {
  const cap = window.getByRole('textbox', { name: 'Cap', exact: true });
  await cap.fill(usd);
  await window.getByRole('button', { name: 'Save cap' }).click();
  await expect(window.getByText('The cap is set.').last()).toBeVisible();
}

test('a version shows what it changed, and is restored after showing what that changes', async ({ window }) => {
  await goTo(window, 'Settings');
  await window.getByRole('switch', { name: 'Stop calls at a cap' }).click();
  await setCap(window, '20');
  await setCap(window, '35');

  await goTo(window, 'Activity');
  await window.getByRole('tab', { name: 'Config versions' }).click();
  const versions = window.getByRole('list', { name: 'Config versions' }).getByRole('button');
  await expect(versions).toHaveCount(3);
  await expect(versions.first()).toContainText('In use');
  const changes = window.getByRole('region', { name: 'Changes of version 3' });
  await expect(changes.getByRole('deletion')).toHaveText(/limitUsd: 20$/);
  await expect(changes.getByRole('insertion')).toHaveText(/limitUsd: 35$/);
  await expect(window.getByText('1 line added, 1 removed')).toBeVisible();
  await expectAccessible(window);
  const fold = changes.getByRole('button', { name: /unchanged lines/ }).first();
  await fold.click();
  await expect(changes).toContainText('version: 1');

  await versions.nth(1).click();
  await window.getByRole('radiogroup', { name: 'What to show' }).getByText('Against now').click();
  await expect(window.getByRole('region', { name: 'Changes since version 2' }).getByRole('insertion')).toHaveText(
    /limitUsd: 35$/,
  );
  await window.getByRole('button', { name: 'Restore this version' }).click();
  const dialog = window.getByRole('dialog', { name: 'Go back to version 2?' });
  await expect(dialog.getByRole('insertion')).toHaveText(/limitUsd: 20$/);
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Restore version 2' }).click();
  await expect(dialog).toBeHidden();
  await expect(window.getByText('Version 2 is in use again, as version 4.')).toBeVisible();
  await expect(versions).toHaveCount(4);
  await expect(versions.first()).toContainText('Back to version 2', { ignoreCase: true });
  await goTo(window, 'Settings');
  await expect(window.getByRole('textbox', { name: 'Cap', exact: true })).toHaveValue(/20/);
});

test('the versions follow what others apply while the page is open', async ({ window, gateway, context }) => {
  await goTo(window, 'Activity');
  await window.getByRole('tab', { name: 'Config versions' }).click();
  const versions = window.getByRole('list', { name: 'Config versions' }).getByRole('button');
  await expect(versions).toHaveCount(1);
  await expect(window.getByText('This is the first version on record')).toBeVisible();
  const other = await context.newPage();
  await openConsole(other, gateway);
  await goTo(other, 'Settings');
  await other.getByRole('switch', { name: 'Stop calls at a cap' }).click();
  await setCap(other, '20');
  await expect(versions).toHaveCount(2);
  await expect(window.getByRole('region', { name: 'Changes of version 2' })).toContainText('limitUsd: 20');
});

base.describe('managed by a file', () => {
  base.use({ config: 'version: 1\nproviders: [{ id: sim, kind: simulator }]\n' });
  base('versions are shown, but the file alone decides', async ({ window }) => {
    await goTo(window, 'Activity');
    await window.getByRole('tab', { name: 'Config versions' }).click();
    await expect(window.getByText('Managed by a config file')).toBeVisible();
    await expect(window.getByRole('list', { name: 'Config versions' }).getByRole('button')).toHaveCount(1);
  });
});

base.describe('unread alerts', () => {
  base.use({
    config: `
version: 1
providers:
  - id: sim
    kind: simulator
    models: [{ id: echo, inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 8000, maxOutputTokens: 100 }]
budgets: [{ id: cap, scope: global, window: day, limitUsd: 1, alertAt: [0.000001] }]
`,
  });
  base(
    'are counted beside Activity until it is opened, also by a window that opens later',
    async ({ window, gateway }) => {
      const entry = window.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Activity/ });
      await expect(entry).toHaveAccessibleName('Activity');
      await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' })).text();
      await expect(entry).toHaveAccessibleName(/1 new$/);
      await window.reload();
      await expect(entry).toHaveAccessibleName(/1 new$/);
      await expectAccessible(window);
      await entry.click();
      await expect(window.getByRole('list', { name: 'Alerts' })).toBeVisible();
      await expect(entry).toHaveAccessibleName('Activity');
      await window.reload();
      await expect(window.getByRole('list', { name: 'Alerts' })).toBeVisible();
      await expect(entry).toHaveAccessibleName('Activity');
    },
  );
});
