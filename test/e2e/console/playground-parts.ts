/** What the specs of the playground share: how a person chooses, asks and waits there, and a provider that says what it is told. */
import { expect, type Locator, type Page } from '@playwright/test';
import {
  chunk,
  DONE,
  FINISH,
  frames,
  ROLE,
  startUpstream,
  type Upstream,
  USAGE,
} from '../../support/gateway/upstream.ts';
import { test as base, goTo } from './fixtures.ts';

/** A gateway with one provider, `up`, on a socket of the test's own. */
export const test = base.extend<{ upstream: Upstream }>({
  upstream: async ({ browserName: _ }, use) => {
    const upstream = await startUpstream();
    await use(upstream);
    await upstream.close();
  },
  config: async ({ upstream }, use) => {
    const model = (id: string, usd: number) =>
      `      - { id: ${id}, inputUsdPerMTok: ${usd}, outputUsdPerMTok: ${usd}, contextTokens: 100000, maxOutputTokens: 10000 }`;
    await use(
      [
        'version: 1',
        'providers:',
        '  - id: up',
        '    kind: openai-compatible',
        `    baseUrl: ${upstream.baseUrl}`,
        '    credential: none',
        '    models:',
        model('cheap', 1),
        model('dear', 9),
        '  - { id: sim, kind: simulator }',
        '',
      ].join('\n'),
    );
  },
});

/** A stream that says these texts. */
export function saying(...texts: string[]) {
  return frames([ROLE, ...texts.map((content) => chunk({ content })), FINISH, USAGE, DONE]);
}

export async function openPlayground(page: Page, model: string): Promise<void> {
  await goTo(page, 'Playground');
  await choose(page, 'Model', model);
}

export async function choose(page: Page, picker: string, model: string): Promise<void> {
  await page.getByRole('combobox', { name: picker, exact: true }).click();
  await page.getByRole('option', { name: new RegExp(`^${model}`) }).click();
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(question);
  await page.keyboard.press('Enter');
}

export function messages(page: Page): Locator {
  return page.getByRole('region', { name: 'Messages' });
}

/** Every answer on the page is complete. */
export async function answered(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await expect(messages(page).locator('[aria-busy="true"]')).toHaveCount(0);
}
