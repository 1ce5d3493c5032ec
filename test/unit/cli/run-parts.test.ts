/** The pure parts of `gatehouse run`: amounts, the child's environment, Windows command lines, the receipt. */
import { describe, expect, test } from 'vitest';
import { parseBudgetUsd, parseTtlMs } from '../../../proxy/cli/amounts.ts';
import { childEnvironment } from '../../../proxy/cli/run/child-environment.ts';
import { clientRemark } from '../../../proxy/cli/run/client-remark.ts';
import { receiptText } from '../../../proxy/cli/run/receipt-text.ts';
import { exitCodeOf } from '../../../proxy/cli/run/run-child.ts';
import { windowsPlan } from '../../../proxy/cli/run/windows-command.ts';
import type { RunReceipt } from '../../../proxy/contract/runs.ts';

describe('amounts', () => {
  test.each([
    ['2', 2],
    ['0.50', 0.5],
    ['$2', 2],
    ['$0.000000001', 1e-9],
    ['1000000', 1_000_000],
  ])('%s is %d USD', (typed, usd) => {
    expect(parseBudgetUsd(typed)).toBe(usd);
  });

  test.each([
    '',
    '$',
    '0',
    '0.0',
    '-1',
    '+1',
    '02',
    '.5',
    '2.',
    '2,5',
    '1_000',
    '1e3',
    '2$',
    ' 2',
    '€2',
    '1000001',
    'NaN',
    'Infinity',
    '0.0000000001',
  ])('"%s" is no amount', (typed) => {
    expect(() => parseBudgetUsd(typed)).toThrow('Write an amount in USD');
  });

  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('%s is %d ms', (typed, ms) => {
    expect(parseTtlMs(typed)).toBe(ms);
  });

  test.each(['', '2', '0s', 'h', '1.5h', '-2h', '2 h', '2H', '2hours', '8d', '1h30m', '604801s'])(
    '"%s" is no time',
    (typed) => {
      expect(() => parseTtlMs(typed)).toThrow('Write a time as');
    },
  );
});

describe('the environment of the child', () => {
  const own = { OPENAI_API_KEY: 'gh_run', GATEHOUSE_KEY: 'gh_run' };

  test('holds its own values, drops what conflicts and what is ours, in any case of the letters', () => {
    const { env, cwd } = childEnvironment(
      {
        PATH: '/usr/bin',
        openai_api_key: 'a',
        Anthropic_Api_Key: 'b',
        gatehouse_data_dir: 'c',
        GATEHOUSE_KEY: 'd',
        LANG: 'C',
      },
      own,
    );
    expect(env).toEqual({ PATH: '/usr/bin', LANG: 'C', ...own });
    expect(cwd).toBeUndefined();
  });

  test('under npm it is the environment of the person: their folder, their PATH', () => {
    const { env, cwd } = childEnvironment(
      {
        PATH: '/app/node_modules/.bin:/node_modules/.bin:/usr/lib/npm/node-gyp-bin:/home/me/project/node_modules/.bin/:/usr/bin',
        npm_lifecycle_event: 'gatehouse',
        npm_package_json: '/app/package.json',
        npm_config_x: 'y',
        INIT_CWD: '/home/me/project',
      },
      own,
    );
    expect(env).toEqual({ PATH: '/home/me/project/node_modules/.bin/:/usr/bin', ...own });
    expect(cwd).toBe('/home/me/project');
  });

  test('a script of the person’s own that runs gatehouse keeps its npm', () => {
    const parent = { PATH: '/mine/node_modules/.bin:/usr/bin', npm_lifecycle_event: 'test', INIT_CWD: '/mine' };
    expect(childEnvironment(parent, {})).toEqual({ env: parent, cwd: undefined });
  });

  test.each([
    [{ HTTPS_PROXY: 'p' }, '127.0.0.1,localhost'],
    [{ http_proxy: 'p', NO_PROXY: 'corp, .local' }, 'corp,.local,127.0.0.1,localhost'],
    [{ all_proxy: 'p', no_proxy: '127.0.0.1' }, '127.0.0.1,localhost'],
  ])('behind a proxy (%j) this machine is not asked for through it', (parent, excepted) => {
    expect(childEnvironment(parent, {}).env).toMatchObject({ NO_PROXY: excepted, no_proxy: excepted });
  });
});

describe('on Windows', () => {
  const there = new Set(['C:\\npm\\claude.cmd', 'C:\\Python\\python.exe', 'C:\\npm\\both.exe', 'C:\\npm\\both.cmd']);
  const world = {
    env: { Path: 'C:\\npm;C:\\Python', PATHEXT: '.exe;.cmd', ComSpec: 'C:\\Windows\\cmd.exe' },
    exists: (path: string) => there.has(path),
  };

  test('a program is started directly, its arguments as they are', () => {
    const args = ['-c', 'print("%PATH%")'];
    expect(windowsPlan('python', args, world)).toEqual({ file: 'C:\\Python\\python.exe', args, verbatim: false });
  });

  test('a program goes before a batch file of the same name, in the order of PATHEXT', () => {
    expect(windowsPlan('both', [], world)?.file).toBe('C:\\npm\\both.exe');
    expect(windowsPlan('both.cmd', [], world)?.verbatim).toBe(true);
  });

  test('a batch file goes through cmd.exe, and nothing in an argument can act on its command line', () => {
    const plan = windowsPlan('claude', ['-p', 'a "b" & del %TEMP% | more > x ^ (y)\\'], world);
    expect(plan).toMatchObject({ file: 'C:\\Windows\\cmd.exe', verbatim: true });
    expect(plan?.args.slice(0, 3)).toEqual(['/d', '/s', '/c']);
    const line = plan?.args[3] ?? '';
    expect(line.startsWith('"^"C:\\npm\\claude.cmd^" ')).toBe(true);
    // What cmd.exe reads first (carets taken away once) still escapes each character it acts on.
    const inner = line.slice(1, -1).replace(/\^(.)/gs, '$1');
    const argument = inner.slice(inner.indexOf('cmd" ') + 'cmd" '.length);
    expect(argument.replace(/\^./gs, '')).not.toMatch(/[&|<>%"()]/);
    // And what the program gets in the end, quotes escaped as its runtime reads them.
    expect(argument.replace(/\^(.)/gs, '$1')).toBe('"-p" "a \\"b\\" & del %TEMP% | more > x ^ (y)\\\\"');
  });

  test('a batch file cannot be given a line break', () => {
    expect(windowsPlan('claude', ['-p', 'one\ntwo'], world)).toBeUndefined();
    expect(windowsPlan('python', ['one\ntwo'], world)?.args).toEqual(['one\ntwo']);
  });

  test('what is not there is left to the system to refuse', () => {
    expect(windowsPlan('nope', ['a'], world)).toEqual({ file: 'nope', args: ['a'], verbatim: false });
  });
});

test('an exit code is the child’s, or 128 and the number of its signal', () => {
  expect([exitCodeOf(0, null), exitCodeOf(3, null), exitCodeOf(null, 'SIGTERM'), exitCodeOf(null, 'SIGKILL')]).toEqual([
    0, 3, 143, 137,
  ]);
});

test.each([
  [['codex', 'exec', 'x'], /not in this budget/],
  [['/usr/bin/codex', '-c', 'model_provider=gatehouse'], undefined],
  [['C:\\npm\\opencode.cmd', 'run'], /own settings/],
  [['claude', '-p', 'x'], undefined],
  [['constructor'], undefined],
])('%j: a tool that reads no environment is named', (command, words) => {
  const remark = clientRemark(command);
  if (words === undefined) expect(remark).toBeUndefined();
  else expect(remark).toMatch(words);
});

describe('the receipt', () => {
  const receipt: RunReceipt = {
    id: 'run-claude-abcdefgh',
    startedAtMs: 0,
    calls: 12,
    attempts: 12,
    refused: [],
    usage: { inputTokens: 12_345, outputTokens: 678 },
    models: [
      { provider: 'anthropic', model: 'claude-sonnet-4-5', calls: 11, chargedNano: 34_567_001 },
      { provider: 'openai', model: 'gpt-4o-mini', calls: 1, chargedNano: 1 },
    ],
    chargedNano: 34_567_002,
    feeNano: 0,
    exactNano: 34_567_002,
    estimatedNano: 0,
    unknownNano: 0,
    correctedNano: 0,
    openHolds: 0,
    budget: {
      id: 'key-cap:run-claude-abcdefgh',
      scope: 'key:run-claude-abcdefgh',
      window: 'total',
      limitNano: 2_000_000_000,
      spentNano: 34_567_002,
      heldNano: 0,
      leftNano: 1_965_432_998,
      windowStartMs: 0,
    },
  };

  test('says every amount to the nano-dollar', () => {
    expect(receiptText(receipt)).toBe(
      [
        'gatehouse: run run-claude-abcdefgh',
        '  calls   12',
        '  models  anthropic/claude-sonnet-4-5 (11 calls, $0.034567001), openai/gpt-4o-mini (1 call, $0.000000001)',
        '  tokens  12,345 in, 678 out',
        '  cost    $0.034567002, exact',
        '  left    $1.965432998 of $2',
      ].join('\n'),
    );
  });

  test('says what is not sure, was refused, is still open', () => {
    const text = receiptText({
      ...receipt,
      attempts: 14,
      refused: [
        { code: 'budget_exceeded', calls: 2 },
        { code: 'rate_limited', calls: 1 },
      ],
      usage: { inputTokens: 0, cacheReadTokens: 2_000, cacheWriteTokens: 30, outputTokens: 5, reasoningTokens: 7 },
      exactNano: 30_000_000,
      estimatedNano: 4_000_000,
      unknownNano: 567_002,
      feeNano: 1_000,
      correctedNano: -5_000,
      openHolds: 1,
      budget: { ...receipt.budget, heldNano: 1_000_000 },
    });
    expect(text).toContain('12, in 14 attempts; 3 refused (budget_exceeded 2, rate_limited 1)');
    expect(text).toContain('0 in, 2,000 from cache, 30 to cache, 5 out, 7 reasoning');
    expect(text).toContain(
      'cost    $0.034567002, $0.004 of it estimated, $0.000567002 of it at most: nobody told the usage, $0.000001 of it fee, -$0.000005 corrected since',
    );
    expect(text).toContain('open    1 call not settled yet ($0.001 held)');
    expect(text).not.toContain('exact');
  });

  test('without a single call says so', () => {
    const text = receiptText({
      ...receipt,
      calls: 0,
      attempts: 0,
      models: [],
      usage: {},
      chargedNano: 0,
      exactNano: 0,
    });
    expect(text).toContain('models  none');
    expect(text).toContain('tokens  none reported');
    expect(text).toContain('cost    $0, exact');
  });
});
