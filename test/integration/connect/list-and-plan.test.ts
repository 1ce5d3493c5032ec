/** What the page is built on: the tools as they are on this machine, a plan without secrets, and keys made by hand. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY_PLACEHOLDER, TOOL_IDS } from '../../../proxy/contract/connect.ts';
import { startAtHome, type TestHome } from './home.ts';

let at: TestHome;
beforeEach(async () => {
  at = await startAtHome();
});
afterEach(() => at.close());

test('tools are found by their folder or their program, and the others are not', async () => {
  at.write('.codex/auth.json', '{}');
  at.write('bin/aider', '');
  const { tools, baseUrl } = await at.gate.control.connect.list({});
  expect(tools.map(({ id }) => id)).toEqual([...TOOL_IDS]);
  expect(baseUrl).toBe(at.gate.baseUrl);
  const found = Object.fromEntries(tools.map(({ id, installed, seenAt }) => [id, [installed, seenAt]]));
  expect(found).toMatchObject({
    codex: ['yes', '~/.codex'],
    aider: ['yes', '~/bin/aider'],
    zed: ['no', undefined],
    langchain: ['unknown', undefined],
  });
});

test('texts follow the model that is asked for, else the one that was applied', async () => {
  await at.gate.control.connect.apply({ tool: 'aider', model: 'sim/json' });
  const get = (model?: string) =>
    at.gate.control.connect.get({ tool: 'aider', ...(model === undefined ? {} : { model }) });
  expect(await get()).toMatchObject({
    model: 'openai/sim/json',
    applied: { model: 'sim/json' },
    files: [{ state: 'connected' }],
  });
  expect(await get('sim/echo')).toMatchObject({ model: 'openai/sim/echo', files: [{ state: 'connected' }] });
});

test('entries that a person put in by hand count as connected', async () => {
  const { steps } = await at.gate.control.connect.get({ tool: 'codex' });
  at.write('.codex/config.toml', (steps[0]?.code?.text ?? '').replace(KEY_PLACEHOLDER, at.gate.key));
  expect(await at.gate.control.connect.get({ tool: 'codex' })).toMatchObject({ files: [{ state: 'connected' }] });
});

test('an opencode.jsonc that is there is the one that is edited', async () => {
  at.write('.config/opencode/opencode.jsonc', '{\n  // mine\n}\n');
  await at.gate.control.connect.apply({ tool: 'opencode' });
  expect(at.read('.config/opencode/opencode.jsonc')).toContain('"gatehouse"');
  expect(at.exists('.config/opencode/opencode.json')).toBe(false);
  await at.gate.control.connect.undo({ tool: 'opencode' });
  expect(at.read('.config/opencode/opencode.jsonc')).toBe('{\n  // mine\n}\n');
});

describe('a plan', () => {
  const SECRETS = ['sk-ant-old-0123456789', 'ghp_abcdefghijklmnopqrstuvwx'];
  const SETTINGS = `{\n  "env": {\n    "ANTHROPIC_AUTH_TOKEN": "${SECRETS[0]}",\n    "GITHUB_TOKEN": "${SECRETS[1]}"\n  }\n}\n`;

  test('shows the change and no secret, writes nothing and makes no key', async () => {
    at.write('.claude/settings.json', SETTINGS);
    const { files, model } = await at.gate.control.connect.plan({ tool: 'claude-code' });
    const [file] = files;
    expect(model).toBe('sim/echo');
    expect(file).toMatchObject({ shownPath: '~/.claude/settings.json', exists: true, changes: true });
    expect(file?.diff).toContain(`+    "ANTHROPIC_AUTH_TOKEN": "${KEY_PLACEHOLDER}"`);
    expect(file?.entries.find(({ path }) => path === 'env.ANTHROPIC_AUTH_TOKEN')).toEqual({
      path: 'env.ANTHROPIC_AUTH_TOKEN',
      before: '(hidden)',
      after: KEY_PLACEHOLDER,
    });
    for (const secret of SECRETS) expect(JSON.stringify(files)).not.toContain(secret);
    expect(at.read('.claude/settings.json')).toBe(SETTINGS);
    expect((await at.gate.control.accessKeys.list()).map(({ id }) => id)).toEqual(['default']);
    expect(readdirSync(at.gate.dataDir)).not.toContain('connect.json');
  });

  test('of what is applied changes nothing; after the key was revoked, a new key is due', async () => {
    const { connect, accessKeys } = at.gate.control;
    await connect.apply({ tool: 'claude-code' });
    expect((await connect.plan({ tool: 'claude-code' })).files).toMatchObject([
      { changes: false, diff: '', entries: [] },
    ]);
    await accessKeys.revoke({ id: 'tool-claude-code' });
    expect((await connect.get({ tool: 'claude-code' })).files).toMatchObject([{ state: 'changed' }]);
    expect((await connect.plan({ tool: 'claude-code' })).files[0]?.entries.map(({ path }) => path)).toEqual([
      'env.ANTHROPIC_AUTH_TOKEN',
    ]);
    expect(await connect.apply({ tool: 'claude-code' })).toMatchObject({
      changed: true,
      secret: expect.stringMatching(/^gh_/),
    });
  });

  test('no secret is in the record, the log or the window’s views', async () => {
    at.write('.claude/settings.json', SETTINGS);
    const { secret = '' } = await at.gate.control.connect.apply({ tool: 'claude-code' });
    const seen = [
      readFileSync(join(at.gate.dataDir, 'connect.json'), 'utf8'),
      at.gate.logged(),
      JSON.stringify(await at.gate.control.connect.list({})),
      JSON.stringify(await at.gate.control.connect.plan({ tool: 'claude-code', model: 'sim/json' })),
    ].join('\n');
    for (const word of [...SECRETS, secret]) expect(seen).not.toContain(word);
  });
});

describe('keys', () => {
  test('one by hand takes the earlier one’s place, but none that a file holds', async () => {
    const { connect, accessKeys } = at.gate.control;
    const { secret } = await connect.createKey({ tool: 'jetbrains' });
    const asked = await at.gate.chat(
      { model: 'sim/echo', messages: [{ role: 'user', content: 'x' }] },
      { headers: { authorization: `Bearer ${secret}` } },
    );
    expect(asked.status).toBe(200);
    expect(await connect.get({ tool: 'jetbrains' })).toMatchObject({ lastCall: { model: 'sim/echo' } });
    await connect.createKey({ tool: 'jetbrains' });
    // Calls with the earlier key say nothing of the new one.
    expect(await connect.get({ tool: 'jetbrains' })).not.toHaveProperty('lastCall');
    const keys = (await accessKeys.list()).filter(({ id }) => id === 'tool-jetbrains');
    expect(keys.map(({ revokedAtMs }) => revokedAtMs !== undefined)).toEqual([true, false]);
    await connect.apply({ tool: 'zed' });
    await expect(connect.createKey({ tool: 'zed' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('Zed’s own is made once: its file holds none', async () => {
    const { connect } = at.gate.control;
    const first = await connect.apply({ tool: 'zed' });
    expect(at.read('.config/zed/settings.json')).not.toContain(first.secret);
    expect(await connect.apply({ tool: 'zed', model: 'sim/json' })).toMatchObject({ changed: true });
    expect(await connect.apply({ tool: 'zed', model: 'sim/json' })).toMatchObject({ changed: false });
    expect(await connect.undo({ tool: 'zed' })).toMatchObject({ revokedKey: 'tool-zed' });
  });

  test('the person’s own replaces the tool’s, stays when applied again, and is never revoked', async () => {
    const { connect, accessKeys } = at.gate.control;
    const { secret } = await accessKeys.create({ id: 'mine' });
    await connect.apply({ tool: 'codex' });
    await connect.apply({ tool: 'codex', key: { from: 'own', secret } });
    expect((await connect.get({ tool: 'codex' })).key).toBeUndefined();
    expect(await connect.apply({ tool: 'codex' })).toMatchObject({ changed: false });
    expect(await connect.undo({ tool: 'codex' })).not.toHaveProperty('revokedKey');
    expect((await accessKeys.list()).find(({ id }) => id === 'mine')?.revokedAtMs).toBeUndefined();
  });

  test('a key of that name in a managed config: the way out is said, and nothing is written', async () => {
    const managed = await startAtHome(
      { providers: [{ id: 'sim', kind: 'simulator' }], accessKeys: [{ id: 'tool-codex', value: 'env:OWN' }] },
      { OWN: 'a-key-of-the-organisation' },
    );
    const { connect } = managed.gate.control;
    await expect(connect.apply({ tool: 'codex' })).rejects.toMatchObject({
      code: 'MANAGED',
      message: expect.stringContaining('key of your own'),
    });
    expect(managed.exists('.codex')).toBe(false);
    await connect.apply({ tool: 'codex', key: { from: 'own', secret: 'a-key-of-the-organisation' } });
    expect(managed.read('.codex/config.toml')).toContain('a-key-of-the-organisation');
    await managed.close();
  });
});

test('without a home folder nothing is edited, and the steps are there all the same', async () => {
  const homeless = await startAtHome(undefined, { HOME: undefined });
  const { connect } = homeless.gate.control;
  expect((await connect.get({ tool: 'codex' })).files).toEqual([]);
  await expect(connect.apply({ tool: 'codex' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('HOME'),
  });
  await homeless.close();
});

test('a damaged backup is not written back', async () => {
  at.write('.codex/config.toml', 'model = "x"\n');
  const { backups } = await at.gate.control.connect.apply({ tool: 'codex' });
  writeFileSync(backups[0]?.backup ?? '', 'something else');
  const text = at.read('.codex/config.toml');
  await expect(at.gate.control.connect.undo({ tool: 'codex' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(at.read('.codex/config.toml')).toBe(text);
});
