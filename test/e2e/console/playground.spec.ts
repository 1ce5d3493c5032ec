import { expect, expectAccessible, goTo, test } from './fixtures.ts';
import { answered, ask, choose, messages, openPlayground } from './playground-parts.ts';

test('an answer streams, its call settles, and the trace tells all of it', async ({ window }) => {
  await openPlayground(window, 'sim/echo');
  await ask(window, 'The gate opens at dawn');
  await expect(messages(window).getByText('The gate opens at dawn')).toHaveCount(2);
  await expect(messages(window).getByRole('list', { name: 'Figures' })).toContainText('tok/s');
  await expectAccessible(window);

  await messages(window).getByRole('button', { name: 'Trace' }).click();
  const trace = window.getByRole('dialog', { name: 'Trace' });
  await expect(trace.getByRole('status')).toHaveText('Done');
  await expect(trace.getByRole('listitem').filter({ hasText: /^(Reserve|Charge|Release)/ })).toHaveText([
    /Reserve/,
    /Charge/,
    /Release/,
  ]);
  await expect(trace.getByRole('list', { name: 'Attempts' })).toContainText('Served');
  await expect(trace.getByRole('list', { name: 'Targets in order' })).toContainText('sim/echo');
  const id = await trace.locator('code').filter({ hasText: /^req_/ }).textContent();
  const headers = trace.getByRole('definition');
  await expect(headers.filter({ hasText: id ?? '' })).toHaveCount(2);
  await expect(trace.getByText('x-gatehouse-overhead-ms')).toBeVisible();
  await expect(trace).not.toContainText('unknown');
  await expectAccessible(window);
  await trace.getByRole('button', { name: 'Open the request' }).click();
  await expect(window.getByRole('dialog', { name: 'Request' })).toContainText(id ?? '');
});

test('Escape stops the answer, what arrived is settled, and it can be tried again', async ({ window }) => {
  await openPlayground(window, 'sim/long-200x50');
  await ask(window, 'Write');
  await expect(messages(window)).toContainText('Lorem');
  await window.keyboard.press('Escape');
  await expect(messages(window)).toContainText('Stopped. What arrived is settled');
  await expect(messages(window).getByRole('list', { name: 'Figures' })).toContainText('$');
  await expect(window.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await messages(window).getByRole('button', { name: 'Trace' }).click();
  const trace = window.getByRole('dialog', { name: 'Trace' });
  await expect(trace.getByRole('status')).toHaveText('Stopped');
  await expect(trace.getByRole('list', { name: 'Attempts' })).toContainText('sim/long-200x50');
  await expect(trace.getByRole('listitem').filter({ hasText: /^(Reserve|Charge|Release)/ })).toHaveCount(3);
  await window.keyboard.press('Escape');
  await choose(window, 'Model', 'sim/echo');
  await messages(window).getByRole('button', { name: 'Try again' }).click();
  await answered(window);
  await expect(messages(window)).not.toContainText('Stopped');
  await expect(messages(window).getByRole('paragraph').getByText('Write', { exact: true })).toBeVisible();
});

test('a failure shows the provider’s words, a cut answer does not look finished', async ({ window }) => {
  await openPlayground(window, 'sim/error-429');
  await ask(window, 'Hello');
  await expect(messages(window).getByRole('alert')).toBeVisible();
  await expect(messages(window).getByRole('list', { name: 'Figures' })).toContainText('not charged');
  await expectAccessible(window);
  await messages(window).getByRole('button', { name: 'Trace' }).click();
  const trace = window.getByRole('dialog', { name: 'Trace' });
  await expect(trace.getByRole('status')).toHaveText('Failed');
  await expect(trace.getByRole('list', { name: 'Attempts' })).toContainText('429');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Clear' }).click();

  await choose(window, 'Model', 'sim/cut');
  await ask(window, 'Hello');
  await expect(messages(window).getByRole('alert')).toContainText('upstream_cut');
});

test('questions can be put another way, deleted and cleared; leaving the page keeps them', async ({ window }) => {
  await openPlayground(window, 'sim/echo');
  await ask(window, 'first question');
  await answered(window);
  await ask(window, 'second question');
  await answered(window);
  await window.getByRole('textbox', { name: 'Message', exact: true }).press('ArrowUp');
  const editor = window.getByRole('textbox', { name: 'Edit the question' });
  await expect(editor).toHaveValue('second question');
  await editor.fill('a better question');
  await editor.press('Enter');
  await answered(window);
  await expect(messages(window).getByText('second question')).toHaveCount(0);
  await expect(messages(window).getByText('a better question')).toHaveCount(2);

  await goTo(window, 'Overview');
  await goTo(window, 'Playground');
  await expect(messages(window).getByText('a better question')).toHaveCount(2);
  await messages(window).getByText('first question').first().hover();
  await messages(window).getByRole('button', { name: 'Delete question' }).first().click();
  await expect(messages(window).getByText('first question')).toHaveCount(0);
  await window.getByRole('button', { name: 'Clear' }).click();
  await expect(window.getByText('Ask sim/echo')).toBeVisible();
});

test('the newest words are followed until the person scrolls up; the composer stays in view', async ({ window }) => {
  await window.setViewportSize({ width: 900, height: 600 });
  await openPlayground(window, 'sim/echo');
  const long = Array.from({ length: 60 }, (_, line) => `- point ${line}`).join('\n');
  await ask(window, long);
  await answered(window);
  await expect(messages(window).getByRole('list', { name: 'Figures' })).toBeInViewport();
  await expect(window.getByRole('textbox', { name: 'Message', exact: true })).toBeInViewport();
  await messages(window).hover();
  await window.mouse.wheel(0, -700);
  await window.getByRole('button', { name: 'Newest' }).click();
  await expect(messages(window).getByRole('list', { name: 'Figures' })).toBeInViewport();
  await expect(window.getByRole('button', { name: 'Newest' })).toBeHidden();
});

test('a new window asks the same models, and knows nothing of what was said', async ({ window }) => {
  await openPlayground(window, 'auto:code');
  await window.getByRole('button', { name: 'Compare' }).click();
  await choose(window, 'Model 2', 'sim/reasoning');
  await ask(window, 'a secret of mine');
  await answered(window);
  await window.reload();
  await goTo(window, 'Playground');
  await expect(window.getByRole('combobox', { name: 'Model 1' })).toHaveValue('auto:code');
  await expect(window.getByRole('combobox', { name: 'Model 2' })).toHaveValue('sim/reasoning');
  await expect(window.getByText('Ask 2 models at once')).toBeVisible();
  const kept = await window.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).toContain('sim/reasoning');
  expect(kept).not.toContain('secret');
});

test.describe('without a provider', () => {
  test.use({ config: 'version: 1\nproviders: []\ndiscovery: { local: false }\n' });

  test('the page says what is missing and where to add it', async ({ window }) => {
    await goTo(window, 'Playground');
    await expect(window.getByText('No models yet')).toBeVisible();
    await window.getByRole('textbox', { name: 'Message', exact: true }).fill('hello');
    await expect(window.getByRole('button', { name: 'Send' })).toBeDisabled();
    await expectAccessible(window);
    await window.getByRole('link', { name: 'Go to Providers' }).click();
    await expect(window.getByRole('heading', { name: 'Providers', level: 1 })).toBeVisible();
  });
});
