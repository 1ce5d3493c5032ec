/** `gatehouse prompts` beside a running gateway: what was saved there, in words, in JSON and in a file. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDir, run } from '../../support/cli/captured-io.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let gate: TestGateway;
let at: string[];

beforeAll(async () => {
  gate = await startTestGateway();
  at = ['--data-dir', gate.dataDir];
});
afterAll(() => gate.close());

test('says that there are none', async () => {
  expect(await run(['prompts', 'list', ...at])).toMatchObject({ code: 0, out: 'No prompt is saved.\n', err: '' });
});

test('lists, shows and exports them', async () => {
  const { prompts } = gate.control;
  await prompts.save({
    id: 'greeting',
    title: 'A greeting',
    label: 'first',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Greet {{name}}\nin {{language}}.' },
    ],
    parameters: { model: 'sim/echo', temperature: 0, maxTokens: 20 },
  });
  await prompts.save({ id: 'greeting', messages: [{ role: 'user', content: 'Hello.' }] });

  const listed = await run(['prompts', 'list', ...at]);
  expect(listed.out.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'THEN')).toBe(
    'ID        TITLE       VERSIONS  NEWEST  VARIABLES  SAVED (UTC)\n' +
      'greeting  A greeting  2         -       -          THEN\n',
  );
  expect(JSON.parse((await run(['prompts', 'list', '--json', ...at])).out)).toEqual(await prompts.list());

  const first = await run(['prompts', 'show', 'gatehouse/greeting', '--version', 'first', ...at]);
  expect(first.out.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'THEN')).toBe(
    'A greeting (greeting), version 1 "first", saved THEN UTC\n' +
      'Where the request does not say: model sim/echo, temperature 0, at most 20 tokens\n' +
      '\n[system]\nBe brief.\n\n[user]\nGreet {{name}}\nin {{language}}.\n',
  );
  expect((await run(['prompts', 'show', 'greeting', ...at])).out).toMatch(
    /version 2, saved .* UTC\n\n\[user\]\nHello\.\n$/,
  );
  const second = await run(['prompts', 'show', 'greeting', '--version', '2', '--json', ...at]);
  expect(JSON.parse(second.out)).toMatchObject({ version: 2, messages: [{ content: 'Hello.' }] });

  const file = join(freshDir(), 'prompts.json');
  const written = await run(['prompts', 'export', '--out', file, ...at]);
  expect(written).toMatchObject({ code: 0, out: '', err: `Wrote ${file}.\n` });
  expect(readFileSync(file, 'utf8')).toBe((await prompts.export({})).json);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await run(['prompts', 'export', 'greeting', ...at])).out).toBe(readFileSync(file, 'utf8'));
  expect((await run(['prompts', 'export', '--out', file, ...at])).err).toMatch(/is there already/);
});

test.each([
  [['show', 'none'], 1, /There is no saved prompt "none"/],
  [['show', 'greeting', '--version', '7'], 1, /"greeting" has no version "7"; its newest is 2/],
  [['export', 'none'], 1, /There is no saved prompt "none"/],
  [['show', 'Not One'], 2, /lower-case letters/],
  [['show', 'gatehouse/'], 2, /Name a prompt/],
])('%j fails in words', async (words, code, message) => {
  const failed = await run(['prompts', ...words, ...at]);
  expect([failed.code, failed.out]).toEqual([code, '']);
  expect(failed.err).toMatch(message);
});

test('needs a gateway that runs', async () => {
  const { code, err } = await run(['prompts', 'list', '--data-dir', freshDir()]);
  expect([code, err]).toEqual([1, expect.stringMatching(/No gateway runs on/)]);
});
