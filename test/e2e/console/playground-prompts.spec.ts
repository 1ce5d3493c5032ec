import { expect, expectAccessible, firstKey } from './fixtures.ts';
import { ask, messages, openPlayground, saying, test } from './playground-parts.ts';

test('a prompt is saved in versions, compared, opened with its variables, used by id, and removed', async ({
  window,
  upstream,
  gateway,
}) => {
  await openPlayground(window, 'up/cheap');
  const field = window.getByRole('textbox', { name: 'Message', exact: true });
  const menu = window.getByRole('button', { name: 'Prompts' });
  await window.getByRole('textbox', { name: 'System prompt' }).fill('You greet people.');
  await field.fill('Say hello to {{name}}');

  await menu.click();
  await window.getByRole('menuitem', { name: 'Saved prompts…' }).click();
  await expect(window.getByText('No prompts saved')).toBeVisible();
  await window.keyboard.press('Escape');

  await menu.click();
  await window.getByRole('menuitem', { name: 'Save as…' }).click();
  const save = window.getByRole('dialog', { name: 'Save as a prompt' });
  await save.getByRole('button', { name: 'Save prompt' }).click();
  await expect(save.getByText(/^Use lower-case letters/)).toBeVisible();
  await save.getByRole('combobox', { name: 'Id' }).fill('greeting');
  await expectAccessible(window);
  await save.getByRole('button', { name: 'Save prompt' }).click();
  await expect(window.getByText('Saved as version 1 of greeting.')).toBeVisible();

  await field.fill('Say goodbye to {{name}}');
  await menu.click();
  await window.getByRole('menuitem', { name: 'Save as…' }).click();
  await save.getByRole('combobox', { name: 'Id' }).fill('greeting');
  await save.getByRole('textbox', { name: 'Name of this version' }).fill('farewell');
  await save.getByRole('checkbox', { name: /Keep with it: model up\/cheap/ }).check();
  await save.getByRole('button', { name: 'Save version' }).click();
  await expect(window.getByText('Saved as version 2 of greeting.')).toBeVisible();

  await menu.click();
  await window.getByRole('menuitem', { name: 'Saved prompts…' }).click();
  const prompts = window.getByRole('dialog', { name: 'Saved prompts' });
  await prompts.getByRole('combobox', { name: 'Compare with' }).click();
  await window.getByRole('option', { name: 'Version 1' }).click();
  const changes = prompts.getByRole('group', { name: 'Changes from version 1 to version 2' });
  await expect(changes.locator('del')).toHaveText(['hello']);
  await expect(changes.locator('ins').first()).toHaveText('goodbye');
  await expectAccessible(window);

  await prompts.getByRole('button', { name: 'Use by id' }).click();
  const code = window.getByRole('dialog', { name: 'This call as code' });
  await expect(code.getByRole('region', { name: 'code' })).toContainText('"id": "gatehouse/greeting"');
  await expect(code.getByRole('region', { name: 'code' })).toContainText('"version": 2');
  await window.keyboard.press('Escape');

  await menu.click();
  await window.getByRole('menuitem', { name: 'Saved prompts…' }).click();
  await prompts.getByRole('combobox', { name: 'Version' }).click();
  await window.getByRole('option', { name: 'Version 1' }).click();
  await prompts.getByRole('textbox', { name: '{{name}}' }).fill('Ada');
  await prompts.getByRole('button', { name: 'Open in the playground' }).click();
  await expect(field).toHaveValue('Say hello to Ada');
  await expect(window.getByRole('textbox', { name: 'System prompt' })).toHaveValue('You greet people.');
  upstream.answer(saying('Hello, Ada!'));
  await field.press('Enter');
  await expect(messages(window).getByText('Hello, Ada!')).toBeVisible();

  const used = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${firstKey(gateway)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messages: [],
      stream: true,
      prompt: { id: 'gatehouse/greeting', version: 2, variables: { name: 'Bob' } },
    }),
  });
  expect(used.status).toBe(200);
  expect(String(upstream.requests.at(-1)?.body)).toContain('Say goodbye to Bob');

  await menu.click();
  await window.getByRole('menuitem', { name: 'Saved prompts…' }).click();
  await prompts.getByRole('button', { name: 'Remove' }).click();
  await window.getByRole('dialog', { name: 'Remove greeting?' }).getByRole('button', { name: 'Remove prompt' }).click();
  await expect(window.getByText('No prompts saved')).toBeVisible();
});

test('a call is shown as code in three languages, as it was sent', async ({ window, upstream }) => {
  await openPlayground(window, 'up/cheap');
  upstream.answer(saying('Hi.'));
  await ask(window, 'As it was sent');
  await expect(messages(window).getByText('Hi.')).toBeVisible();
  await messages(window).getByRole('button', { name: 'Show as code' }).click();
  const dialog = window.getByRole('dialog', { name: 'This call as code' });
  const code = dialog.getByRole('region', { name: 'code' });
  await expect(code).toContainText('curl --no-buffer http://127.0.0.1:');
  await expect(code).toContainText('As it was sent');
  await dialog.getByText('Python', { exact: true }).click();
  await expect(code).toContainText('from openai import OpenAI');
  await dialog.getByText('TypeScript', { exact: true }).click();
  await expect(code).toContainText("import OpenAI from 'openai';");
  await expectAccessible(window);
  await window.keyboard.press('Escape');
  // What is being written comes before what was sent.
  await window.getByRole('textbox', { name: 'Message', exact: true }).fill('Not sent yet');
  await window.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(code).toContainText('Not sent yet');
});
