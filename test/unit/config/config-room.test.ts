import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configProblems } from '../../../proxy/config/check-config.ts';
import { defaultConfig } from '../../../proxy/config/default-config.ts';
import { EnvRefError, resolveEnvRef } from '../../../proxy/config/env-ref.ts';
import { exportConfigYaml } from '../../../proxy/config/export-config.ts';
import { loadConfigFile } from '../../../proxy/config/load-config-file.ts';
import { parseConfigYaml } from '../../../proxy/config/parse-config.ts';
import { type Config, type ConfigInput, config } from '../../../proxy/contract/config.ts';

function accepted(text: string): Config {
  const result = parseConfigYaml(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.config;
}

describe('providers', () => {
  test('a file that is silent about providers has the simulator', () => {
    expect(accepted('version: 1\n')).toEqual(defaultConfig());
    expect(defaultConfig().providers.map((provider) => provider.kind)).toEqual(['simulator']);
  });

  test('a file that lists providers is authoritative, also with none', () => {
    expect(accepted('version: 1\nproviders: []\n').providers).toEqual([]);
    const file = 'version: 1\nproviders:\n  - { id: openai, kind: openai }\n';
    expect(accepted(file).providers.map((provider) => provider.id)).toEqual(['openai']);
  });
});

test('anchors and aliases work', () => {
  const text =
    'version: 1\nproviders:\n  - id: a\n    kind: openai\n    models: &m [{ id: x, inputUsdPerMTok: 1 }]\n  - id: b\n    kind: openai\n    models: *m\n';
  expect(accepted(text).providers[1]?.models).toEqual([{ id: 'x', inputUsdPerMTok: 1 }]);
});

test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('%s is loopback', (host) => {
  expect(accepted(`version: 1\nserver: { host: "${host}" }\n`).server.host).toBe(host);
});

describe('export', () => {
  test('leaves defaults out and keeps the order of the schema', () => {
    const full: ConfigInput = {
      budgets: [{ window: 'month', limitUsd: 20, scope: 'global', id: 'month', onLimit: 'block' }],
      providers: [{ kind: 'openai', id: 'openai', enabled: true, retention: 'none' }],
      version: 1,
      server: { port: 8000 },
    };
    const yaml = exportConfigYaml(config.parse(full));
    expect(yaml.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
      'version: 1',
      'server:',
      '  port: 8000',
      'providers:',
      '  - id: openai',
      '    kind: openai',
      '    retention: none',
      'budgets:',
      '  - id: month',
      '    scope: global',
      '    window: month',
      '    limitUsd: 20',
      '',
    ]);
  });

  test('an empty list of providers stays empty when read back', () => {
    const none = config.parse({ version: 1, providers: [] });
    expect(accepted(exportConfigYaml(none))).toEqual(none);
  });

  test('reads back as the same config', () => {
    fc.assert(
      fc.property(configs, (value) => {
        expect(accepted(exportConfigYaml(value))).toEqual(value);
      }),
      { numRuns: 150 },
    );
  });
});

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
/** Also names that YAML reads as something else unless they are quoted. */
const modelId = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    'on',
    'null',
    '~',
    '1e3',
    '0x1F',
    'yes',
    '- a',
    '#x',
    'a: b',
    '"',
    ' x ',
    '*x',
    '!t',
    '@x',
    'é',
    '\ttab',
  ),
);
const usd = fc.option(fc.double({ min: 0.001, max: 9_999, noNaN: true }), { nil: undefined });
const configs = fc
  .record({
    port: fc.integer({ min: 0, max: 65_535 }),
    timeZone: fc.option(fc.constantFrom('Europe/Berlin', 'UTC'), { nil: undefined }),
    providers: fc.uniqueArray(
      fc.record({
        id: slug,
        kind: fc.constant('openai' as const),
        enabled: fc.boolean(),
        credential: fc.option(fc.constantFrom('none', 'env:X', 'file:/tmp/a b: c', 'keychain:x'), { nil: undefined }),
        models: fc.uniqueArray(
          fc.record({ id: modelId, inputUsdPerMTok: usd, outputUsdPerMTok: usd, cacheReadUsdPerMTok: usd }),
          {
            selector: (model) => model.id,
            maxLength: 3,
          },
        ),
      }),
      { selector: (provider) => provider.id, maxLength: 3 },
    ),
    killed: fc.boolean(),
    budget: fc.option(fc.double({ min: 0, max: 1_000_000, noNaN: true }), { nil: undefined }),
  })
  .map(({ port, timeZone, providers, killed, budget }) =>
    config.parse({
      version: 1,
      server: { port },
      timeZone,
      providers,
      killSwitch: { global: killed },
      budgets: budget === undefined ? [] : [{ id: 'cap', scope: 'global', window: 'day', limitUsd: budget }],
    }),
  );

describe('environment references', () => {
  test('give the value', () => {
    expect(resolveEnvRef('env:KEY', { KEY: ' v ' })).toBe(' v ');
  });

  test.each([
    ['env:MISSING', 'MISSING is not set'],
    ['env:EMPTY', 'EMPTY is empty'],
    ['KEY', 'written env:NAME'],
  ])('%s fails naming the variable', (ref, words) => {
    expect(() => resolveEnvRef(ref, { EMPTY: ' ', KEY: 'canary' })).toThrow(EnvRefError);
    expect(() => resolveEnvRef(ref, { EMPTY: ' ', KEY: 'canary' })).toThrow(words);
  });
});

describe('a file on disk', () => {
  test('is loaded, or says why not', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'gatehouse-config-'));
    await writeFile(join(dir, 'good.yaml'), '\ufeffversion: 1\r\nserver:\r\n  port: 1\r\n');
    await writeFile(join(dir, 'latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    await writeFile(join(dir, 'big.yaml'), 'x'.repeat(256 * 1024 + 1));
    expect(await loadConfigFile(join(dir, 'good.yaml'))).toMatchObject({ ok: true, config: { server: { port: 1 } } });
    const cases = {
      'none.yaml': 'there is no file',
      'latin.yaml': 'UTF-8',
      'big.yaml': 'right file',
      '.': 'directory',
    };
    for (const [name, words] of Object.entries(cases)) {
      const result = await loadConfigFile(join(dir, name));
      if (result.ok) throw new Error(`${name} was accepted`);
      expect(result.problems[0]?.message).toContain(words);
    }
  });
});

test('a config that is not from a file is checked the same way', () => {
  const open = config.parse({ version: 1, server: { host: '0.0.0.0' }, firewall: { mode: 'block' } });
  expect(configProblems(open).map((problem) => problem.path)).toEqual(['server.host', 'firewall.mode']);
});
