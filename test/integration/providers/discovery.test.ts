/** Ollama and LM Studio on this machine become providers by themselves. Real servers, a real gateway. */
import { afterEach, expect, suite, test } from 'vitest';
import { startTestGateway, type TestConfig, type TestGateway } from '../../support/gateway/start.ts';
import {
  LM_STUDIO_ROUTES,
  type LocalModelServer,
  OLLAMA_ROUTES,
  startLocalServer,
} from '../../support/local-server.ts';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of closing.splice(0).reverse()) await it.close();
});

async function ollama(): Promise<LocalModelServer> {
  const server = await startLocalServer(OLLAMA_ROUTES);
  closing.push(server);
  return server;
}

async function gatewayBeside(server: LocalModelServer, config: TestConfig = {}): Promise<TestGateway> {
  const gateway = await startTestGateway(config, { localServers: [{ kind: 'ollama', origin: server.origin }] });
  closing.push(gateway);
  return gateway;
}

const CAP = { budgets: [{ id: 'cap', scope: 'global', window: 'month', limitUsd: 1 }] } as const satisfies TestConfig;

suite('a server on this machine', () => {
  test('is found at start, its models cost nothing, and a call reaches it under a budget', async () => {
    const server = await ollama();
    const gateway = await gatewayBeside(server, CAP);
    // Shares the probe of the start, if that still runs.
    const probed = await gateway.control.discovery.probe();
    expect(probed).toEqual({
      enabled: true,
      found: [{ kind: 'ollama', baseUrl: `${server.origin}/v1`, providerId: 'ollama', models: 2 }],
    });
    const listed = await gateway.control.models.list();
    expect(listed.filter((model) => model.provider === 'ollama')).toEqual([
      expect.objectContaining({ id: 'ollama/qwen3:8b', inputUsdPerMTok: 0, outputUsdPerMTok: 0, contextTokens: 40960 }),
      // It runs in Ollama's cloud: what that costs is not known.
      expect.not.objectContaining({ inputUsdPerMTok: expect.anything() }),
    ]);
    const response = await gateway.chat({ model: 'ollama/qwen3:8b', messages: [{ role: 'user', content: 'hi' }] });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    expect((await gateway.control.spend.get()).monthNano).toBe(0);
    const providers = await gateway.control.providers.list();
    expect(providers.find(({ id }) => id === 'ollama')).toMatchObject({
      discovered: true,
      kind: 'ollama',
      credential: { state: 'not-needed' },
      models: 2,
    });
  });

  test('serves a model that was fetched since the list was read, at no cost', async () => {
    const gateway = await gatewayBeside(await ollama(), CAP);
    await gateway.control.discovery.probe();
    const fresh = await gateway.chat({ model: 'ollama/brand-new:1b', messages: [{ role: 'user', content: 'hi' }] });
    expect(fresh.status).toBe(200);
    await fresh.arrayBuffer();
    const cloud = await gateway.chat({ model: 'ollama/glm:cloud', messages: [{ role: 'user', content: 'hi' }] });
    expect([cloud.status, await cloud.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ code: 'price_unknown' }) }),
    ]);
  });

  test('that has gone is no provider any more, and comes back', async () => {
    const server = await ollama();
    const gateway = await gatewayBeside(server);
    await gateway.control.discovery.probe();
    server.answer('/api/version', undefined);
    expect(await gateway.control.discovery.probe()).toEqual({ enabled: true, found: [] });
    expect((await gateway.control.providers.list()).map(({ id }) => id)).not.toContain('ollama');
    server.answer('/api/version', { version: '0.14.0' });
    expect((await gateway.control.discovery.probe()).found).toHaveLength(1);
  });

  test('is not looked for when the config says so', async () => {
    const server = await ollama();
    const gateway = await gatewayBeside(server, { discovery: { local: false } });
    expect(await gateway.control.discovery.probe()).toEqual({ enabled: false, found: [] });
    expect(server.seen).toEqual([]);
  });

  test('never takes the place of what the config says', async () => {
    const server = await ollama();
    const gateway = await gatewayBeside(server, {
      providers: [{ id: 'mine', kind: 'ollama', baseUrl: `${server.origin}/v1`, credential: 'none' }],
    });
    expect(await gateway.control.discovery.probe()).toEqual({
      enabled: true,
      found: [{ kind: 'ollama', baseUrl: `${server.origin}/v1`, providerId: 'mine', models: 2 }],
    });
    expect((await gateway.control.providers.list()).map(({ id }) => id)).toEqual(['mine']);
  });

  test('cannot be removed, but saved switched off', async () => {
    const gateway = await startFromWindow(await ollama());
    await gateway.control.discovery.probe();
    await expect(gateway.control.providers.remove({ id: 'ollama' })).rejects.toThrowError(/found on this machine/);
    const [found] = (await gateway.control.providers.list()).filter(({ id }) => id === 'ollama');
    expect(found?.discovered).toBe(true);
    const saved = await gateway.control.providers.save({
      id: 'ollama',
      kind: 'ollama',
      enabled: false,
      retention: 'provider-default',
      models: [],
    });
    expect(saved.discovered).toBeUndefined();
    await gateway.control.discovery.probe();
    expect((await gateway.control.models.list()).some(({ provider }) => provider === 'ollama')).toBe(false);
  });

  test('is told apart from this gateway itself, which answers like Ollama', async () => {
    const server = await ollama();
    const gateway = await gatewayBeside(server);
    const beside = await startTestGateway({}, { localServers: [{ kind: 'ollama', origin: gateway.origin }] });
    closing.push(beside);
    expect((await beside.control.discovery.probe()).found).toEqual([]);
  });

  test('may be LM Studio', async () => {
    const server = await startLocalServer(LM_STUDIO_ROUTES);
    closing.push(server);
    const gateway = await startTestGateway({}, { localServers: [{ kind: 'lmstudio', origin: server.origin }] });
    closing.push(gateway);
    await gateway.control.discovery.probe();
    const models = await gateway.control.models.list();
    expect(models.filter(({ provider }) => provider === 'lmstudio')).toEqual([
      expect.objectContaining({ id: 'lmstudio/qwen2-vl', contextTokens: 32768, inputUsdPerMTok: 0 }),
    ]);
  });
});

/** Settings of the window rule: nothing is managed by a file. */
async function startFromWindow(server: LocalModelServer): Promise<TestGateway> {
  const gateway = await startTestGateway(undefined, { localServers: [{ kind: 'ollama', origin: server.origin }] });
  closing.push(gateway);
  return gateway;
}
