import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { dataDirOf } from '../../../proxy/cli/data-dir.ts';
import { parseConfigYaml } from '../../../proxy/config/parse-config.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import { freshDir, run } from '../../support/cli/captured-io.ts';

describe('usage', () => {
  test.each([
    [['--help'], 0, 'gatehouse ledger audit'],
    [['--version'], 0, '0.'],
    [['keys', 'create', '--help'], 0, 'gatehouse keys create my-editor'],
    [['ledger', 'export', '--help'], 0, 'jsonl'],
  ])('%j explains on stdout', async (argv, code, words) => {
    const result = await run(argv);
    expect(result).toMatchObject({ code, err: '' });
    expect(result.out).toContain(words);
  });

  test.each([
    [[], 'Usage: gatehouse'],
    [['keys'], 'Usage: gatehouse keys'],
    [['serv'], "unknown command 'serv'"],
    [['keys', 'create'], "missing required argument 'id'"],
    [['keys', 'create', 'Bad Id'], 'lower-case'],
    [['keys', 'create', 'a', '--project', '/x'], 'letters, digits'],
    [['keys', 'list', 'extra'], 'too many arguments'],
    [['keys', 'create', 'a', '--cap', '20'], 'USD/window'],
    [['keys', 'create', 'a', '--cap', '20/year'], 'USD/window'],
    [['keys', 'create', 'a', '--cap', '1000001/day'], 'cap.limitUsd'],
    [['keys', 'create', 'a', '--on-limit', 'clamp'], 'give --cap too'],
    [['keys', 'create', 'a', '--rpm', '0'], 'from 1 up'],
    [['keys', 'create', 'a', '--max-tier', 'free'], 'Allowed choices are economy, standard, premium'],
    [['keys', 'create', 'a', '--expires', '2027-01-31'], '90m, 8h, 30d'],
    [['keys', 'update', 'a', '--expires', 'soon'], '90m, 8h, 30d'],
    [['serve', '--port', '70000'], '0 to 65535'],
    [['serve', '--port', '-1'], '0 to 65535'],
    [['serve', '--host', '0.0.0.0'], "unknown option '--host'"],
    [['ledger', 'export', '--format', 'xml'], 'Allowed choices are jsonl, csv'],
  ])('%j is wrong usage: code 2, said on stderr', async (argv, words) => {
    const result = await run(argv);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toContain(words);
  });
});

test('serve hands absolute paths and the port to the host, and gives its exit code', async () => {
  const argv = ['serve', '--config', 'a.yaml', '--data-dir', 'data', '--port', '0'];
  const { served } = await run(argv);
  expect(served).toEqual([{ configPath: resolve('a.yaml'), dataDir: resolve('data'), port: 0 }]);
  expect((await run(['serve'], { serve: async () => 7 })).code).toBe(7);
});

test('the data directory: option, then environment, then the place of this system', () => {
  expect(dataDirOf('/a', { GATEHOUSE_DATA_DIR: '/b' })).toBe('/a');
  expect(dataDirOf(undefined, { GATEHOUSE_DATA_DIR: '/b' })).toBe('/b');
  expect(dataDirOf(undefined, { GATEHOUSE_DATA_DIR: '' })).toContain(homedir());
  expect(dataDirOf(undefined, {})).toMatch(/gatehouse$/i);
});

describe('without a database', () => {
  test.each([[['keys', 'list']], [['ledger', 'audit']], [['ledger', 'export']]])(
    '%j says how to get one',
    async (argv) => {
      const dataDir = freshDir();
      const result = await run([...argv, '--data-dir', dataDir]);
      expect(result).toMatchObject({ code: 1, out: '' });
      expect(result.err).toContain(`no Gatehouse database in ${dataDir} yet`);
    },
  );

  test('config export gives the default, and says so', async () => {
    const result = await run(['config', 'export', '--data-dir', freshDir()]);
    expect(result.code).toBe(0);
    expect(result.err).toContain('default config');
    expect(parseConfigYaml(result.out)).toMatchObject({ ok: true });
  });
});

describe('offline', () => {
  test('keys are made, listed and revoked; the secret is shown once and is nowhere else', async () => {
    const at = ['--data-dir', freshDir()];
    const created = await run(['keys', 'create', 'editor', '--project', 'acme', ...at]);
    expect(created.code).toBe(0);
    expect(created.out).toMatch(/^gh_[A-Za-z0-9_-]{43}\n$/);
    const listed = await run(['keys', 'list', ...at]);
    expect(listed.out).toMatch(/editor +gh_.{4}… +acme .* active/);
    expect(listed.out).not.toContain(created.out.trim());
    expect(await run(['keys', 'create', 'editor', ...at])).toMatchObject({ code: 1, out: '' });
    expect((await run(['keys', 'revoke', 'editor', ...at])).out).toContain('Revoked "editor"');
    expect((await run(['keys', 'list', ...at])).out).toContain('No access keys');
    const all = await run(['keys', 'list', '--all', '--json', ...at]);
    expect(JSON.parse(all.out)).toMatchObject([{ id: 'editor', project: 'acme', revokedAtMs: expect.any(Number) }]);
    expect((await run(['keys', 'revoke', 'nobody', ...at])).err).toContain('no access key "nobody"');
  });

  test('what a key may do is given by flags, shown in words, and replaced as a whole', async () => {
    const at = ['--data-dir', freshDir()];
    const flags = [
      '--model',
      'openai/*',
      '--model',
      'groq/*',
      '--max-tier',
      'standard',
      '--rpm',
      '60',
      '--tpm',
      '200000',
    ];
    const more = ['--concurrency', '4', '--cap', '2.5/day', '--on-limit', 'clamp', '--no-loop-guard'];
    const created = await run([
      'keys',
      'create',
      'agent',
      '--json',
      '--expires',
      '2999-01-31T18:00:00+02:00',
      ...flags,
      ...more,
      ...at,
    ]);
    expect(JSON.parse(created.out).key).toMatchObject({
      expiresAtMs: Date.UTC(2999, 0, 31, 16),
      policy: {
        models: ['openai/*', 'groq/*'],
        maxTier: 'standard',
        requestsPerMinute: 60,
        tokensPerMinute: 200_000,
        concurrency: 4,
        cap: { window: 'day', limitUsd: 2.5, onLimit: 'clamp' },
        loopGuard: false,
      },
    });
    const shown = 'openai/*, groq/*, <= standard, 60 req/min, 200000 tok/min, 4 at once, $2.5/day, no loop guard';
    expect((await run(['keys', 'list', ...at])).out).toMatch(/2999-01-31 16:00 +active +openai/);
    expect((await run(['keys', 'list', ...at])).out).toContain(shown);
    const updated = await run(['keys', 'update', 'agent', '--cap', '1/total', '--project', 'p', ...at]);
    expect(updated.out).toMatch(/^Updated "agent" \(gh_.{4}…\): \$1\/total\n$/);
    const listed = await run(['keys', 'list', '--json', ...at]);
    expect(JSON.parse(listed.out)).toMatchObject([
      { id: 'agent', project: 'p', policy: { cap: { window: 'total', limitUsd: 1, onLimit: 'block' } } },
    ]);
    expect((await run(['keys', 'update', 'agent', ...at])).out).toContain(': -');
    expect((await run(['keys', 'update', 'nobody', ...at])).err).toContain('no access key "nobody"');
  });

  test('a key whose time is over is shown as expired', async () => {
    const at = ['--data-dir', freshDir()];
    const before = systemClock.nowMs();
    const created = await run(['keys', 'create', 'later', '--json', '--expires', '2h', ...at]);
    const { expiresAtMs } = JSON.parse(created.out).key;
    expect(expiresAtMs - 2 * 3_600_000).toBeGreaterThanOrEqual(before);
    expect(expiresAtMs - 2 * 3_600_000).toBeLessThanOrEqual(systemClock.nowMs());
    await run(['keys', 'create', 'past', '--expires', '2020-01-01T00:00:00Z', ...at]);
    expect((await run(['keys', 'list', ...at])).out).toMatch(/past .* expired/);
  });

  test('a config is imported as a new version and exported again', async () => {
    const dataDir = freshDir();
    const file = join(dataDir, 'in.yaml');
    writeFileSync(file, 'version: 1\nserver:\n  port: 7421\nproviders: []\n');
    const imported = await run(['config', 'import', file, '--data-dir', dataDir]);
    expect(imported).toMatchObject({
      code: 0,
      out: 'Imported as config version 1: 0 providers, 0 access keys, 0 budgets\n',
    });
    const exported = await run(['config', 'export', '--data-dir', dataDir]);
    expect(exported.out).toContain('port: 7421');
    expect(exported.out).toContain('providers: []');
  });

  test('a config that does not hold is not imported', async () => {
    const dataDir = freshDir();
    const file = join(dataDir, 'bad.yaml');
    writeFileSync(file, 'version: 1\nserver: { port: x }\n');
    const imported = await run(['config', 'import', file, '--data-dir', dataDir]);
    expect(imported.code).toBe(3);
    expect(imported.err).toContain(`${file}:2:11: server.port`);
    expect((await run(['config', 'export', '--data-dir', dataDir])).err).toContain('no database');
  });

  test('an empty ledger audits as ok, for people and for programs', async () => {
    const dataDir = freshDir();
    openStorage({ dataDir, clock: systemClock }).close();
    expect((await run(['ledger', 'audit', '--data-dir', dataDir])).out).toContain('everything agrees');
    const json = await run(['ledger', 'audit', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, checkedEntries: 0 });
  });

  test('a file that is no database is reported and left alone', async () => {
    const dataDir = freshDir();
    writeFileSync(join(dataDir, 'gatehouse.sqlite'), 'not a database, only a text of some length'.repeat(200));
    for (const argv of [
      ['keys', 'create', 'a'],
      ['keys', 'list'],
      ['ledger', 'audit'],
      ['config', 'export'],
    ]) {
      const result = await run([...argv, '--data-dir', dataDir]);
      expect(result, argv.join(' ')).toMatchObject({ code: 1, out: '' });
      expect(result.err).toMatch(/damaged .*Stop Gatehouse, then put a backup in its place/);
    }
    expect((await run(['doctor', '--data-dir', dataDir])).code).toBe(3);
  });
});

describe('config check', () => {
  test('a good file: a summary, and the variables a start would miss', async () => {
    const file = join(freshDir(), 'a.yaml');
    writeFileSync(
      file,
      'version: 1\nproviders: [{ id: o, kind: openai, credential: "env:OPENAI_KEY" }]\naccessKeys: [{ id: cli, value: "env:CLI_KEY" }]\n',
    );
    const result = await run(['config', 'check', file], { env: { CLI_KEY: 'canary' } });
    expect(result).toMatchObject({ code: 0, out: 'a.yaml holds: 1 provider, 1 access key, 0 budgets\n' });
    expect(result.err).toContain('provider o: the environment variable OPENAI_KEY is not set');
    expect(result.err).not.toContain('CLI_KEY');
  });

  test('a bad file: code 3, every problem on its own line; JSON has them too', async () => {
    const file = join(freshDir(), 'a.yaml');
    writeFileSync(file, 'version: 1\nserver: { port: -1 }\nfoo: 1\n');
    const result = await run(['config', 'check', file]);
    expect(result).toMatchObject({ code: 3, out: '' });
    expect(result.err.trim().split('\n')).toHaveLength(2);
    const json = await run(['config', 'check', '--json', file]);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      problems: [{ path: 'server.port', line: 2 }, { path: 'foo' }],
    });
  });

  test('a missing file: code 3, and which', async () => {
    expect(await run(['config', 'check', '/nowhere/x.yaml'])).toMatchObject({ code: 3, out: '' });
  });
});

test('an output that closes early ends the command quietly', async () => {
  const dataDir = freshDir();
  await run(['keys', 'create', 'a', '--data-dir', dataDir]);
  const closed = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const result = await run(['ledger', 'export', '--data-dir', dataDir], { stdout: closed });
  expect(result).toMatchObject({ code: 0, err: '' });
});

test('an unexpected error is not swallowed: code 1 and its stack', async () => {
  const serve = async (): Promise<number> => {
    throw new RangeError('boom');
  };
  const result = await run(['serve'], { serve });
  expect(result.code).toBe(1);
  expect(result.err).toMatch(/unexpected error: RangeError: boom\n +at /);
});
