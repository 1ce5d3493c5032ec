/** Codex at a provider whose own Responses know plain functions only: its tools go out folded and come back as they were. */
import { afterEach, expect, test } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream | undefined;
let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  await upstream?.close();
});

const PATCH = '*** Begin Patch';

async function ask(kind: 'openai' | 'xai' | 'openrouter', tools: unknown[]) {
  upstream = await startUpstream(
    json(200, {
      id: 'resp_1',
      object: 'response',
      created_at: 1,
      status: 'completed',
      model: 'm',
      output: [
        {
          id: 'fc_1',
          type: 'function_call',
          call_id: 'call_1',
          name: 'apply_patch',
          arguments: JSON.stringify({ input: PATCH }),
          status: 'completed',
        },
      ],
      usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    }),
  );
  gateway = await startTestGateway({
    providers: [
      { id: 'up', kind, baseUrl: upstream.baseUrl, credential: 'none', models: [{ id: 'm', ...TEST_PRICES }] },
    ],
  });
  const response = await fetch(`${gateway.baseUrl}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'up/m', input: 'fix it', tools }),
  });
  const answer = (await response.json()) as { output: unknown[] };
  const [seen] = upstream.requests;
  return {
    status: response.status,
    answer,
    url: seen?.url,
    sent: JSON.parse(seen?.body.toString() ?? '') as { tools: unknown[] },
  };
}

const CUSTOM = { type: 'custom', name: 'apply_patch', description: 'Edits files.' };
const PLAIN = { type: 'function', name: 'ls', description: 'Lists.', parameters: { type: 'object' }, strict: false };

test.each(['xai', 'openrouter'] as const)('%s gets a function, the client its free text', async (kind) => {
  const { status, answer, url, sent } = await ask(kind, [CUSTOM, PLAIN]);
  expect([status, url]).toEqual([200, '/v1/responses']);
  expect(sent.tools).toEqual([
    expect.objectContaining({
      type: 'function',
      name: 'apply_patch',
      parameters: expect.objectContaining({ type: 'object' }),
    }),
    expect.objectContaining({ type: 'function', name: 'ls' }),
  ]);
  expect(answer.output).toEqual([
    expect.objectContaining({ type: 'custom_tool_call', call_id: 'call_1', name: 'apply_patch', input: PATCH }),
  ]);
});

test('plain functions pass as they are', async () => {
  const { answer, sent } = await ask('xai', [PLAIN]);
  expect(sent.tools).toEqual([PLAIN]);
  expect(answer.output).toEqual([expect.objectContaining({ type: 'function_call' })]);
});

test('OpenAI knows them all', async () => {
  const { sent } = await ask('openai', [CUSTOM]);
  expect(sent.tools).toEqual([CUSTOM]);
});
