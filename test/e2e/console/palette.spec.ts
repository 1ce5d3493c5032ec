/** Everything in reach of the keyboard: the palette finds pages, actions, models, providers and requests, and does them. */
import type { Page } from '@playwright/test';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

function palette(window: Page) {
  const dialog = window.getByRole('dialog', { name: 'Command palette' });
  return { dialog, field: dialog.getByRole('combobox'), options: dialog.getByRole('option') };
}

async function type(window: Page, text: string): Promise<void> {
  await window.keyboard.press('ControlOrMeta+k');
  await expect(palette(window).field).toBeFocused();
  await window.keyboard.type(text);
}

test('pages, actions and dialogs by a few letters and Enter, without a mouse', async ({ window }) => {
  const { dialog, field, options } = palette(window);
  await goTo(window, 'Settings');
  await window.getByRole('textbox', { name: 'Port' }).focus();
  await window.keyboard.press('ControlOrMeta+k');
  await expect(field).toBeFocused();
  await expect(options.first()).toHaveAccessibleName('Overview');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(window);
  await window.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-activedescendant', (await options.nth(1).getAttribute('id')) ?? 'none');
  await window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(window.getByRole('textbox', { name: 'Port' })).toBeFocused();

  await type(window, 'rule');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('tab', { name: 'Rules' })).toHaveAttribute('aria-selected', 'true');
  await expect(window.getByRole('heading', { name: 'Routing', level: 1 })).toBeFocused();

  await type(window, 'new budget');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog', { name: 'Add a budget' })).toBeVisible();
  await window.keyboard.press('ControlOrMeta+k');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(window).toHaveURL(/#\/budgets$/);

  await type(window, 'verify');
  await window.keyboard.press('Enter');
  await expect(window.getByText('The ledger is sound')).toBeVisible();

  await type(window, 'no such thing');
  await expect(options).toHaveCount(0);
  await expect(dialog).toContainText('Nothing fits');
  await expectAccessible(window);
  await window.keyboard.press('Escape');

  await window.keyboard.press('?');
  await expect(window.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Find anything');
});

test('actions act at once: pause and resume, theme, backup, copy', async ({ window, context, gateway }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await type(window, 'pause');
  await window.keyboard.press('Enter');
  await expect(window.getByText('All calls are paused.')).toBeVisible();
  await type(window, 'resume');
  await window.keyboard.press('Enter');
  await expect(window.getByText('All calls are paused.')).toBeHidden();

  await type(window, 'dark mode');
  await window.keyboard.press('Enter');
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');

  await type(window, 'backup');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('alert').filter({ hasText: 'Backed up' })).toContainText('backups');

  await type(window, 'base url');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('alert').filter({ hasText: 'Copied' })).toBeVisible();
  expect(await window.evaluate(() => navigator.clipboard.readText())).toBe(gateway.baseUrl);
});

test('models, providers and requests are found by name and id', async ({ window, gateway }) => {
  const answer = await chat(gateway, firstKey(gateway), { model: 'sim/echo' }, 'palette-spec');
  const requestId = answer.headers.get('x-request-id') ?? '';
  await answer.text();
  await expect(window.getByRole('row').filter({ hasText: 'palette-spec' })).toContainText('Settled');

  await type(window, 'lorem 1000');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog', { name: 'Model' })).toContainText('sim/lorem-1000');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(window).toHaveURL(/#\/models$/);

  await type(window, 'connect aider');
  // The tools are asked for when the palette opens.
  await expect(palette(window).options.first()).toContainText('Aider');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: /Aider/, level: 1 })).toBeFocused();

  await type(window, 'provider sim');
  await window.keyboard.press('Enter');
  await expect(window.locator('[data-provider="sim"]')).toHaveAttribute('data-shown', 'true');

  await type(window, 'palette-spec');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText(requestId);
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);

  await type(window, requestId);
  await expect(palette(window).options).toHaveCount(1);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText('OpenAI Chat Completions');
});
