import type { Page } from '@playwright/test';
import { expect, expectAccessible, firstKey } from './fixtures.ts';
import { ask, messages, openPlayground, saying, test } from './playground-parts.ts';

async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Prompts' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function save(page: Page, id: string, button: string): Promise<void> {
  await fromMenu(page, 'Save as…');
  const dialog = page.getByRole('dialog', { name: 'Save as a prompt' });
  await dialog.getByRole('combobox', { name: 'Id' }).fill(id);
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

test('prompts are saved in versions that never change, and two are compared', async ({ window }) => {
  await openPlayground(window, 'up/cheap');
  await fromMenu(window, 'Saved prompts…');
  await expect(window.getByText('No prompts saved')).toBeVisible();
  await window.keyboard.press('Escape');

  const field = window.getByRole('textbox', { name: 'Message', exact: true });
  await field.fill('Say hello to {{name}}');
  await fromMenu(window, 'Save as…');
  const dialog = window.getByRole('dialog', { name: 'Save as a prompt' });
  await dialog.getByRole('button', { name: 'Save prompt' }).click();
  await expect(dialog.getByText(/^Use lower-case letters/)).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Id' }).fill('greeting');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Save prompt' }).click();
  await expect(window.getByText('Saved as version 1 of greeting.')).toBeVisible();

  await save(window, 'greeting', 'Save version');
  await expect(window.getByText('greeting says this already: version 1.')).toBeVisible();
  await field.fill('Say goodbye to {{name}}');
  await save(window, 'greeting', 'Save version');
  await expect(window.getByText('Saved as version 2 of greeting.')).toBeVisible();

  await fromMenu(window, 'Saved prompts…');
  const prompts = window.getByRole('dialog', { name: 'Saved prompts' });
  await prompts.getByRole('combobox', { name: 'Compare with' }).click();
  await window.getByRole('option', { name: 'Version 1' }).click();
  const changes = prompts.getByRole('group', { name: 'Changes from version 1 to version 2' });
  await expect(changes.locator('del')).toHaveText(['hello']);
  await expect(changes.locator('ins')).toHaveText(['goodbye']);
  await expectAccessible(window);
});

test('a saved prompt is opened with its variables, used by id, and removed', async ({ window, upstream, gateway }) => {
  upstream.answer(saying('Hello, Ada!'));
  await openPlayground(window, 'up/cheap');
  const field = window.getByRole('textbox', { name: 'Message', exact: true });
  const system = window.getByRole('textbox', { name: 'System prompt' });
  await system.fill('You greet people.');
  await field.fill('Say hello to {{name}}');
  await save(window, 'greeting', 'Save prompt');
  await system.fill('');

  await fromMenu(window, 'Saved prompts…');
  const prompts = window.getByRole('dialog', { name: 'Saved prompts' });
  await prompts.getByRole('button', { name: 'Use by id' }).click();
  const code = window.getByRole('dialog', { name: 'This call as code' }).getByRole('region', { name: 'code' });
  await expect(code).toContainText('"id": "gatehouse/greeting"');
  await expect(code).toContainText('"version": 1');
  await window.keyboard.press('Escape');
  const used = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${firstKey(gateway)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'up/cheap',
      messages: [],
      stream: true,
      prompt: { id: 'gatehouse/greeting', version: 1, variables: { name: 'Bob' } },
    }),
  });
  expect(used.status).toBe(200);
  expect(String(upstream.requests.at(-1)?.body)).toContain('Say hello to Bob');

  await fromMenu(window, 'Saved prompts…');
  await prompts.getByRole('textbox', { name: '{{name}}' }).fill('Ada');
  await prompts.getByRole('button', { name: 'Open in the playground' }).click();
  await expect(field).toHaveValue('Say hello to Ada');
  await expect(system).toHaveValue('You greet people.');
  await field.press('Enter');
  await expect(messages(window).getByText('Hello, Ada!')).toBeVisible();

  await fromMenu(window, 'Saved prompts…');
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
