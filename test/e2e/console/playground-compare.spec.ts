import { chunk, DONE, FINISH } from '../../support/gateway/upstream.ts';
import { expect, expectAccessible } from './fixtures.ts';
import { answered, ask, choose, messages, openPlayground, saying, test } from './playground-parts.ts';

test('models answer side by side; one can be stopped, tried again, and gone on with', async ({ window, upstream }) => {
  await openPlayground(window, 'up/cheap');
  const compare = window.getByRole('button', { name: 'Compare' });
  await compare.click();
  await choose(window, 'Model 2', 'up/dear');
  await compare.click();
  await choose(window, 'Model 3', 'sim/long-200x50');
  await compare.click();
  await expect(compare).toBeDisabled();
  await window.getByRole('button', { name: 'Close column 4' }).click();

  upstream.answer(({ body }, response) => {
    const { model } = JSON.parse(String(body)) as { model: string };
    return saying(`I am ${model}.`)({ body } as never, response);
  });
  await ask(window, 'Who are you?');
  await expect(messages(window).getByText('I am cheap.')).toBeVisible();
  await expect(messages(window).getByText('I am dear.')).toBeVisible();
  await expect(messages(window)).toContainText('Lorem');
  await window.getByRole('button', { name: 'Stop model 3' }).click();
  await answered(window);
  await expect(messages(window).getByText('Stopped. What arrived')).toHaveCount(1);
  // The same tokens at a ninth of the price.
  await expect(messages(window).getByText('cheapest')).toHaveCount(1);
  await expectAccessible(window);

  upstream.answer(saying('Still me.'));
  await messages(window).getByRole('button', { name: 'Try again' }).nth(1).click();
  await expect(messages(window).getByText('Still me.')).toBeVisible();
  await expect(messages(window).getByText('I am dear.')).toBeHidden();
  await messages(window).getByRole('button', { name: 'Continue with this one' }).nth(1).click();
  await expect(window.getByRole('combobox', { name: 'Model', exact: true })).toHaveValue('up/dear');
  await expect(messages(window).getByText('I am cheap.')).toBeHidden();

  upstream.answer(saying('Yes.'));
  await ask(window, 'Really?');
  await expect(messages(window).getByText('Yes.')).toBeVisible();
  const sent = JSON.parse(String(upstream.requests.at(-1)?.body)) as { messages: unknown };
  expect(sent.messages).toEqual([
    { role: 'user', content: 'Who are you?' },
    { role: 'assistant', content: 'Still me.' },
    { role: 'user', content: 'Really?' },
  ]);
});

test('four columns scroll sideways in a small window, with their heads above them', async ({ window, upstream }) => {
  upstream.answer(saying('fine'));
  await openPlayground(window, 'up/cheap');
  for (let lane = 2; lane <= 4; lane += 1) await window.getByRole('button', { name: 'Compare' }).click();
  await ask(window, 'How are you?');
  await expect(messages(window).getByText('fine', { exact: true })).toHaveCount(4);
  await answered(window);
  await window.setViewportSize({ width: 900, height: 600 });
  await window.getByRole('button', { name: 'Close column 4' }).scrollIntoViewIfNeeded();
  const [head, answer] = await Promise.all([
    window.getByRole('combobox', { name: 'Model 4' }).boundingBox(),
    messages(window).getByText('fine', { exact: true }).nth(3).boundingBox(),
  ]);
  expect(Math.abs((head?.x ?? 0) - (answer?.x ?? 1000))).toBeLessThan(4);
  expect(await window.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expectAccessible(window);
});

test('a long answer grows at its end: what was read stays where it is', async ({ window, upstream }) => {
  const paragraphs = Array.from({ length: 150 }, (_, at) => `Paragraph ${at} ${'with **some** words '.repeat(16)}\n\n`);
  let send: (() => void) | undefined;
  const marked = new Promise<void>((resolve) => {
    send = resolve;
  });
  upstream.answer(async (_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const content of paragraphs.slice(0, 3)) response.write(chunk({ content }));
    await marked;
    for (const content of paragraphs.slice(3)) response.write(chunk({ content }));
    response.end(`${FINISH}${DONE}`);
  });
  await openPlayground(window, 'up/cheap');
  await ask(window, 'Write much');
  const first = messages(window)
    .locator('p')
    .filter({ hasText: /^Paragraph 0 / });
  await first.evaluate((element) => element.setAttribute('data-kept', 'yes'));
  send?.();
  await expect(messages(window).getByText(/^Paragraph 149 /)).toBeInViewport();
  await answered(window);
  await expect(first).toHaveAttribute('data-kept', 'yes');
  expect(paragraphs.join('').length).toBeGreaterThan(50_000);
});
