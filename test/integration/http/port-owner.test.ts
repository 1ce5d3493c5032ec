import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  commandInTasklist,
  findPortOwner,
  findWithLsof,
  listeningInodes,
  ownerInLsof,
  pidInNetstat,
} from '../../../proxy/http/port-owner.ts';

async function listenHere(host: string): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The gateway listens on IPv4; elsewhere than on Windows an IPv6 listener can be in its way too. */
const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some((a) => a.family === 'IPv6'));
const HOSTS = ['127.0.0.1', '0.0.0.0', ...(HAS_IPV6 && process.platform !== 'win32' ? ['::', '::1'] : [])];

const me = { pid: process.pid, command: basename(process.execPath) };

describe('who listens on a port', () => {
  test.each(HOSTS)('finds this process on %s', async (host) => {
    expect(await findPortOwner(await listenHere(host))).toEqual(me);
  });

  test('finds another process', async () => {
    const child = fork(join(import.meta.dirname, 'listen.ts'), { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [port] = await once(child, 'message');
    expect(await findPortOwner(Number(port))).toEqual({ pid: child.pid, command: me.command });
  });

  test('a port nobody listens on has no owner', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await findPortOwner(port)).toBeUndefined();
  });

  test('an address of this machine that is not loopback is no clash with loopback', () => {
    const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
    const line = (local: string, state: string, inode: string) =>
      `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0\n`;
    const table =
      head +
      line('0A00A8C0:1CFC', '0A', '11') +
      line('0100007F:1CFC', '01', '12') +
      line('0100007F:1CFD', '0A', '13') +
      line('0100007F:1CFC', '0A', '14');
    expect(listeningInodes(table, 7420)).toEqual(['14']);
  });
});

describe('the tools of other systems', () => {
  const lsof = ['/usr/sbin/lsof', '/usr/bin/lsof'].find((path) => existsSync(path));

  test('lsof finds this process', async ({ skip }) => {
    if (lsof === undefined) return skip('lsof is not installed');
    const owner = await findWithLsof(await listenHere('127.0.0.1'), lsof);
    expect(owner?.pid).toBe(process.pid);
    expect(owner?.command).not.toBe('');
  });

  test('lsof fields', () => {
    expect(ownerInLsof('p812\ncollama\nf3\n')).toEqual({ pid: 812, command: 'ollama' });
    expect(ownerInLsof('')).toBeUndefined();
  });

  test('netstat, in German too, and tasklist', () => {
    const netstat = [
      'Aktive Verbindungen',
      '',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    127.0.0.1:74200        0.0.0.0:0              ABHÖREN         1',
      '  TCP    127.0.0.1:7420         127.0.0.1:50001        HERGESTELLT     2',
      '  TCP    192.168.0.10:7420      0.0.0.0:0              ABHÖREN         3',
      '  TCP    127.0.0.1:7420         0.0.0.0:0              ABHÖREN         4711',
      '',
    ].join('\r\n');
    expect(pidInNetstat(netstat, 7420)).toBe(4711);
    expect(pidInNetstat(netstat, 742)).toBeUndefined();
    expect(commandInTasklist('"LM Studio.exe","4711","Console","1","151.000 K"\r\n')).toBe('LM Studio.exe');
    expect(commandInTasklist('INFO: No tasks are running which match the specified criteria.\r\n')).toBeUndefined();
  });
});
