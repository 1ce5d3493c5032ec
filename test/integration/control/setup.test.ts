/** The guided start on a real gateway: what its environment holds, taking it over, and coming back to it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

const OPENAI = 'sk-test-aaaaaaaaaaaaaaaa-4f2a';
const GROQ = 'gsk_test_bbbbbbbbbbbbbbbb_91c3';

const open: TestGateway[] = [];
async function start(...args: Parameters<typeof startTestGateway>): Promise<TestGateway> {
  const gateway = await startTestGateway(...args);
  open.push(gateway);
  return gateway;
}
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
});

describe('the guided start', () => {
  test('a first start is new; what the person said outlives a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-setup-'));
    try {
      const first = await startTestGateway(undefined, { dataDir });
      expect(await first.control.setup.get()).toEqual({ state: 'new', step: 'found', environment: [] });
      const begun = await first.control.setup.save({ step: 'tool', tool: 'codex' });
      expect(begun).toMatchObject({ state: 'open', step: 'tool', tool: 'codex' });
      await first.control.setup.save({ keyId: 'codex' });
      await first.close();

      const second = await startTestGateway(undefined, { dataDir });
      expect(await second.control.setup.get()).toEqual({ ...begun, keyId: 'codex' });
      // The key of one tool is not that of another.
      expect(await second.control.setup.save({ tool: 'codex' })).toHaveProperty('keyId', 'codex');
      expect(await second.control.setup.save({ tool: 'zed' })).not.toHaveProperty('keyId');
      expect((await second.control.setup.save({ state: 'dismissed' })).state).toBe('dismissed');
      expect((await second.control.setup.save({ step: 'call' })).state).toBe('dismissed');
      await second.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  test.each([
    ['a call of the window', (gateway: TestGateway) => gateway.control.providers.test({ id: 'sim' })],
    ['a key of one’s own', (gateway: TestGateway) => gateway.control.accessKeys.create({ id: 'cli' })],
    ['a changed setting', (gateway: TestGateway) => gateway.control.settings.update({ timeZone: 'UTC' })],
  ])('whoever had %s before there was a guide is not shown it', async (_what, use) => {
    const gateway = await start();
    await use(gateway);
    expect((await gateway.control.setup.get()).state).toBe('dismissed');
  });

  test('on a config file it is never new, and nothing of it is taken over', async () => {
    const gateway = await start({ providers: [] }, { env: { OPENAI_API_KEY: OPENAI } });
    const view = await gateway.control.setup.get();
    expect(view.state).toBe('dismissed');
    expect(view.environment).toMatchObject([{ variable: 'OPENAI_API_KEY', state: 'free' }]);
    await expect(
      gateway.control.setup.adopt({ variable: 'OPENAI_API_KEY', keep: 'environment' }),
    ).rejects.toMatchObject({ code: 'MANAGED' });
  });
});

describe('taking over a key of the environment', () => {
  test('into the credential store: masked everywhere, and there when the variable is gone', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-setup-'));
    try {
      const gateway = await startTestGateway(undefined, {
        dataDir,
        env: { OPENAI_API_KEY: OPENAI, GROQ_API_KEY: GROQ },
      });
      const before = await gateway.control.setup.get();
      expect(before.environment).toEqual([
        {
          variable: 'OPENAI_API_KEY',
          kind: 'openai',
          label: 'OpenAI',
          hint: 'sk-…4f2a',
          state: 'free',
          provider: 'openai',
          referable: true,
        },
        {
          variable: 'GROQ_API_KEY',
          kind: 'groq',
          label: 'Groq',
          hint: 'gsk…91c3',
          state: 'free',
          provider: 'groq',
          referable: true,
        },
      ]);
      // The address stands in for the provider's own, so that nothing leaves this machine.
      await gateway.control.providers.save({ id: 'openai', kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1' });
      const { provider } = await gateway.control.setup.adopt({ variable: 'OPENAI_API_KEY', keep: 'keychain' });
      expect(provider).toMatchObject({ id: 'openai', baseUrl: 'http://127.0.0.1:9/v1' });
      expect(provider.credential).toMatchObject({ state: 'present', hint: 'sk-…4f2a' });
      expect(provider.credential.source).not.toBe('environment');
      const after = await gateway.control.setup.get();
      expect(after.environment[0]).toMatchObject({ state: 'used', provider: 'openai' });
      expect(JSON.stringify([before, after, provider])).not.toContain(OPENAI);
      expect(gateway.logged()).not.toContain(OPENAI);
      await expect(gateway.control.setup.adopt({ variable: 'OPENAI_API_KEY', keep: 'keychain' })).rejects.toMatchObject(
        { code: 'CONFLICT' },
      );
      await gateway.close();
      expect(readFileSync(join(dataDir, 'gatehouse.sqlite')).includes(OPENAI)).toBe(false);

      const without = await startTestGateway(undefined, { dataDir });
      const [kept] = (await without.control.providers.list()).filter(({ id }) => id === 'openai');
      expect(kept?.credential.state).toBe('present');
      await without.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  test('as a reference: the config names the variable, and no store holds the key', async () => {
    const gateway = await start(undefined, { env: { MISTRAL_API_KEY: GROQ, HTTPS_PROXY: 'http://127.0.0.1:9' } });
    const { provider } = await gateway.control.setup.adopt({ variable: 'MISTRAL_API_KEY', keep: 'environment' });
    expect(provider.credential).toMatchObject({ source: 'environment', state: 'present' });
    const { yaml } = await gateway.control.config.export();
    expect(yaml).toContain('env:MISTRAL_API_KEY');
    expect((await gateway.control.setup.get()).environment).toMatchObject([{ state: 'used', provider: 'mistral' }]);
  });

  test('keys that are not the provider’s, or lack a part, are told apart and left alone', async () => {
    const gateway = await start(undefined, {
      env: {
        OPENAI_API_KEY: OPENAI,
        OPENAI_BASE_URL: 'https://me:secret@models.example.test/v1',
        ANTHROPIC_API_KEY: 'gh_an-access-key-of-a-gatehouse-000000000000000',
        ANTHROPIC_BASE_URL: 'http://127.0.0.1:7420',
        GEMINI_API_KEY: 'AIza-the-same-key-twice-7777',
        GOOGLE_API_KEY: 'AIza-the-same-key-twice-7777',
        AWS_ACCESS_KEY_ID: 'ASIAABCDEFGHIJKLMNOP',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIexamplekey',
        AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEXAMPLE',
        XAI_API_KEY: 'xai-two\nlines-0000000000',
      },
    });
    const { environment } = await gateway.control.setup.get();
    expect(
      environment.map(({ variable, state, address, hint, temporary }) => ({
        variable,
        state,
        address,
        hint,
        temporary,
      })),
    ).toEqual([
      { variable: 'OPENAI_API_KEY', state: 'other_address', address: 'https://models.example.test', hint: 'sk-…4f2a' },
      { variable: 'GEMINI_API_KEY', state: 'free', hint: 'AIz…7777' },
      { variable: 'XAI_API_KEY', state: 'unusable', hint: 'xai…0000' },
      { variable: 'AWS_ACCESS_KEY_ID', state: 'no_region', hint: 'ASI…MNOP', temporary: true },
    ]);
    for (const variable of ['OPENAI_API_KEY', 'XAI_API_KEY', 'AWS_ACCESS_KEY_ID']) {
      await expect(gateway.control.setup.adopt({ variable, keep: 'keychain' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    }
    await expect(
      gateway.control.setup.adopt({ variable: 'ANTHROPIC_API_KEY', keep: 'keychain' }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await gateway.control.providers.list()).map(({ id }) => id)).toEqual(['sim']);
  });

  test('an AWS key in its parts becomes one credential, with the region of the environment', async () => {
    const gateway = await start(undefined, {
      env: {
        AWS_ACCESS_KEY_ID: 'AKIAABCDEFGHIJKLMNOP',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIexamplekey',
        AWS_DEFAULT_REGION: 'eu-central-1',
        HTTPS_PROXY: 'http://127.0.0.1:9',
      },
    });
    const [found] = (await gateway.control.setup.get()).environment;
    expect(found).toMatchObject({ state: 'free', kind: 'bedrock', referable: false });
    const { provider } = await gateway.control.setup.adopt({ variable: 'AWS_ACCESS_KEY_ID', keep: 'keychain' });
    expect(provider.baseUrl).toContain('eu-central-1');
    expect(provider.credential.state).toBe('present');
  });

  test('a provider that has a credential of its own keeps it', async () => {
    const gateway = await start(undefined, { env: { OPENAI_API_KEY: OPENAI, HTTPS_PROXY: 'http://127.0.0.1:9' } });
    await gateway.control.providers.save({ id: 'work', kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1' });
    await gateway.control.credentials.set({ providerId: 'work', secret: 'sk-another-key-000000000-9999' });
    expect((await gateway.control.setup.get()).environment).toMatchObject([{ state: 'other_key', provider: 'work' }]);
  });
});
