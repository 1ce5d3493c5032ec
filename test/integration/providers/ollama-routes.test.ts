/** Editors that know only Ollama look around here: who is there, which models, what can they do. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway({
    providers: [
      { id: 'oai', kind: 'openai', credential: 'none' },
      { id: 'off', kind: 'openai', credential: 'none', enabled: false },
      {
        id: 'own',
        kind: 'openai-compatible',
        baseUrl: 'http://127.0.0.1:9/v1',
        credential: 'none',
        models: [{ id: 'plain' }],
      },
    ],
  });
});
afterEach(() => gateway.close());

const get = async (path: string) => (await fetch(gateway.origin + path)).json() as Promise<Record<string, unknown>>;
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(gateway.origin + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

test('the version is new enough for Copilot, and says that this is Gatehouse', async () => {
  const { version, gatehouse } = await get('/api/version');
  const [major = 0, minor = 0, patch = 0] = String(version).split('.').map(Number);
  expect(major * 10_000 + minor * 100 + patch).toBeGreaterThanOrEqual(604);
  expect(gatehouse).toBe('0.0.0-test');
});

test('the tags are every chat model of the providers that are on', async () => {
  const { models } = await get('/api/tags');
  const names = (models as { name: string; model: string }[]).map(({ name }) => name);
  expect(names).toContain('oai/gpt-4o');
  expect(names).toContain('own/plain');
  expect(names.some((name) => name.startsWith('off/') || name.includes('embedding'))).toBe(false);
  expect(models).toContainEqual(
    expect.objectContaining({ name: 'own/plain', model: 'own/plain', details: expect.any(Object) }),
  );
});

test('what a model can do is what is known of it, no more', async () => {
  const show = async (model: string) => (await post('/api/show', JSON.stringify({ model }))).json();
  expect(await show('oai/gpt-4o')).toMatchObject({
    capabilities: expect.arrayContaining(['completion', 'tools', 'vision']),
    model_info: {
      'general.architecture': 'gatehouse',
      'gatehouse.context_length': 128000,
      'general.basename': 'gpt-4o',
    },
  });
  expect(await show('own/plain')).toMatchObject({
    capabilities: ['completion'],
    model_info: { 'gatehouse.context_length': 8192 },
  });
  // Ollama's clients add the tag that a name without one has.
  expect(await show('own/plain:latest')).toMatchObject({ capabilities: ['completion'] });
});

test.each([
  ['{"name":"own/plain"}', 200],
  ['{"model":"nobody/knows"}', 404],
  ['{"model":""}', 400],
  ['{', 400],
  ['7', 400],
  ['', 400],
])('asked with %j: %i', async (body, status) => {
  const response = await post('/api/show', body);
  expect(response.status).toBe(status);
  await response.arrayBuffer();
});

test('a body that is too long is refused', async () => {
  const response = await post('/api/show', JSON.stringify({ model: 'x'.repeat(100_000) }));
  expect(response.status).toBe(413);
  await response.arrayBuffer();
});

test('needs no key, but a Host of this machine, and no foreign page', async () => {
  expect((await fetch(`${gateway.origin}/api/tags`)).status).toBe(200);
  const foreign = await fetch(`${gateway.origin}/api/tags`, { headers: { origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
  await foreign.arrayBuffer();
});

test('a call still needs its key, and its refusal says how such an editor gets one to send', async () => {
  const body = JSON.stringify({ model: 'own/plain', messages: [] });
  const response = await post('/v1/chat/completions', body);
  expect(response.status).toBe(401);
  const { error } = (await response.json()) as { error: { message: string } };
  for (const word of ['Ollama', 'Custom Endpoint', 'chatLanguageModels.json']) expect(error.message).toContain(word);
  // Whoever sent a key knows how.
  const wrong = await post('/v1/chat/completions', body, { authorization: 'Bearer gh_wrong' });
  expect([wrong.status, await wrong.text()]).toEqual([401, expect.not.stringContaining('chatLanguageModels.json')]);
});
