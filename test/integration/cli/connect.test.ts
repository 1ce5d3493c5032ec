/** `gatehouse connect` beside a running gateway that has a home folder of its own. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkEvent, KEY_PLACEHOLDER, TOOL_IDS } from '../../../proxy/contract/connect.ts';
import { run } from '../../support/cli/captured-io.ts';
import { callStatus, freshDataDir, type Served, serve } from '../../support/cli/gatehouse.ts';

const dataDir = freshDataDir();
const home = mkdtempSync(join(tmpdir(), 'gatehouse-home-'));
const AT = ['--data-dir', dataDir];
let gateway: Served;

beforeAll(async () => {
  gateway = await serve(AT, { HOME: home, XDG_CONFIG_HOME: '', CODEX_HOME: '' });
});
afterAll(async () => {
  expect(await gateway.stop()).toBe(0);
});

test('all tools in a table', async () => {
  const told = await run(['connect', ...AT]);
  expect(told.code).toBe(0);
  expect(
    told.out
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(' ')[0]),
  ).toEqual([...TOOL_IDS]);
});

test('codex: shown, applied, checked, undone', async () => {
  mkdirSync(join(home, '.codex'));
  const path = join(home, '.codex/config.toml');
  writeFileSync(path, '# mine\nmodel = "gpt-5.5"\n');

  const shown = await run(['connect', 'codex', ...AT]);
  expect(shown.code).toBe(0);
  expect(shown.out).toContain('-model = "gpt-5.5"\n+model = "sim/echo"\n');
  expect(shown.out).toContain(`+experimental_bearer_token = "${KEY_PLACEHOLDER}"`);
  expect(readFileSync(path, 'utf8')).toBe('# mine\nmodel = "gpt-5.5"\n');

  const applied = await run(['connect', 'codex', '--apply', '--model', 'sim/tool-call', ...AT]);
  expect(applied).toMatchObject({ code: 0, err: '' });
  expect(applied.out).toContain(`${path}: edited; as it was: ${join(dataDir, 'connect-backups')}`);
  const secret = /gh_[\w-]{43}/.exec(readFileSync(path, 'utf8'))?.[0] ?? '';
  expect(applied.out).not.toContain(secret);
  expect(await callStatus(gateway.baseUrl, secret)).toBe(200);
  expect((await run(['connect', 'codex', '--apply', ...AT])).out).toContain('nothing to change');

  const checked = await run(['connect', 'codex', '--check', ...AT]);
  expect(checked.code).toBe(0);
  expect(checked.out).toMatch(
    /^http\S+ in openai-responses, model sim\/tool-call\nok {3}plain .*\nok {3}stream .*\nok {3}tool .*\nEverything works/,
  );

  const undone = await run(['connect', 'codex', '--undo', ...AT]);
  expect(undone.out).toBe(`${path}: as it was, byte for byte\nThe access key "tool-codex" is revoked.\n`);
  expect(readFileSync(path, 'utf8')).toBe('# mine\nmodel = "gpt-5.5"\n');
  expect(await callStatus(gateway.baseUrl, secret)).toBe(401);
  expect(await run(['connect', 'codex', '--undo', ...AT])).toMatchObject({
    code: 1,
    err: expect.stringContaining('changed nothing'),
  });
});

test('a check that finds something: exit code 3; as JSON, one event a line', async () => {
  const told = await run(['connect', 'curl', '--check', '--json', ...AT]);
  expect(told.code).toBe(3);
  const events = told.out
    .trim()
    .split('\n')
    .map((line) => checkEvent.parse(JSON.parse(line)));
  expect(events.at(-1)).toMatchObject({ type: 'done', ok: false });
});

test('a key for a tool that is set up by hand, in its steps', async () => {
  const told = await run(['connect', 'curl', '--new-key', ...AT]);
  const secret = /gh_[\w-]{43}/.exec(told.err)?.[0] ?? '';
  expect(told.out).toContain(secret);
  expect(told.out).not.toContain(KEY_PLACEHOLDER);
  expect(await callStatus(gateway.baseUrl, secret)).toBe(200);
  expect(await run(['connect', 'curl', '--apply', ...AT])).toMatchObject({
    code: 1,
    err: expect.stringContaining('follow its steps'),
  });
});

test('a key of the person’s own, by the environment; Zed’s key is shown, for its file holds none', async () => {
  const own = { env: { GATEHOUSE_KEY: gateway.accessKey } };
  expect((await run(['connect', 'opencode', '--apply', '--own-key', ...AT], own)).code).toBe(0);
  expect(readFileSync(join(home, '.config/opencode/opencode.json'), 'utf8')).toContain(gateway.accessKey);
  expect(await run(['connect', 'opencode', '--apply', '--own-key', ...AT])).toMatchObject({
    code: 2,
    err: expect.stringContaining('GATEHOUSE_KEY'),
  });
  expect((await run(['connect', 'zed', '--apply', ...AT])).out).toMatch(/Access key, shown this once: gh_/);
});

test.each([
  [['connect', 'nothing'], 'codex'],
  [['connect', '--apply'], 'Say which tool'],
  [['connect', 'codex', '--apply', '--undo'], 'cannot be used with'],
])('%j is wrong usage', async (argv, words) => {
  expect(await run([...argv, ...AT])).toMatchObject({ code: 2, err: expect.stringContaining(words) });
});

test('no gateway: how to start one', async () => {
  expect(await run(['connect', 'codex', '--data-dir', freshDataDir()])).toMatchObject({
    code: 1,
    err: expect.stringContaining('gatehouse serve'),
  });
});
