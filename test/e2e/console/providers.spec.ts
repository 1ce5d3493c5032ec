import { completion, json, startUpstream } from '../../support/gateway/upstream.ts';
import { OLLAMA_ROUTES, startLocalServer } from '../../support/local-server.ts';
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

test('every kind can be added, with what it needs and where its keys are made', async ({ window }) => {
  await goTo(window, 'Providers');
  await window.getByRole('button', { name: 'Add provider' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add a provider' });
  const kind = dialog.getByRole('combobox', { name: 'Kind' });
  await kind.click();
  for (const group of ['Hosted', 'On this machine', 'Compatible servers']) {
    await expect(window.getByRole('listbox').getByText(group, { exact: true })).toBeVisible();
  }
  await expect(window.getByRole('option')).toHaveCount(15);
  await window.getByRole('option', { name: 'Amazon Bedrock' }).click();
  await expect(dialog.getByRole('link', { name: /^Make one at console\.aws/ })).toHaveAttribute('target', '_blank');
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(dialog.getByText('This kind needs a region, such as us-east-1')).toBeVisible();
  await expectAccessible(window);
  await dialog.getByRole('textbox', { name: 'Region' }).fill('eu-central-1');
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  await expect(dialog).toBeHidden();
  await expect(window.getByRole('article', { name: 'bedrock' })).toContainText('eu-central-1');
});

const besideOllama = test.extend({
  gatewayEnv: async ({ browserName: _ }, use) => {
    const server = await startLocalServer(OLLAMA_ROUTES);
    await use({ OLLAMA_HOST: server.origin });
    await server.close();
  },
});

besideOllama(
  'a server on this machine is found, asked for its models, and left alone when told to',
  async ({ window, gatewayEnv }) => {
    await goTo(window, 'Providers');
    const found = window.getByRole('list', { name: 'Servers found' });
    await expect(found).toContainText(`${gatewayEnv.OLLAMA_HOST}/v1`);
    await expect(found).toContainText('served as ollama');
    const ollama = window.getByRole('article', { name: 'ollama' });
    await expect(ollama).toContainText('found on this machine');
    await expectAccessible(window);

    await ollama.getByRole('button', { name: 'More for ollama' }).click();
    await expect(window.getByRole('menuitem', { name: 'Edit provider' })).toBeHidden();
    await window.getByRole('menuitem', { name: 'Refresh models' }).click();
    await expect(window.getByRole('alert')).toContainText('ollama lists 2 models');

    await window.getByRole('switch', { name: /Look for Ollama/ }).click();
    await expect(found).toBeHidden();
    await expect(ollama).toBeHidden();
    await window.getByRole('switch', { name: /Look for Ollama/ }).click();
    await expect(ollama).toBeVisible();
  },
);
