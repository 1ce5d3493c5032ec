/** Starts that cannot work: one plain sentence on stderr with what to do, exit code 1, nothing lost. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatewayArgs, spawnGateway } from '../../support/gateway/process.ts';
import { expectBalancedBooks } from '../../support/gateway/start.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function failToStart(...args: string[]): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const child = spawn(process.execPath, gatewayArgs('serve', ...args), {
    env: { PATH: process.env.PATH ?? '', HOME: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let stdout = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr, stdout };
}

describe('a start that cannot work', () => {
  it('port in use: says by whom, and never moves to another', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr, stdout } = await failToStart('--data-dir', dataDir, '--port', String(port));
    other.close();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(`Port ${port} is in use by`);
    expect(stderr).toContain(`(pid ${process.pid})`);
    expect(stderr).not.toContain('    at ');
  });

  it('a second instance on the same data directory: says where the first one is', async () => {
    const first = await spawnGateway(dataDir);
    const { code, stderr } = await failToStart('--data-dir', dataDir, '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain('already running');
    expect(stderr).toContain(String(first.child.pid));
    expect(stderr).toContain(first.baseUrl);
    expect(await first.stop()).toBe(0);
    await expectBalancedBooks(dataDir);
  });

  it('a corrupted database: kept aside, said, and never silently reset', async () => {
    const first = await spawnGateway(dataDir);
    expect(await first.stop()).toBe(0);
    const path = join(dataDir, 'gatehouse.sqlite');
    truncateSync(path, 10_000);
    const damaged = readFileSync(path);
    const refused = await failToStart('--data-dir', dataDir, '--port', '0');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('gatehouse.sqlite.corrupt-');
    const kept = readdirSync(dataDir).find((name) => name.startsWith('gatehouse.sqlite.corrupt-'));
    expect(readFileSync(join(dataDir, kept ?? ''))).toEqual(damaged);
    const next = await spawnGateway(dataDir);
    expect(next.printed()).toContain('set aside');
    expect(await next.stop()).toBe(0);
    expect(existsSync(join(dataDir, kept ?? ''))).toBe(true);
  });

  it('a config that does not hold: every problem with its place', async () => {
    const config = join(dataDir, 'bad.yaml');
    writeFileSync(config, 'version: 1\nserver: { host: 0.0.0.0 }\nfirewall: { mode: redact }\n');
    const { code, stderr } = await failToStart('--data-dir', dataDir, '--config', config, '--port', '0');
    expect(code).not.toBe(0);
    expect(stderr).toContain('server.host');
    expect(stderr).toContain('not supported yet: firewall.mode');
    expect(stderr).not.toContain('    at ');
  });

  it('a variable that the config names and nobody set', async () => {
    const config = join(dataDir, 'env.yaml');
    writeFileSync(config, 'version: 1\naccessKeys:\n  - { id: cli, value: "env:NOT_SET_ANYWHERE" }\n');
    const { code, stderr } = await failToStart('--data-dir', dataDir, '--config', config, '--port', '0');
    expect(code).not.toBe(0);
    expect(stderr).toContain('NOT_SET_ANYWHERE');
  });

  it('a data directory that is a file', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const { code, stderr } = await failToStart('--data-dir', file, '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain(file);
    expect(stderr).not.toContain('    at ');
  });
});
