import { chat, expect, expectAccessible, goTo, test } from './fixtures.ts';

test('a key is made, shown once, used, seen in the live feed, and revoked', async ({ window, gateway }) => {
  await goTo(window, 'Access keys');
  await window.getByRole('button', { name: 'Create key' }).click();
  const dialog = window.getByRole('dialog');

  await dialog.getByRole('textbox', { name: 'Name' }).fill('Not A Name');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByText('Use lower-case letters')).toBeVisible();

  await dialog.getByRole('textbox', { name: 'Name' }).fill('cline');
  await dialog.getByRole('textbox', { name: 'Project' }).fill('chatbot');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const shown = dialog.getByText(/^gh_/);
  await expect(shown).toBeVisible();
  await expectAccessible(window);
  const key = (await shown.textContent()) ?? '';
  // Neither a stray Escape nor a click outside may lose the only sight of it.
  await window.keyboard.press('Escape');
  await expect(shown).toBeVisible();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(dialog).toBeHidden();
  await expect(window.locator('body')).not.toContainText(key);

  const row = window.getByRole('row', { name: /cline/ });
  await expect(row).toContainText('never');
  expect((await chat(gateway, key, { model: 'sim/echo' })).status).toBe(200);
  await expect(row).toContainText('just now');
  await expect(row).not.toContainText('never');

  await goTo(window, 'Overview');
  const request = window.getByRole('row', { name: /sim\/echo/ });
  await expect(request).toContainText('Settled');
  await expect(request).toContainText('cline');
  await request.getByRole('button').click();
  const drawer = window.getByRole('dialog', { name: 'Request' });
  await expect(drawer.getByRole('definition').filter({ hasText: 'chatbot' })).toBeVisible();
  await expect(drawer.getByRole('listitem')).toHaveCount(3);
  await expectAccessible(window);
  await window.keyboard.press('Escape');

  await goTo(window, 'Access keys');
  await window.getByRole('button', { name: 'Revoke cline' }).click();
  const confirm = window.getByRole('dialog', { name: 'Revoke cline?' });
  await expect(confirm.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await confirm.getByRole('button', { name: 'Revoke key' }).click();
  await expect(row).toContainText('Revoked');
  const refused = await chat(gateway, key, { model: 'sim/echo' });
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain('revoked_access_key');
});

test('a name that is taken is said to be taken', async ({ window, expected }) => {
  expected.push(/status of 409/);
  await goTo(window, 'Access keys');
  await window.getByRole('button', { name: 'Create key' }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('default');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByRole('alert')).toContainText('default');
});
