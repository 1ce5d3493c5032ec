/** Connecting tools on a machine of its own: a home directory in a temp folder, real files, real calls. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chat, expect, expectAccessible, goTo, test } from './fixtures.ts';

const CONFIG = `# mine, with care
model = "gpt-5.5"   # the big one

[tools]
web_search = true
`;

/** HOME of the gateway is its data directory: nobody's own files are seen or touched. */
const beside = test.extend({
  dataDir: async ({ dataDir }, use) => {
    mkdirSync(join(dataDir, '.codex'));
    writeFileSync(join(dataDir, '.codex', 'config.toml'), CONFIG);
    await use(dataDir);
  },
});

const open = (page: Page, path: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, path);
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

test('a file that cannot be edited is left alone, with the reason; long lines stay in their box', async ({
  window,
  dataDir,
}) => {
  mkdirSync(join(dataDir, '.claude'));
  writeFileSync(join(dataDir, '.claude', 'settings.json'), '{ broken');
  await window.setViewportSize({ width: 900, height: 600 });
  await open(window, '/connect/claude-code');
  await expect(window.getByText('Gatehouse does not edit ~/.claude/settings.json')).toBeVisible();
  await expect(window.getByRole('list', { name: 'Steps' })).toContainText('ANTHROPIC_BASE_URL');
  await expectAccessible(window);
  await open(window, '/connect/cline');
  await expect(window.getByText('Base URL:')).toBeVisible();
  const steps = window.getByRole('list', { name: 'Steps' });
  expect(await steps.evaluate((list) => list.scrollWidth <= list.clientWidth)).toBe(true);
});

beside(
  'a tool of this machine is connected by editing its file, checked, and undone to the byte',
  async ({ window, gateway, dataDir }) => {
    const file = join(dataDir, '.codex', 'config.toml');
    await goTo(window, 'Connect a tool');
    const here = window.getByRole('region', { name: 'On this machine' });
    await expect(here.getByRole('link', { name: /Codex CLI/ })).toBeVisible();
    await expectAccessible(window);
    await here.getByRole('link', { name: /Codex CLI/ }).click();
    await expect(heading(window, 'Codex CLI')).toBeVisible();

    const change = window.getByRole('region', { name: 'Changes to ~/.codex/config.toml' });
    await expect(change).toContainText('removed: model = "gpt-5.5"');
    await expect(change).toContainText('added: model_provider = "gatehouse"');
    await expect(change).toContainText('# mine, with care');
    await expectAccessible(window);
    expect(readFileSync(file, 'utf8')).toBe(CONFIG);

    await window.getByRole('button', { name: 'Apply', exact: true }).click();
    const connected = window.getByRole('status').filter({ hasText: 'Codex CLI is connected' });
    await expect(connected).toBeVisible();
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('# mine, with care');
    expect(written).toContain(`base_url = "${gateway.baseUrl}"`);
    const backup = await connected.locator('code').last().textContent();
    expect(readFileSync(backup ?? '', 'utf8')).toBe(CONFIG);
    await expectAccessible(window);

    await window.getByRole('button', { name: 'Check now' }).click();
    const checks = window.getByRole('list', { name: 'Checks' }).getByRole('listitem');
    await expect(checks.filter({ hasText: 'Plain answer: works' })).toBeVisible();
    await expect(checks.filter({ hasText: 'Streaming: works' })).toBeVisible();
    await expect(checks.filter({ hasText: /Tool calls: (works|does not work)/ })).toBeVisible();
    await expect(window.getByRole('button', { name: 'Check again' })).toBeVisible();
    await expect(window.getByText(/Cost: /)).toBeVisible();
    await expect(window.getByRole('region', { name: 'Last call' })).toContainText('sim/');
    await expectAccessible(window);

    await window.getByRole('button', { name: 'Undo' }).click();
    const dialog = window.getByRole('dialog', { name: 'Disconnect Codex CLI?' });
    await expect(dialog).toContainText('The key tool-codex stops working.');
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(dialog).toBeHidden();
    await expect(window.getByRole('alert').filter({ hasText: 'Codex CLI is as it was' })).toBeVisible();
    expect(readFileSync(file, 'utf8')).toBe(CONFIG);
    // The key of before is revoked: the file gets one that works.
    await window.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(connected).toBeVisible();
    const secret = /experimental_bearer_token = "(gh_[^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1];
    expect((await chat(gateway, secret ?? '', { model: 'sim/echo' })).status).toBe(200);
    await window.getByRole('link', { name: 'All tools' }).click();
    await expect(here.getByRole('link', { name: /Codex CLI/ })).toContainText('Connected');
  },
);

test('lines to copy hold the key that is made, which works and shows its calls live', async ({ window, gateway }) => {
  await open(window, '/connect/curl');
  await expect(heading(window, 'curl')).toBeVisible();
  const steps = window.getByRole('list', { name: 'Steps' });
  await expect(steps).toContainText('gh_YOUR_ACCESS_KEY');
  await window.getByRole('button', { name: 'Make a key for curl' }).click();
  await expect(window.getByRole('status').filter({ hasText: 'A key for curl is made' })).toBeFocused();
  await expect(steps).not.toContainText('gh_YOUR_ACCESS_KEY');
  const line = (await steps.getByRole('region').first().textContent()) ?? '';
  const secret = /gh_[\w-]{20,}/.exec(line)?.[0] ?? '';
  await window.getByRole('combobox', { name: 'Model' }).fill('sim/lorem');
  await expect(window.getByText('Nothing here is called sim/lorem.')).toBeVisible();
  await window.getByRole('combobox', { name: 'Model' }).fill('sim/lorem-100');
  await expect(window.getByText(/^Nothing here is called/)).toBeHidden();
  await expect(steps).toContainText('"model":"sim/lorem-100"');
  await expect(steps).toContainText(secret);
  await (await chat(gateway, secret, { model: 'sim/echo' })).text();
  const last = window.getByRole('region', { name: 'Last call' });
  await expect(last).toContainText('sim/echo');
  await last.getByRole('button', { name: 'All about this call' }).click();
  await expect(window.getByRole('dialog')).toContainText('tool-curl');
  await window.keyboard.press('Escape');

  // Another key takes its place only when a person says so.
  await window.reload();
  await expect(window.getByText('cannot be shown again')).toBeVisible();
  await window.getByRole('button', { name: 'Make a new one' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Make a new key' }).click();
  await expect(window.getByText(/^gh_/).first()).toBeVisible();
  expect((await chat(gateway, secret, { model: 'sim/echo' })).status).toBe(401);
  await open(window, '/connect/nothing');
  await expect(heading(window, 'Page not found')).toBeVisible();
});

const managed = test.extend({
  gatewayEnv: async ({ browserName: _ }, use) => {
    await use({ GATEHOUSE_KEY: 'gh_a-key-of-the-file-000000000000000000000' });
  },
});
managed.describe('on a config file', () => {
  managed.use({
    colorScheme: 'dark',
    viewport: { width: 900, height: 600 },
    config: `version: 1
providers:
  - { id: sim, kind: simulator }
accessKeys:
  - { id: cli, value: env:GATEHOUSE_KEY }
`,
  });

  managed('a key of the file is used, since none can be made', async ({ window, dataDir }) => {
    await open(window, '/connect/claude-code');
    await expect(heading(window, 'Claude Code')).toBeVisible();
    await expect(window.getByRole('button', { name: 'Apply', exact: true })).toBeDisabled();
    await window.getByRole('button', { name: 'Use a key I have' }).click();
    await expect(window.getByRole('textbox', { name: 'Access key' })).toBeFocused();
    await window.keyboard.type('gh_a-key-of-the-file-000000000000000000000');
    await window.keyboard.press('Enter');
    await window.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(window.getByText('Claude Code is connected')).toBeVisible();
    const file = join(dataDir, '.claude', 'settings.json');
    expect(readFileSync(file, 'utf8')).toContain('gh_a-key-of-the-file');
    await expectAccessible(window);
    await window.getByRole('button', { name: 'Undo' }).click();
    await window.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await expect(window.getByRole('button', { name: 'Apply', exact: true })).toBeVisible();
    expect(existsSync(file)).toBe(false);
  });
});
