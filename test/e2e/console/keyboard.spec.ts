import { expect, goTo, test } from './fixtures.ts';

test('the whole window works without a mouse', async ({ window }) => {
  await window.reload();
  await expect(window.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await window.keyboard.press('Tab');
  await expect(window.getByRole('button', { name: 'Skip to the page' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('main')).toBeFocused();

  await window.keyboard.press('g');
  await window.keyboard.press('l');
  await expect(window.getByRole('heading', { name: 'Ledger', level: 1 })).toBeFocused();

  await window.keyboard.press('?');
  const help = window.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  for (let presses = 0; presses < 6; presses++) {
    await window.keyboard.press('Tab');
    expect(await help.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  }
  await window.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('letters typed into a field are letters, and shortcuts can be switched off', async ({ window }) => {
  await goTo(window, 'Playground');
  await window.getByRole('textbox', { name: 'Message' }).pressSequentially('gl?');
  await expect(window.getByRole('textbox', { name: 'Message' })).toHaveValue('gl?');
  await goTo(window, 'Settings');
  await window.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await window.getByRole('heading', { name: 'Settings', level: 1 }).focus();
  await window.keyboard.press('?');
  await window.keyboard.press('g');
  await window.keyboard.press('o');
  await expect(window.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(window.getByRole('dialog')).toBeHidden();
});
