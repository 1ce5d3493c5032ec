import { describe, expect, it } from 'vitest';
import { parseShellArguments, refuseDebugging, UsageError } from '../../../electron/arguments.ts';
import { gatewayArguments } from '../../../electron/gateway/arguments.ts';
import { gatewayEnvironment } from '../../../electron/gateway/environment.ts';

describe('parseShellArguments', () => {
  it('takes its own and leaves the rest alone', () => {
    const argv = [
      'dist/electron/main.js',
      '--inspect=0',
      '--data-dir',
      '/tmp/d',
      '--port=0',
      '--no-sandbox',
      '--hidden',
    ];
    expect(parseShellArguments(argv)).toEqual({ dataDir: '/tmp/d', port: 0, hidden: true, announce: false });
    expect(parseShellArguments([])).toEqual({ hidden: false, announce: false });
  });

  it.each([
    [['--data-dir']],
    [['--data-dir', '--hidden']],
    [['--config=']],
    [['--port', 'http']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port', '1e3']],
  ])('refuses %j', (argv) => {
    expect(() => parseShellArguments(argv)).toThrow(UsageError);
  });

  it.each(['--remote-debugging-port=9222', '--remote-debugging-pipe', '--inspect', '--inspect-brk=0'])(
    'is not opened to a debugger by %s once installed',
    (argument) => {
      expect(() => refuseDebugging(['--hidden', argument])).toThrow(UsageError);
    },
  );

  it('takes every other switch once installed', () => {
    expect(() => refuseDebugging(['--hidden', '--data-dir', '/inspect', '--no-sandbox'])).not.toThrow();
  });

  it('gives the gateway what it was given', () => {
    const given = parseShellArguments(['--config', 'c.yaml', '--port', '7421']);
    expect(gatewayArguments(given, '/d')).toEqual([
      '--electron',
      '--data-dir',
      '/d',
      '--config',
      'c.yaml',
      '--port',
      '7421',
    ]);
  });
});

describe('gatewayEnvironment', () => {
  it('keeps the person’s variables and drops what steers the process itself', () => {
    const kept = {
      HOME: '/home/a',
      PATH: '/bin',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
      HTTPS_PROXY: 'http://proxy:3128',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      OPENAI_API_KEY: 'a config may name it',
    };
    const dropped = {
      NODE_OPTIONS: '--inspect',
      ELECTRON_RUN_AS_NODE: '1',
      VSCODE_IPC_HOOK: 'x',
      npm_config_registry: 'x',
      CHROME_DESKTOP: 'x',
      LD_PRELOAD: 'x.so',
      DYLD_INSERT_LIBRARIES: 'x',
      UNSET: undefined,
    };
    expect(gatewayEnvironment({ ...kept, ...dropped })).toEqual({ ...kept, MALLOC_ARENA_MAX: '2' });
  });

  it('saves memory where the person has not said otherwise', () => {
    expect(gatewayEnvironment({})).toEqual({ MALLOC_ARENA_MAX: '2' });
    expect(gatewayEnvironment({ MALLOC_ARENA_MAX: '8' })).toEqual({ MALLOC_ARENA_MAX: '8' });
  });
});
