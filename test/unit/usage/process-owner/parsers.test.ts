import { describe, expect, test } from 'vitest';
import { clientInLsof, scriptInArguments } from '../../../../proxy/usage/process-owner/macos.ts';
import { clientSocket } from '../../../../proxy/usage/process-owner/proc-net.ts';
import { processName, scriptOf } from '../../../../proxy/usage/process-owner/process-name.ts';
import { clientInNetstat, imageInTasklist } from '../../../../proxy/usage/process-owner/windows.ts';

/** 7420 is 0x1CFC, 52345 is 0xCC79. */
const PORTS = { family: 4, client: 52_345, gateway: 7420 } as const;

describe('/proc/net/tcp', () => {
  const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const row = (local: string, remote: string, state = '01', inode = '48211', uid = '1000') =>
    `   1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 2 0000000000000000 20 4 30 10 -1`;
  const CLIENT = row('0100007F:CC79', '0100007F:1CFC');
  const SERVER = row('0100007F:1CFC', '0100007F:CC79', '01', '48212');
  const table = (...rows: string[]) => [HEAD, ...rows, ''].join('\n');

  test("finds the client's end, not ours, and says whose it is", () => {
    expect(clientSocket(table(SERVER, CLIENT), PORTS)).toEqual({ inode: '48211', uid: 1000 });
  });

  test('finds it on IPv6 loopback and where IPv4 is mapped into IPv6', () => {
    const one = `${'0'.repeat(24)}01000000`;
    const mapped = '0000000000000000FFFF00000100007F';
    for (const [address, family, other] of [
      [one, 6, 4],
      [mapped, 4, 6],
    ] as const) {
      const rows = table(row(`${address}:CC79`, `${address}:1CFC`));
      expect(clientSocket(rows, { ...PORTS, family })).toEqual({ inode: '48211', uid: 1000 });
      expect(clientSocket(rows, { ...PORTS, family: other })).toBeUndefined();
    }
  });

  test.each([
    ['another client port', row('0100007F:CC7A', '0100007F:1CFC')],
    ['another server', row('0100007F:CC79', '0100007F:1CFD')],
    ['a listening socket', row('0100007F:CC79', '00000000:0000', '0A')],
    ['a connection that is closing', row('0100007F:CC79', '0100007F:1CFC', '06')],
    ['a socket that lost its process', row('0100007F:CC79', '0100007F:1CFC', '01', '0')],
    ['the same ports on another network', row('0101A8C0:CC79', '0201A8C0:1CFC')],
    ['a line cut short', '   1: 0100007F:CC79 0100007F:1CFC 01'],
    ['no such thing', 'garbage'],
  ])('leaves %s alone', (_what, line) => {
    expect(clientSocket(table(line), PORTS)).toBeUndefined();
  });

  test('two connections that answer to the same ports are none: it never guesses', () => {
    expect(clientSocket(table(CLIENT, row('0200007F:CC79', '0100007F:1CFC', '01', '9')), PORTS)).toBeUndefined();
  });
});

describe('the name of what an interpreter runs', () => {
  test.each([
    ['node', ['node', '/usr/local/bin/claude', '-p', 'my secret'], 'node', 'claude'],
    ['node', ['/usr/bin/node', 'agent.mjs'], 'MainThread', 'agent.mjs'],
    ['python3.12', ['python3', '-m', 'aider.main', '--api-key', 'x'], 'python3', 'aider.main'],
    ['python3.12', ['python3', 'C:\\tools\\agent.py'], 'python3', 'agent.py'],
    // A title has overwritten the arguments.
    ['node', ['claude'], 'claude', 'claude'],
    ['node', ['claude', '', ''], 'claude', 'claude'],
  ])('%s %j (%s) is %s', (program, argv, title, script) => {
    expect(scriptOf(program, argv, title)).toBe(script);
  });

  test.each([
    ['a program that is no interpreter', 'curl', ['curl', 'http://x/?key=secret'], 'curl'],
    ['an interpreter alone', 'node', ['node'], 'MainThread'],
    ['an interpreter alone by its short name', 'python3.12', ['python3'], 'python3'],
    ['an option first, which may take the next argument', 'node', ['node', '--import', 'x.mjs', 'agent.mjs'], 'node'],
    ['code on the command line', 'python3', ['python3', '-c', 'print(1)'], 'python3'],
    ['a module flag without a module', 'python3', ['python3', '-m'], 'python3'],
    ['what is no plain file name', 'node', ['node', '/tmp/sk-1234 5678'], 'node'],
    ['a name longer than any', 'node', ['node', 'x'.repeat(65)], 'node'],
  ])('%s has none', (_what, program, argv, title) => {
    expect(scriptOf(program, argv, title)).toBeUndefined();
  });

  test('a record names the script, or else the program', () => {
    expect(processName({ pid: 1, program: 'node', script: 'claude' })).toBe('claude');
    expect(processName({ pid: 1, program: 'curl' })).toBe('curl');
  });
});

describe('lsof -F', () => {
  const both = [
    'p812',
    'cGatehouse\\x20Helper',
    'f21',
    'n127.0.0.1:7420->127.0.0.1:52345',
    'p4711',
    'cCursor\\x20Helper',
    'f30',
    'n127.0.0.1:50000->127.0.0.1:9999',
    'f38',
    'n127.0.0.1:52345->127.0.0.1:7420',
    '',
  ].join('\n');

  test("is read for the client's process, though both ends are listed", () => {
    expect(clientInLsof(both, PORTS)).toEqual({ pid: 4711, program: 'Cursor Helper' });
  });

  test('knows IPv6, and nothing where nothing fits', () => {
    expect(clientInLsof('p1\nccurl\nf3\nn[::1]:52345->[::1]:7420\n', PORTS)).toEqual({ pid: 1, program: 'curl' });
    expect(clientInLsof('', PORTS)).toBeUndefined();
    expect(clientInLsof(both, { family: 4, client: 1, gateway: 7420 })).toBeUndefined();
    expect(clientInLsof('pnone\ncx\nn127.0.0.1:52345->127.0.0.1:7420', PORTS)).toBeUndefined();
  });

  test.each([
    ['/usr/local/bin/node /opt/homebrew/bin/claude -p secret', 'claude'],
    ['python3 /Users/me/agent.py --key secret', 'agent.py'],
    ['node /Users/me/My Tools/agent.js', undefined],
    ['node', undefined],
    ['', undefined],
  ])('ps %s -> %s', (line, script) => expect(scriptInArguments(line)).toBe(script));
});

describe('netstat -ano and tasklist', () => {
  const NETSTAT = [
    '',
    'Aktive Verbindungen',
    '',
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    127.0.0.1:7420         0.0.0.0:0              ABHÖREN         812',
    '  TCP    127.0.0.1:7420         127.0.0.1:52345        HERGESTELLT     812',
    '  TCP    127.0.0.1:52345        127.0.0.1:7420         HERGESTELLT     4711',
    '  TCP    127.0.0.1:52399        127.0.0.1:7420         WARTEND         0',
    '  TCP    [::1]:52346            [::1]:7420             HERGESTELLT     4712',
    '  UDP    127.0.0.1:52345        *:*                                    99',
    '',
  ].join('\r\n');

  test("gives the client's process, on a Windows of any language", () => {
    expect(clientInNetstat(NETSTAT, PORTS)).toBe(4711);
    expect(clientInNetstat(NETSTAT, { family: 4, client: 52_346, gateway: 7420 })).toBe(4712);
  });

  test('gives none for what is waiting to be forgotten, or not there', () => {
    expect(clientInNetstat(NETSTAT, { family: 4, client: 52_399, gateway: 7420 })).toBeUndefined();
    expect(clientInNetstat(NETSTAT, { family: 4, client: 1, gateway: 7420 })).toBeUndefined();
  });

  test('the image of exactly this process', () => {
    const list =
      '"Code Helper.exe","47110","Console","1","80.000 K"\r\n"Cursor.exe","4711","Console","1","100.000 K"\r\n';
    expect(imageInTasklist(list, 4711)).toBe('Cursor.exe');
    expect(imageInTasklist('INFO: No tasks are running which match the specified criteria.\r\n', 4711)).toBeUndefined();
  });
});
