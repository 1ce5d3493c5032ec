/** A tool's file edited and given back, over the control contract, with real files and a real key. */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY_PLACEHOLDER } from '../../../proxy/contract/connect.ts';
import { startTestGateway } from '../../support/gateway/start.ts';
import { startAtHome, type TestHome } from './home.ts';

let at: TestHome;
beforeEach(async () => {
  at = await startAtHome();
});
afterEach(() => at.close());

const SETTINGS = `{
  // how I like it
  "theme": "dark",
  "env": {
    "EDITOR": "vim", // the only one
    "ANTHROPIC_API_KEY": "sk-ant-mine-0123456789"
  },
}
`;
const CODEX = `# my codex
model = "gpt-5.5"

[mcp_servers.files]
command = "npx" # slow
`;

const apply = (tool: 'claude-code' | 'codex' | 'zed' | 'continue' | 'gemini-cli' | 'opencode', more = {}) =>
  at.gate.control.connect.apply({ tool, ...more });
const undo = (tool: 'claude-code' | 'codex' | 'zed' | 'continue' | 'gemini-cli' | 'opencode') =>
  at.gate.control.connect.undo({ tool });
const keyNamed = async (id: string) => (await at.gate.control.accessKeys.list()).filter((key) => key.id === id);
const call = (secret: string) =>
  at.gate.chat(
    { model: 'sim/echo', messages: [{ role: 'user', content: 'x' }] },
    { headers: { authorization: `Bearer ${secret}` } },
  );

describe('a file that is there', () => {
  test('gets our entries only, and a key that works', async () => {
    at.write('.claude/settings.json', SETTINGS);
    chmodSync(at.path('.claude/settings.json'), 0o640);
    const done = await apply('claude-code');
    expect(done).toMatchObject({
      changed: true,
      tool: { files: [{ state: 'connected' }], key: { id: 'tool-claude-code' } },
    });
    const secret = done.secret ?? '';
    expect(at.read('.claude/settings.json')).toBe(`{
  // how I like it
  "theme": "dark",
  "env": {
    "EDITOR": "vim", // the only one
    "ANTHROPIC_BASE_URL": "${at.gate.origin}",
    "ANTHROPIC_AUTH_TOKEN": "${secret}",
    "ANTHROPIC_MODEL": "claude/sim/echo",
    "ANTHROPIC_DEFAULT_HAIKU_MODEL": "claude/sim/echo"
  },
}
`);
    expect(statSync(at.path('.claude/settings.json')).mode & 0o777).toBe(0o640);
    expect((await call(secret)).status).toBe(200);
    expect(await at.gate.control.connect.get({ tool: 'claude-code' })).toMatchObject({
      lastCall: { state: 'settled', model: 'sim/echo' },
    });
  });

  test('is given back to the byte, and the key ends', async () => {
    at.write('.claude/settings.json', SETTINGS);
    const { secret = '', backups } = await apply('claude-code');
    const backup = backups[0]?.backup ?? '';
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(await undo('claude-code')).toMatchObject({
      files: [{ restored: 'exact', kept: [] }],
      revokedKey: 'tool-claude-code',
      tool: { files: [{ state: 'none' }] },
    });
    expect(at.read('.claude/settings.json')).toBe(SETTINGS);
    expect((await call(secret)).status).toBe(401);
    expect(existsSync(backup)).toBe(false);
    await expect(undo('claude-code')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('twice is once: no second key, no second backup', async () => {
    at.write('.codex/config.toml', CODEX);
    await apply('codex');
    const text = at.read('.codex/config.toml');
    expect(await apply('codex')).toMatchObject({ changed: false, backups: [] });
    expect(at.read('.codex/config.toml')).toBe(text);
    expect(await keyNamed('tool-codex')).toHaveLength(1);
    expect(readdirSync(join(at.gate.dataDir, 'connect-backups'))).toHaveLength(1);
  });

  test('another model changes the model only, and undo still goes all the way back', async () => {
    at.write('.codex/config.toml', CODEX);
    const { secret = '' } = await apply('codex');
    expect(await apply('codex', { model: 'sim/lorem-20' })).toMatchObject({
      changed: true,
      tool: { model: 'sim/lorem-20' },
    });
    expect(at.read('.codex/config.toml')).toBe(`# my codex
model = "sim/lorem-20"
model_provider = "gatehouse"

[mcp_servers.files]
command = "npx" # slow

[model_providers.gatehouse]
name = "Gatehouse"
base_url = "${at.gate.baseUrl}"
wire_api = "responses"
experimental_bearer_token = "${secret}"
`);
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'exact' }] });
    expect(at.read('.codex/config.toml')).toBe(CODEX);
  });

  test('what the person wrote since stays: only our entries go', async () => {
    at.write('.codex/config.toml', CODEX);
    await apply('codex');
    at.write(
      '.codex/config.toml',
      `${at.read('.codex/config.toml').replace('# slow', '# quick now')}\n[tui]\ntheme = "x"\n`,
    );
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'entries', kept: [] }], revokedKey: 'tool-codex' });
    expect(at.read('.codex/config.toml')).toBe(`${CODEX.replace('# slow', '# quick now')}\n[tui]\ntheme = "x"\n`);
  });

  test('an entry of ours that the person changed is theirs, and is told', async () => {
    at.write('.codex/config.toml', CODEX);
    await apply('codex');
    at.write(
      '.codex/config.toml',
      at.read('.codex/config.toml').replace('model_provider = "gatehouse"', 'model_provider = "openai"'),
    );
    expect(await at.gate.control.connect.get({ tool: 'codex' })).toMatchObject({ files: [{ state: 'changed' }] });
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'entries', kept: ['model_provider'] }] });
    expect(at.read('.codex/config.toml')).toBe(CODEX.replace('"gpt-5.5"\n', '"gpt-5.5"\nmodel_provider = "openai"\n'));
  });

  test('is applied anew after it was edited, with another key, and undo takes out our entries', async () => {
    at.write('.claude/settings.json', SETTINGS);
    const { secret: first = '' } = await apply('claude-code');
    at.write('.claude/settings.json', at.read('.claude/settings.json').replace(first, 'gone').replace('vim', 'nano'));
    const { secret: second = '' } = await apply('claude-code');
    expect(second).not.toBe('');
    expect([(await call(first)).status, (await call(second)).status]).toEqual([401, 200]);
    expect(await undo('claude-code')).toMatchObject({ files: [{ restored: 'entries', kept: [] }] });
    expect(JSON.parse(at.read('.claude/settings.json').replaceAll(/\/\/.*|,(?=\s*\})/g, ''))).toEqual({
      theme: 'dark',
      env: { EDITOR: 'nano', ANTHROPIC_API_KEY: 'sk-ant-mine-0123456789' },
    });
  });

  test('a link is followed: the file it leads to is edited, the link stays', async () => {
    at.write('dotfiles/codex.toml', CODEX);
    mkdirSync(at.path('.codex'));
    symlinkSync(at.path('dotfiles/codex.toml'), at.path('.codex/config.toml'));
    expect((await at.gate.control.connect.plan({ tool: 'codex' })).files[0]).toMatchObject({
      linkTarget: at.path('dotfiles/codex.toml'),
    });
    await apply('codex');
    expect(lstatSync(at.path('.codex/config.toml')).isSymbolicLink()).toBe(true);
    expect(at.read('dotfiles/codex.toml')).toContain('[model_providers.gatehouse]');
    await undo('codex');
    expect(at.read('dotfiles/codex.toml')).toBe(CODEX);
  });
});

test('after a restart on another port the file leads elsewhere, is brought up to date with the same key, and undone', async () => {
  const dataDir = at.path('data');
  const env = { HOME: at.home };
  at.write('.codex/config.toml', CODEX);
  const first = await startTestGateway(undefined, { dataDir, env });
  await first.control.connect.apply({ tool: 'codex' });
  await first.close();
  const second = await startTestGateway(undefined, { dataDir, env });
  const { connect } = second.control;
  expect(await connect.get({ tool: 'codex' })).toMatchObject({ files: [{ state: 'changed' }] });
  expect((await connect.plan({ tool: 'codex' })).files[0]?.entries.map(({ path }) => path)).toEqual([
    'model_providers.gatehouse.base_url',
  ]);
  const again = await connect.apply({ tool: 'codex' });
  expect(again).toMatchObject({ changed: true, tool: { files: [{ state: 'connected' }] } });
  expect(again).not.toHaveProperty('secret');
  expect(await connect.undo({ tool: 'codex' })).toMatchObject({ files: [{ restored: 'exact' }] });
  expect(at.read('.codex/config.toml')).toBe(CODEX);
  await second.close();
});

describe('a file that is not there', () => {
  test('is made for the person alone, and goes with its folder', async () => {
    await apply('codex');
    expect(statSync(at.path('.codex/config.toml')).mode & 0o777).toBe(0o600);
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'removed' }] });
    expect(at.exists('.codex')).toBe(false);
  });

  test('goes also when only blanks were added since', async () => {
    await apply('codex');
    at.write('.codex/config.toml', `${at.read('.codex/config.toml')}\n\n`);
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'removed', kept: [] }] });
    expect(at.exists('.codex')).toBe(false);
  });

  test('stays with what the person put into it since', async () => {
    await apply('codex');
    at.write('.codex/config.toml', `${at.read('.codex/config.toml')}\n[tui]\ntheme = "x"\n`);
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'entries' }] });
    expect(at.read('.codex/config.toml').trim()).toBe('[tui]\ntheme = "x"');
  });

  test('that the person deleted is gone, and the key ends all the same', async () => {
    const { secret = '' } = await apply('codex');
    rmSync(at.path('.codex/config.toml'));
    expect(await undo('codex')).toMatchObject({ files: [{ restored: 'gone' }], revokedKey: 'tool-codex' });
    expect((await call(secret)).status).toBe(401);
  });
});

describe('a tool with two files', () => {
  test('gets both, and both are given back', async () => {
    at.write('.gemini/settings.json', '{\n\t"ui": {"theme": "x"}\n}');
    at.write('.gemini/.env', 'OTHER=1');
    await apply('gemini-cli');
    expect(at.read('.gemini/settings.json')).toBe(
      '{\n\t"ui": {"theme": "x"},\n\t"security": {\n\t\t"auth": {\n\t\t\t"selectedType": "gemini-api-key"\n\t\t}\n\t}\n}',
    );
    expect(at.read('.gemini/.env')).toMatch(
      /^OTHER=1\nGOOGLE_GEMINI_BASE_URL=http:\S+\nGEMINI_API_KEY=gh_\S+\nGEMINI_MODEL=sim\/echo$/,
    );
    await undo('gemini-cli');
    expect([at.read('.gemini/settings.json'), at.read('.gemini/.env')]).toEqual([
      '{\n\t"ui": {"theme": "x"}\n}',
      'OTHER=1',
    ]);
  });

  test('gets neither when one cannot be edited, and no key is made', async () => {
    at.write('.gemini/settings.json', '{ "security": [1] }');
    await expect(apply('gemini-cli')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(at.exists('.gemini/.env')).toBe(false);
    expect(await keyNamed('tool-gemini-cli')).toEqual([]);
  });

  test('gets neither when the second cannot be written: the first is taken back', async () => {
    at.write('.gemini/.env', 'OTHER=1');
    // A name so long that there is none left for the file which takes its place.
    const long = `elsewhere/${'s'.repeat(240)}.json`;
    at.write(long, '{}');
    symlinkSync(at.path(long), at.path('.gemini/settings.json'));
    await expect(apply('gemini-cli')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('ENAMETOOLONG'),
    });
    expect(at.read('.gemini/.env')).toBe('OTHER=1');
    expect((await keyNamed('tool-gemini-cli')).every((key) => key.revokedAtMs !== undefined)).toBe(true);
    expect(await at.gate.control.connect.get({ tool: 'gemini-cli' })).toMatchObject({
      files: [{ state: 'none' }, { state: 'none' }],
    });
    expect(readdirSync(join(at.gate.dataDir, 'connect-backups'))).toEqual([]);
  });
});

describe('what is refused, with nothing changed', () => {
  test.each([
    ['does not parse', '{ "env": ', 'not valid JSON'],
    ['has a list where an object belongs', '{ "env": [] }', 'env holds a value of type array'],
    ['has a name twice', '{ "env": {}, "env": {} }', 'stands in it twice'],
    ['is no object', '[]', 'array'],
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'UTF-8'],
    ['is too large', Buffer.alloc(1_048_577, 0x20), '1 MB'],
  ])('a file that %s', async (_what, text, why) => {
    at.write('.claude/settings.json', text);
    const view = await at.gate.control.connect.get({ tool: 'claude-code' });
    await expect(apply('claude-code')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(why),
    });
    await expect(at.gate.control.connect.plan({ tool: 'claude-code' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(
      Buffer.compare(Buffer.from(text), Buffer.from(at.read('.claude/settings.json'))) === 0 || Buffer.isBuffer(text),
    ).toBe(true);
    expect(await keyNamed('tool-claude-code')).toEqual([]);
    expect(view.steps.some((step) => step.byApply && step.code?.text.includes(KEY_PLACEHOLDER))).toBe(true);
  });

  test('a read-only file, a folder in its place, a link to nowhere', async () => {
    at.write('.codex/config.toml', CODEX);
    chmodSync(at.path('.codex/config.toml'), 0o444);
    mkdirSync(at.path('.claude/settings.json'), { recursive: true });
    mkdirSync(at.path('.config/zed'), { recursive: true });
    symlinkSync(at.path('nowhere'), at.path('.config/zed/settings.json'));
    await expect(apply('codex')).rejects.toMatchObject({ message: expect.stringContaining('read-only') });
    await expect(apply('claude-code')).rejects.toMatchObject({
      message: expect.stringContaining('no plain file'),
    });
    await expect(apply('zed')).rejects.toMatchObject({ message: expect.stringContaining('not there') });
    const { tools } = await at.gate.control.connect.list({});
    expect(tools.filter(({ files }) => files.some(({ state }) => state === 'refused')).map(({ id }) => id)).toEqual([
      'claude-code',
      'codex',
      'zed',
    ]);
  });

  test('a config.yaml that would switch off the config.json that Continue reads', async () => {
    at.write('.continue/config.json', '{"models": []}');
    await expect(apply('continue')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('config.json'),
    });
    at.write('.continue/config.yaml', 'name: mine\n');
    await apply('continue');
    expect(at.read('.continue/config.yaml')).toMatch(
      /^name: mine\nversion: 1\.0\.0\nschema: v1\nmodels:\n {2}- name: Gatehouse\n/,
    );
    await undo('continue');
    expect(at.read('.continue/config.yaml')).toBe('name: mine\n');
  });
});
