/** The pictures of the documentation, from the real thing. Only when asked: UPDATE_SCREENSHOTS=1. */
import { fileURLToPath } from 'node:url';
import { chat, expect, firstKey, goTo, test } from './fixtures.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const SHOWN = [
  'sim/echo',
  'sim/lorem-100',
  'sim/reasoning',
  'sim/cached',
  'sim/echo',
  'sim/error-429',
  'sim/lorem-100',
];

if (process.env.UPDATE_SCREENSHOTS === '1') {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({
        colorScheme,
        config: `version: 1
providers:
  - { id: sim, kind: simulator }
budgets:
  - { id: month, scope: global, window: month, limitUsd: 0.05 }
`,
      });

      test(`screenshots in ${colorScheme}`, async ({ window, gateway }) => {
        const key = firstKey(gateway);
        for (const model of SHOWN) {
          await (
            await chat(gateway, key, { model, messages: [{ role: 'user', content: 'word '.repeat(400) }] })
          ).text();
        }
        await expect(window.getByRole('row')).toHaveCount(SHOWN.length + 1);
        for (const name of ['Overview', 'Playground', 'Ledger', 'Providers', 'Access keys', 'Settings']) {
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
