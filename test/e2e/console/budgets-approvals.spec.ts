/** A budget that asks: real calls wait while the window asks, and go on, or not, as the person says. */
import type { Page } from '@playwright/test';
import type { GatewayProcess } from '../../support/gateway/process.ts';
import { chat, expect, expectAccessible, firstKey, goTo, test } from './fixtures.ts';

/** Nothing fits under it, so every call asks. */
async function addAskingBudget(window: Page): Promise<void> {
  await goTo(window, 'Budgets & limits');
  await window.getByRole('button', { name: 'Add budget' }).first().click();
  const dialog = window.getByRole('dialog', { name: 'Add a budget' });
  await dialog.getByRole('textbox', { name: 'Limit' }).fill('0.00001');
  await dialog.getByRole('radio', { name: 'Ask me' }).check();
  await dialog.getByRole('button', { name: 'Add budget' }).click();
  await expect(dialog).toBeHidden();
}

const desk = (window: Page) => window.getByRole('region', { name: 'A call waits for you' });

function call(gateway: GatewayProcess, client: string): Promise<Response> {
  return chat(gateway, firstKey(gateway), { model: 'sim/echo', max_tokens: 100 }, client);
}

test('a call that waits is allowed once, from another page, and goes through', async ({ window, gateway }) => {
  await addAskingBudget(window);
  await goTo(window, 'Models');
  const answer = call(gateway, 'aider');
  await expect(desk(window)).toContainText('aider asks for sim/echo');
  await expect(desk(window)).toContainText('$0.00001 of $0.00001');
  await expect(window.locator('[aria-live="assertive"]').filter({ hasText: 'Press F8 to answer' })).toBeAttached();
  await expectAccessible(window);
  await desk(window).getByRole('button', { name: 'Allow once' }).click();
  expect((await answer).status).toBe(200);
  await expect(desk(window)).toBeHidden();
});

test('several calls queue and are answered by keyboard, and the focus goes back', async ({ window, gateway }) => {
  await addAskingBudget(window);
  await goTo(window, 'Models');
  const search = window.getByRole('textbox', { name: 'Search models' });
  await search.focus();
  const first = call(gateway, 'first');
  await expect(desk(window)).toContainText('first asks');
  const second = call(gateway, 'second');
  await expect(desk(window)).toContainText('and 1 more');
  // Somebody is typing: the question must not take the keys.
  await expect(search).toBeFocused();

  await window.keyboard.press('F8');
  await expect(desk(window).getByRole('button', { name: 'Allow once' })).toBeFocused();
  await window.keyboard.press('Tab');
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  const refused = await first;
  expect(refused.status).toBe(402);
  expect(await refused.text()).toContain('budget_exceeded');

  await expect(desk(window)).toContainText('second asks');
  await expect(desk(window).getByRole('button', { name: 'Allow once' })).toBeFocused();
  await window.keyboard.press('Enter');
  expect((await second).status).toBe(200);
  await expect(desk(window)).toBeHidden();
  await expect(search).toBeFocused();
});

test('raising the budget lets every call through that waits for it, and those that follow', async ({
  window,
  gateway,
}) => {
  await addAskingBudget(window);
  const waiting = [call(gateway, 'one'), call(gateway, 'two')];
  await expect(desk(window)).toContainText('and 1 more');
  await desk(window).getByRole('button', { name: 'Raise to' }).click();
  const limit = desk(window).getByRole('textbox', { name: 'New limit' });
  await expect(limit).toBeFocused();
  await limit.fill('0.00002');
  await desk(window).getByRole('button', { name: 'Raise', exact: true }).click();
  await expect(desk(window)).toContainText('This call needs');
  await expectAccessible(window);
  await limit.fill('1');
  await desk(window).getByRole('button', { name: 'Raise', exact: true }).click();
  for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200);
  await expect(desk(window)).toBeHidden();
  await expect(window.getByRole('list', { name: 'Budgets' })).toContainText('$1 per month');
  expect((await call(gateway, 'three')).status).toBe(200);
});

test('a client that leaves is asked about no more', async ({ window, gateway }) => {
  await addAskingBudget(window);
  const leaving = new AbortController();
  const left = fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    signal: leaving.signal,
    headers: { authorization: `Bearer ${firstKey(gateway)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim/echo', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] }),
  }).catch((error: unknown) => error);
  await expect(desk(window)).toContainText('asks for sim/echo');
  leaving.abort();
  await left;
  await expect(desk(window)).toBeHidden();
});
