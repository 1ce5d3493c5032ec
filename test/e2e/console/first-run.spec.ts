/** The guided start on a truly new installation: real keys in the environment, a model server, providers, a tool's calls. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { Page } from '@playwright/test';
import type { GatewayProcess } from '../../support/gateway/process.ts';
import type { ControlClient } from '../../support/gateway/start.ts';
import { completion, json, startUpstream } from '../../support/gateway/upstream.ts';
import { OLLAMA_ROUTES, startLocalServer } from '../../support/local-server.ts';
import { chat, expect, expectAccessible, firstKey, test } from './fixtures.ts';

const OPENAI = 'sk-test-aaaaaaaaaaaaaaaa-4f2a';
const BETTER = 'sk-test-dddddddddddddddd-5a5a';
const GROQ = 'gsk_test_bbbbbbbbbbbbbbbb_91c3';

const beginning = test.extend({
  gatewayEnv: async ({ browserName: _ }, use) => {
    const ollama = await startLocalServer(OLLAMA_ROUTES);
    await use({
      OLLAMA_HOST: ollama.origin,
      OPENAI_API_KEY: OPENAI,
      ANTHROPIC_API_KEY: 'sk-ant-cccccccccccccccccc-1111',
      ANTHROPIC_BASE_URL: 'https://models.example.test',
    });
    await ollama.close();
  },
});

const REFUSED = { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' };

/** The providers' addresses are set to a server of this machine, so that nothing of a test leaves it. */
function controlOf(gateway: GatewayProcess): ControlClient {
  const console = new URL(gateway.consoleUrl);
  const token = new URLSearchParams(console.hash.slice(1)).get('token') ?? '';
  return createORPCClient(
    new RPCLink({ url: `${console.origin}/_gatehouse/control`, headers: { authorization: `Bearer ${token}` } }),
  );
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const steps = (page: Page) => page.getByRole('navigation', { name: 'Steps' });

beginning.describe('a new installation', () => {
  beginning.use({ untouched: true });

  beginning('is led from the first key to the first call, and goes on where it was left', async ({ page, gateway }) => {
    const upstream = await startUpstream(json(401, { error: REFUSED }));
    try {
      await page.goto(gateway.consoleUrl);
      await expect(heading(page, 'Welcome to Gatehouse')).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
      await expect(page.getByRole('list', { name: 'Servers found' })).toContainText('2 models, served as ollama');
      const keys = page.getByRole('list', { name: 'Keys found' }).getByRole('listitem');
      await expect(keys.filter({ hasText: 'OPENAI_API_KEY' })).toContainText('sk-…4f2a');
      await expect(keys.filter({ hasText: 'ANTHROPIC_API_KEY' })).toContainText('https://models.example.test');
      await expect(page.getByRole('button', { name: 'Use it: ANTHROPIC_API_KEY' })).toBeHidden();
      await expectAccessible(page);

      const control = controlOf(gateway);
      for (const kind of ['openai', 'groq'] as const)
        await control.providers.save({ id: kind, kind, baseUrl: upstream.baseUrl });
      await page.getByRole('button', { name: 'Use it: OPENAI_API_KEY' }).click();
      const check = page.getByRole('status', { name: 'Check of openai' });
      await expect(check).toContainText('It does not work: Incorrect API key provided.');
      upstream.answer(json(200, completion()));
      expect(upstream.requests.at(-1)?.headers.authorization).toBe(`Bearer ${OPENAI}`);
      await check.getByRole('button', { name: 'Replace credential of openai' }).click();
      const dialog = page.getByRole('dialog', { name: 'Replace credential for openai' });
      await dialog.getByRole('textbox', { name: 'Credential' }).fill(BETTER);
      await dialog.getByRole('button', { name: 'Store credential' }).click();
      await expect(page.getByRole('list', { name: 'Keys found' })).toContainText('openai has another credential');

      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await expect(heading(page, 'Add a credential')).toBeFocused();
      const providers = page.getByRole('region', { name: 'Your providers' }).getByRole('listitem');
      await expect(providers.filter({ hasText: 'openai' })).toContainText('Encrypted file · sk-…5a5a');
      await expect(page.getByRole('status', { name: 'Check of openai' })).toContainText('It works');
      expect(upstream.requests.at(-1)?.headers.authorization).toBe(`Bearer ${BETTER}`);
      const form = page.getByRole('form', { name: 'A new credential' });
      await form.getByRole('combobox', { name: 'Provider' }).click();
      await page.getByRole('option', { name: 'Groq' }).click();
      await form.getByRole('button', { name: 'Store and check' }).click();
      await expect(form.getByText('Paste the key you got from the provider')).toBeVisible();
      await form.getByRole('textbox', { name: 'API key' }).fill(` ${GROQ}\n`);
      await form.getByRole('button', { name: 'Store and check' }).click();
      await expect(page.getByRole('status', { name: 'Check of groq' })).toContainText('It works');
      expect(upstream.requests.at(-1)?.headers.authorization).toBe(`Bearer ${GROQ}`);
      await expect(form.getByRole('textbox', { name: 'API key' })).toHaveValue('');
      for (const secret of [OPENAI, BETTER, GROQ]) await expect(page.locator('body')).not.toContainText(secret);
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await expect(heading(page, 'Set a monthly cap')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Skip for now' })).toBeVisible();
      await page.getByRole('radio', { name: 'Another amount' }).click();
      await page.getByRole('button', { name: 'Set cap and continue' }).click();
      await expect(page.getByText('Enter an amount in US dollars')).toBeVisible();
      await page.getByRole('radio', { name: '$10 a month' }).focus();
      await page.keyboard.press('ArrowRight');
      await expect(page.getByRole('radio', { name: '$20 a month' })).toBeChecked();
      await page.getByRole('button', { name: 'Set cap and continue' }).click();
      await expect(heading(page, 'Connect a tool')).toBeVisible();
      expect((await control.settings.get()).budget).toMatchObject({ window: 'month', limitUsd: 20 });

      await page.getByRole('button', { name: 'Continue later' }).click();
      await page.reload();
      const reminder = page.getByRole('region', { name: 'Setting up' });
      await expect(reminder).toContainText('Step 4 of 5');
      await reminder.getByRole('link', { name: 'Continue setting up' }).click();
      await expect(heading(page, 'Connect a tool')).toBeVisible();
      await page.getByRole('radio', { name: 'curl', exact: true }).click();
      await page.getByRole('button', { name: 'Make a key for curl' }).click();
      const secret = await page.getByText(/^gh_/).first().textContent();
      await expect(steps(page).getByRole('link', { name: /^Connect a tool.*done$/ })).toBeVisible();
      await page.getByRole('button', { name: 'Continue', exact: true }).click();

      await expect(page.getByText('Waiting for the first call of curl')).toBeVisible();
      await page.getByRole('button', { name: 'Send a test call' }).click();
      await expect(page.getByRole('region', { name: 'Test call' })).toContainText('Settled');
      await (await chat(gateway, firstKey(gateway), { model: 'sim/echo' }, 'another-tool')).text();
      await expect(page.getByText('Waiting for the first call of curl')).toBeVisible();
      await (await chat(gateway, secret ?? '', { model: 'openai/gpt-4.1-nano' }, 'my-tool')).text();
      const arrived = page.getByRole('region', { name: 'The first call', exact: true });
      for (const words of [
        'It works',
        'my-tool',
        'openai/gpt-4.1-nano',
        '10 read, 5 written',
        'Settled',
        /\$0\.0000/,
        /ms/,
      ])
        await expect(arrived).toContainText(words);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Finish' }).click();
      await expect(heading(page, 'Overview')).toBeVisible();
      await page.reload();
      await expect(heading(page, 'Overview')).toBeVisible();
      await expect(reminder).toBeHidden();
      expect((await control.setup.get()).state).toBe('finished');
    } finally {
      await upstream.close();
    }
  });

  beginning('can be skipped at once, and is then left alone until a person asks for it', async ({ page, gateway }) => {
    await page.setViewportSize({ width: 900, height: 600 });
    await page.goto(gateway.consoleUrl);
    await expect(heading(page, 'Welcome to Gatehouse')).toBeVisible();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Skip setup' }).click();
    await expect(heading(page, 'Overview')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Waiting for the first request')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Setting up' })).toBeHidden();
    await page.getByRole('link', { name: 'Guided start' }).click();
    for (const name of ['Welcome to Gatehouse', 'Add a credential', 'Set a monthly cap', 'Connect a tool']) {
      await expect(heading(page, name)).toBeVisible();
      if (name !== 'Welcome to Gatehouse') await expectAccessible(page);
      await page.getByRole('button', { name: /^(Continue|Skip for now)$/ }).click();
    }
    await expect(heading(page, 'See the first call')).toBeVisible();
    await page.goBack();
    await expect(heading(page, 'Connect a tool')).toBeVisible();
  });
});

beginning.describe('on a config file', () => {
  beginning.use({
    untouched: true,
    colorScheme: 'dark',
    config: `version: 1
providers:
  - { id: sim, kind: simulator }
  - { id: openai, kind: openai }
budgets:
  - { id: seat, scope: global, window: month, limitUsd: 20 }
`,
  });

  beginning('it does not come by itself, and offers only what can be done', async ({ window }) => {
    await window.getByRole('link', { name: 'Guided start' }).click();
    await expect(window.getByRole('list', { name: 'Keys found' })).toContainText('OPENAI_API_KEY');
    await expect(window.getByRole('button', { name: /^Use it/ })).toBeHidden();
    await window.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(window.getByText('Managed by a config file')).toBeVisible();
    await expect(window.getByRole('form', { name: 'A new credential' })).toBeHidden();
    await window.getByRole('button', { name: 'Add credential for openai' }).click();
    await expect(window.getByRole('dialog', { name: 'Add credential for openai' })).toBeVisible();
    await window.keyboard.press('Escape');
    await steps(window)
      .getByRole('link', { name: /^Set a cap/ })
      .click();
    await expect(window.getByText('A cap of $20 stands: this month.')).toBeVisible();
    await expect(window.getByRole('radio')).toHaveCount(0);
    await expectAccessible(window);
  });
});
