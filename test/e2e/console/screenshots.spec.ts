/** The pictures of the documentation, from the real thing. Only when asked: UPDATE_SCREENSHOTS=1. */
import { fileURLToPath } from 'node:url';
import { chat, expect, firstKey, goTo, test } from './fixtures.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));

/** What the pictures show: client, model, number of words asked. */
const CALLS: readonly (readonly [string, string, number])[] = [
  ['aider', 'sim/echo', 400],
  ['open-webui', 'sim/lorem-1000', 40],
  ['cline', 'sim/reasoning', 120],
  ['nightly-eval', 'sim/error-429', 20],
  ['cline', 'sim/cached', 900],
  ['cline', 'sim/tool-call', 900],
  ['aider', 'sim/lorem-100', 640],
  ['open-webui', 'sim/no-usage', 60],
];

if (process.env.UPDATE_SCREENSHOTS === '1') {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      test(`screenshots in ${colorScheme}`, async ({ window, gateway }) => {
        await goTo(window, 'Settings');
        await window.getByRole('switch', { name: 'Stop calls at a cap' }).click();
        await window.getByRole('textbox', { name: 'Cap', exact: true }).fill('0.05');
        await window.getByRole('button', { name: 'Save cap' }).click();
        await expect(window.getByText('The cap is set.')).toBeVisible();
        await window.getByRole('alert').getByRole('button', { name: 'Close' }).click();
        await expect(window.getByRole('alert')).toBeHidden();
        await goTo(window, 'Overview');
        const key = firstKey(gateway);
        for (const [client, model, words] of CALLS) {
          const messages = [{ role: 'user', content: 'word '.repeat(words) }];
          await (await chat(gateway, key, { model, messages }, client)).text();
        }
        await expect(window.getByRole('row')).toHaveCount(CALLS.length + 1);
        for (const name of [
          'Overview',
          'Playground',
          'Requests',
          'Ledger',
          'Providers',
          'Models',
          'Access keys',
          'Settings',
        ]) {
          await goTo(window, name);
          await expect(window.locator('[aria-busy="true"]')).toHaveCount(0);
          await window.mouse.move(1, 1);
          if (name === 'Playground') {
            await window.getByRole('textbox', { name: 'Message' }).fill('Every call goes through the gate.');
            await window.keyboard.press('Enter');
            await expect(window.getByRole('region', { name: 'This call' }).getByRole('status')).toHaveText('Done');
          }
          const file = name.toLowerCase().replace(' ', '-');
          await window.screenshot({ path: `${FOLDER}${file}-${colorScheme}.png`, animations: 'disabled' });
        }
      });
    });
  }
}
