import { expect, expectAccessible, test } from './fixtures.ts';

test('every tool has lines with the address it wants', async ({ window, gateway }) => {
  const root = gateway.baseUrl.replace(/\/v1$/, '');
  const tabs = window.getByRole('tablist', { name: 'Tools' });
  const panel = window.getByRole('tabpanel');
  await expect(tabs.getByRole('tab', { name: 'curl' })).toHaveAttribute('aria-selected', 'true');
  const wanted: readonly (readonly [string, RegExp])[] = [
    ['Claude Code', new RegExp(`ANTHROPIC_BASE_URL=${root}\\s`)],
    ['Codex CLI', new RegExp(`base_url = "${gateway.baseUrl}"`)],
    ['Gemini CLI', new RegExp(`GOOGLE_GEMINI_BASE_URL=${root}\\s`)],
    ['OpenAI SDK', new RegExp(`baseURL: '${gateway.baseUrl}'`)],
  ];
  await tabs.getByRole('tab', { name: 'curl' }).focus();
  for (const [name, line] of wanted) {
    await window.keyboard.press('ArrowRight');
    await expect(tabs.getByRole('tab', { name })).toBeFocused();
    await expect(panel).toContainText(line);
  }
  await expectAccessible(window);
});

test('the lines for curl work as they are', async ({ window, gateway }) => {
  const code = (await window.getByRole('region', { name: 'curl command' }).textContent()) ?? '';
  const body = /-d '(.*)'/.exec(code)?.[1];
  const url = /curl (\S+)/.exec(code)?.[1];
  if (body === undefined || url === undefined) throw new Error(`not a curl command: ${code}`);
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.accessKey}`, 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  await expect(window.getByRole('button', { name: 'sim/echo' })).toBeVisible();
});
