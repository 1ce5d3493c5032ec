/** Looking for model servers on this machine: where, who answers, and what becomes of it. Real servers, on free ports. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, suite, test } from 'vitest';
import { config as configSchema } from '../../../proxy/contract/config.ts';
import { discoveredProviders } from '../../../proxy/discovery/discovered-providers.ts';
import { createDiscovery } from '../../../proxy/discovery/discovery.ts';
import type { LocalKind, LocalServer } from '../../../proxy/discovery/types.ts';
import { localServers } from '../../../proxy/discovery/where-to-look.ts';
import { discoverBy } from '../../../proxy/gateway/local-discovery.ts';
import { createTransport } from '../../../proxy/providers/transport/transport.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Answers these paths with JSON (or the text as it is), everything else with 404. */
async function serve(answers: Readonly<Record<string, unknown>>): Promise<{ origin: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { error: 'no such route' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const transport = createTransport({ env: {}, connectMs: 1000, connectionsMax: 4 });

async function foundAt(kind: LocalKind, answers: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { origin } = await serve(answers);
  const discovery = discoverBy(transport, [{ kind, origin }], () => undefined);
  await discovery.probe();
  return discovery.found().length === 1;
}

const OLLAMA = { '/api/version': { version: '0.13.5' }, '/api/tags': { models: [] } };
const LM_STUDIO_ENTRY = { id: 'qwen', object: 'model', type: 'llm', publisher: 'qwen', state: 'loaded' };

suite('who answers', () => {
  test.each<[string, LocalKind, Readonly<Record<string, unknown>>, boolean]>([
    ['Ollama', 'ollama', OLLAMA, true],
    ['Ollama with models', 'ollama', { ...OLLAMA, '/api/tags': { models: [{ name: 'a' }] } }, true],
    ['a pre-release', 'ollama', { ...OLLAMA, '/api/version': { version: '0.14.0-rc1' } }, true],
    ['nobody', 'ollama', {}, false],
    ['another program with a version', 'ollama', { '/api/version': { version: '2.1.0' } }, false],
    ['another program with tags', 'ollama', { '/api/tags': { models: [] } }, false],
    ['tags of another sort', 'ollama', { ...OLLAMA, '/api/tags': [{ tag: 'v1' }] }, false],
    ['a version that is none', 'ollama', { ...OLLAMA, '/api/version': { version: 'dev' } }, false],
    ['HTML', 'ollama', { '/api/version': '<html>', '/api/tags': '<html>' }, false],
    ['another Gatehouse', 'ollama', { ...OLLAMA, '/api/version': { version: '0.13.5', gatehouse: '1.0.0' } }, false],
    ['LM Studio', 'lmstudio', { '/api/v0/models': { object: 'list', data: [LM_STUDIO_ENTRY] } }, true],
    ['LM Studio without models', 'lmstudio', { '/api/v0/models': { object: 'list', data: [] } }, true],
    [
      'an older LM Studio',
      'lmstudio',
      { '/v1/models': { object: 'list', data: [{ id: 'a', owned_by: 'organization_owner' }] } },
      true,
    ],
    [
      'another server of OpenAI models',
      'lmstudio',
      { '/v1/models': { object: 'list', data: [{ id: 'a', owned_by: 'vllm' }] } },
      false,
    ],
    ['an empty list of anybody', 'lmstudio', { '/v1/models': { object: 'list', data: [] } }, false],
    ['a refusal with HTTP 200', 'lmstudio', { '/api/v0/models': { error: 'Unexpected endpoint or method.' } }, false],
    [
      'entries of another sort',
      'lmstudio',
      { '/api/v0/models': { object: 'list', data: [{ id: 'a', type: 'car' }] } },
      false,
    ],
    ['nobody at all', 'lmstudio', {}, false],
  ])('%s (%s)', async (_who, kind, answers, expected) => {
    expect(await foundAt(kind, answers)).toBe(expected);
  });

  test('a server that never answers is given up', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    servers.push(silent);
    const { port } = silent.address() as AddressInfo;
    const discovery = discoverBy(transport, [{ kind: 'ollama', origin: `http://127.0.0.1:${port}` }], () => undefined);
    expect(await discovery.probe()).toBe(false);
  });

  test('closing ends a probe at once', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    servers.push(silent);
    const arrived = new Promise<void>((resolve) => silent.once('request', () => resolve()));
    const { port } = silent.address() as AddressInfo;
    const discovery = discoverBy(transport, [{ kind: 'ollama', origin: `http://127.0.0.1:${port}` }], () => undefined);
    const probe = discovery.probe();
    await arrived;
    discovery.close();
    expect(await probe).toBe(false);
  });
});

suite('a probe', () => {
  const look = async (_origin: string, path: string) => (OLLAMA as Readonly<Record<string, unknown>>)[path];
  const at = (...origins: string[]): LocalServer[] => origins.map((origin) => ({ kind: 'ollama', origin }));

  test('never asks ourselves', async () => {
    const asked: string[] = [];
    const discovery = createDiscovery({
      look: async (origin) => void asked.push(origin),
      servers: at('http://127.0.0.1:7420', 'http://127.0.0.1:11434'),
      ownPort: () => 7420,
    });
    await discovery.probe();
    expect(asked).toEqual(['http://127.0.0.1:11434']);
  });

  test('takes the first of a kind, and says whether something changed', async () => {
    const discovery = createDiscovery({
      look,
      servers: at('http://127.0.0.1:1', 'http://127.0.0.1:2'),
      ownPort: () => undefined,
    });
    expect(discovery.found()).toEqual([]);
    expect(await discovery.probe()).toBe(true);
    expect(discovery.found()).toEqual(at('http://127.0.0.1:1'));
    expect(await discovery.probe()).toBe(false);
  });

  test('is shared by those who ask while it runs', async () => {
    let looks = 0;
    const discovery = createDiscovery({
      look: async (_origin, path) => {
        if (path === '/api/version') looks += 1;
        return look('', path);
      },
      servers: at('http://127.0.0.1:1'),
      ownPort: () => undefined,
    });
    await Promise.all([discovery.probe(), discovery.probe()]);
    expect(looks).toBe(1);
  });

  test('forgets what has gone', async () => {
    let there = true;
    const discovery = createDiscovery({
      look: async (_origin, path) => (there ? look('', path) : undefined),
      servers: at('http://127.0.0.1:1'),
      ownPort: () => undefined,
    });
    await discovery.probe();
    there = false;
    expect(await discovery.probe()).toBe(true);
    expect(discovery.found()).toEqual([]);
  });
});

suite('where to look', () => {
  const usual = ['http://127.0.0.1:11434', 'http://127.0.0.1:1234'];
  test.each<[string | undefined, string[]]>([
    [undefined, usual],
    ['', usual],
    ['127.0.0.1', usual],
    ['localhost:11434', usual],
    ['127.0.0.1:11500', ['http://127.0.0.1:11500', ...usual]],
    [':11500', ['http://127.0.0.1:11500', ...usual]],
    ['http://localhost:11500', ['http://127.0.0.1:11500', ...usual]],
    ['http://localhost', ['http://127.0.0.1:80', ...usual]],
    ['0.0.0.0', usual],
    ['0.0.0.0:11500', ['http://127.0.0.1:11500', ...usual]],
    ['[::1]:11500', ['http://[::1]:11500', ...usual]],
    ['192.168.1.5:11434', usual],
    ['https://ollama.example', usual],
    ['not an address', usual],
  ])('OLLAMA_HOST %j', (value, origins) => {
    expect(localServers(value === undefined ? {} : { OLLAMA_HOST: value }).map(({ origin }) => origin)).toEqual(
      origins,
    );
  });
});

suite('what was found beside the config', () => {
  const found: LocalServer[] = [
    { kind: 'ollama', origin: 'http://127.0.0.1:11434' },
    { kind: 'lmstudio', origin: 'http://127.0.0.1:1234' },
  ];
  test.each<[string, object, string[]]>([
    ['an empty config', {}, ['ollama', 'lmstudio']],
    ['switched off', { discovery: { local: false } }, []],
    ['the id is taken', { providers: [{ id: 'ollama', kind: 'openai' }] }, ['lmstudio']],
    [
      'the kind is there',
      { providers: [{ id: 'mine', kind: 'ollama', baseUrl: 'http://10.0.0.2:11434/v1' }] },
      ['lmstudio'],
    ],
    ['switched off there too', { providers: [{ id: 'ollama', kind: 'ollama', enabled: false }] }, ['lmstudio']],
    [
      'the address is there',
      { providers: [{ id: 'local', kind: 'openai-compatible', baseUrl: 'http://localhost:1234/v1' }] },
      ['ollama'],
    ],
  ])('%s', (_case, more, ids) => {
    const config = configSchema.parse({ version: 1, ...more });
    expect(discoveredProviders(config, found).map(({ id }) => id)).toEqual(ids);
  });
});
