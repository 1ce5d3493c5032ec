/** Company networks: a CONNECT proxy, a private certificate authority, and what goes wrong with each, in plain words. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import { completion } from '../../support/gateway/upstream.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const skip = !hasOpenssl && process.env.CI !== 'true';
const ASK = { model: 'up/m', messages: [{ role: 'user', content: 'x' }] };
const closers: (() => void | Promise<void>)[] = [];
let folder: string;
let provider: Server;

/** A certificate for a name that resolves to this machine without being exempt from proxies. */
const HOST = 'provider.test';

beforeAll(() => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-tls-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    at('key.pem'),
    '-out',
    at('cert.pem'),
    '-subj',
    `/CN=${HOST}`,
    '-addext',
    `subjectAltName=DNS:${HOST},IP:127.0.0.1`,
  );
});
afterAll(() => {
  if (!skip) rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function startProvider(): Promise<number> {
  provider = createTlsServer(
    { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) },
    (request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(completion()));
      });
    },
  );
  return listen(provider);
}

/** Tunnels every host to the provider of this test, or refuses. */
async function startProxy(port: number, refuse?: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\nproxy-authenticate: Basic\r\n\r\n`);
      return;
    }
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

async function gateFor(baseUrl: string, env: NodeJS.ProcessEnv) {
  const gate = await startTestGateway(upstreamConfig(baseUrl), { env });
  closers.push(() => gate.close());
  return gate;
}

async function failure(response: Response): Promise<{ code: string; message: string }> {
  return ((await response.json()) as { error: { code: string; message: string } }).error;
}

describe.skipIf(skip)(skip ? 'proxy and TLS [skipped: needs openssl]' : 'proxy and TLS', () => {
  it('a private authority is trusted when NODE_EXTRA_CA_CERTS names it, and explained when not', async () => {
    const port = await startProvider();
    const trusting = await gateFor(`https://127.0.0.1:${port}/v1`, { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') });
    expect((await trusting.chat(ASK)).status).toBe(200);
    const doubting = await gateFor(`https://127.0.0.1:${port}/v1`, {});
    const error = await failure(await doubting.chat(ASK));
    expect(error.code).toBe('upstream_tls_failed');
    expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
    expect((await doubting.control.ledger.balance()).chargedNano).toBe(0);
  });

  it('a CA file that is not there is named', async () => {
    const port = await startProvider();
    const gate = await gateFor(`https://127.0.0.1:${port}/v1`, { NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem') });
    expect((await failure(await gate.chat(ASK))).message).toContain('missing.pem');
  });

  it('calls go through HTTPS_PROXY, with the proxy’s password, and not through it when NO_PROXY says so', async () => {
    const port = await startProvider();
    const proxy = await startProxy(port);
    const withPassword = proxy.url.replace('http://', 'http://user:pass@');
    const gate = await gateFor(`https://${HOST}:${port}/v1`, {
      HTTPS_PROXY: withPassword,
      NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
    });
    expect((await gate.chat(ASK)).status).toBe(200);
    expect(proxy.asked).toEqual([`${HOST}:${port} Basic ${Buffer.from('user:pass').toString('base64')}`]);
    const direct = await gateFor(`https://${HOST}:${port}/v1`, { HTTPS_PROXY: proxy.url, NO_PROXY: HOST });
    // The name exists behind the proxy only.
    expect((await failure(await direct.chat(ASK))).code).toBe('upstream_connect_failed');
    expect(proxy.asked).toHaveLength(1);
  });

  it('a proxy that refuses, or is not there, is named as the one who failed', async () => {
    const port = await startProvider();
    const refusing = await startProxy(port, 407);
    const gate = await gateFor(`https://${HOST}:${port}/v1`, { HTTPS_PROXY: refusing.url });
    const refused = await failure(await gate.chat(ASK));
    expect(refused.code).toBe('upstream_connect_failed');
    expect(refused.message).toContain(`through the proxy ${refusing.url} (HTTPS_PROXY)`);
    const gone = await gateFor(`https://${HOST}:${port}/v1`, { HTTPS_PROXY: 'http://127.0.0.1:9' });
    expect((await failure(await gone.chat(ASK))).message).toContain('through the proxy http://127.0.0.1:9');
  });
});
