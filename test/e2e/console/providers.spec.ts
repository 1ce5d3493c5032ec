import { completion, json, startUpstream } from '../../support/gateway/upstream.ts';
import { expect, expectAccessible, goTo, test } from './fixtures.ts';

test('a provider is added with its credential, tested, switched off and removed', async ({ window }) => {
  const upstream = await startUpstream(json(200, completion()));
  try {
    await goTo(window, 'Providers');
    await expect(window.getByText('Credentials are kept in an encrypted file')).toBeVisible();
    await window.getByRole('button', { name: 'Add provider' }).click();
    const dialog = window.getByRole('dialog', { name: 'Add a provider' });
    await dialog.getByRole('combobox', { name: 'Kind' }).click();
    await window.getByRole('option', { name: /OpenAI-compatible/ }).click();
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog.getByText('Give the provider a name')).toBeVisible();
    await expect(dialog.getByText('This kind needs the address of the server')).toBeVisible();
    await expectAccessible(window);

    await dialog.getByRole('textbox', { name: 'Name' }).fill('local');
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(upstream.baseUrl);
    const asks = dialog.getByRole('checkbox', { name: 'This server asks for a credential' });
    if (!(await asks.isChecked())) await asks.check();
    await dialog.getByRole('textbox', { name: 'Credential' }).fill('sk-test-1234567890abcdef');
    await dialog.getByRole('button', { name: 'Add model' }).click();
    await dialog.getByRole('textbox', { name: 'Model 1, name' }).fill('m');
    await dialog.getByRole('textbox', { name: 'Model 1, input price' }).fill('1');
    await dialog.getByRole('textbox', { name: 'Model 1, output price' }).fill('2');
    await dialog.getByRole('textbox', { name: 'Model 1, most output tokens' }).fill('1000');
    await expectAccessible(window);
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog).toBeHidden();

    const provider = window.getByRole('article', { name: 'local' });
    await expect(provider).toContainText('Encrypted file');
    await expect(window.locator('body')).not.toContainText('sk-test-1234567890abcdef');
    await expectAccessible(window);

    await provider.getByRole('button', { name: 'Test local' }).click();
    const sent = await upstream.next();
    expect(sent.headers.authorization).toBe('Bearer sk-test-1234567890abcdef');
    await expect(window.getByRole('alert').filter({ hasText: 'local' }).last()).toBeVisible();

    await provider.getByRole('button', { name: 'More for local' }).click();
    await window.getByRole('menuitem', { name: 'Remove credential' }).click();
    await window.getByRole('dialog').getByRole('button', { name: 'Remove credential' }).click();
    await expect(provider).toContainText('No credential');
    await expect(provider.getByRole('button', { name: 'Add credential' })).toBeVisible();

    await provider.getByRole('button', { name: 'More for local' }).click();
    await window.getByRole('menuitem', { name: 'Switch off' }).click();
    await expect(provider).toContainText('Off');

    await provider.getByRole('button', { name: 'More for local' }).click();
    await window.getByRole('menuitem', { name: 'Remove provider' }).click();
    await window.getByRole('dialog').getByRole('button', { name: 'Remove provider' }).click();
    await expect(provider).toBeHidden();
  } finally {
    await upstream.close();
  }
});
