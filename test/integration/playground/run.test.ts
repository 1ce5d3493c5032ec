/** A playground run over the control channel: what it tells, in which order, and that nothing of it is kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlaygroundEvent, PlaygroundInput } from '../../../proxy/contract/playground.ts';
import { startTestGateway, TEST_PRICES, type TestConfig, type TestGateway } from '../../support/gateway/start.ts';
import {
  chunk,
  DONE,
  FINISH,
  frames,
  json,
  ROLE,
  startUpstream,
  type Upstream,
  USAGE,
} from '../../support/gateway/upstream.ts';

let first: Upstream;
let second: Upstream;
let gate: TestGateway;

const ASK: PlaygroundInput = { model: 'gatehouse/chat', messages: [{ role: 'user', content: 'hello' }] };

beforeEach(async () => {
  first = await startUpstream();
  second = await startUpstream(
    frames([ROLE, chunk({ content: 'Hel' }), chunk({ content: 'lo' }), FINISH, USAGE, DONE]),
  );
});
afterEach(async () => {
  await gate.close();
  await first.close();
  await second.close();
});

async function start(more: TestConfig = {}): Promise<void> {
  const provider = (id: string, baseUrl: string) => ({
    id,
    kind: 'openai-compatible' as const,
    baseUrl,
    credential: 'none' as const,
    models: [{ id: 'm', ...TEST_PRICES }],
  });
  gate = await startTestGateway({
    providers: [provider('one', first.baseUrl), provider('two', second.baseUrl)],
    virtualModels: [{ id: 'gatehouse/chat', targets: ['one/m', 'two/m'] }],
    ...more,
  });
}

async function run(input: PlaygroundInput): Promise<PlaygroundEvent[]> {
  const events: PlaygroundEvent[] = [];
  for await (const event of await gate.control.playground.run(input)) events.push(event);
  return events;
}

function only<T extends PlaygroundEvent['type']>(events: readonly PlaygroundEvent[], type: T) {
  return events.filter((event): event is Extract<PlaygroundEvent, { type: T }> => event.type === type);
}

describe('what a run tells', () => {
  test('the route with every attempt, the head, the words, the entries, and last the figures', async () => {
    await start();
    first.answer(json(500, { error: { message: 'down', type: 'server_error' } }));
    const events = await run(ASK);
    expect(events[0]?.type).toBe('started');
    expect(events.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop', certainty: 'exact' });
    expect(
      only(events, 'text')
        .map(({ delta }) => delta)
        .join(''),
    ).toBe('Hello');
    const attempts = only(events, 'trace').at(-1)?.route.attempts;
    expect(attempts?.[0]).toMatchObject({ provider: 'one', status: 500 });
    expect(attempts?.at(-1)).toMatchObject({ provider: 'two', outcome: 'served' });
    const kinds = only(events, 'transfer').map(({ transfer }) => transfer.kind);
    expect(kinds.filter((kind) => kind === 'reserve').length).toBe(kinds.filter((kind) => kind === 'release').length);
    expect(kinds).toContain('charge');
    const order = events.map(({ type }) => type);
    expect(order.indexOf('headers')).toBeLessThan(order.indexOf('text'));
    expect(order.indexOf('trace')).toBeLessThan(order.indexOf('headers'));
  });

  test('our headers and the limits, and nothing else of what the provider sent', async () => {
    await start();
    first.answer((_seen, response) => {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'x-ratelimit-remaining-requests': '41',
        'openai-organization': 'org-secret',
        'set-cookie': 'session=secret',
        'x-request-id': 'theirs',
      });
      response.end(`${ROLE}${FINISH}${USAGE}${DONE}`);
    });
    const events = await run(ASK);
    const [head] = only(events, 'headers');
    const [started] = only(events, 'started');
    const named = new Map(head?.headers.map(({ name, value }) => [name, value]));
    expect(named.get('x-gatehouse-provider')).toBe('one');
    expect(named.get('x-request-id')).toBe(started?.requestId);
    expect(named.get('x-gatehouse-upstream-request-id')).toBe('theirs');
    expect(named.get('x-ratelimit-remaining-requests')).toBe('41');
    expect(JSON.stringify(head)).not.toContain('secret');
  });

  test('tool calls with the id that their result must name', async () => {
    await start();
    const call = { index: 0, id: 'call_7', type: 'function', function: { name: 'get', arguments: '{}' } };
    first.answer(frames([ROLE, chunk({ tool_calls: [call] }), chunk({}, {}, 'tool_calls'), USAGE, DONE]));
    const tools = [{ name: 'get', parameters: { type: 'object' } }];
    expect(only(await run({ ...ASK, tools }), 'toolCall')).toEqual([
      { type: 'toolCall', index: 0, id: 'call_7', name: 'get', argumentsDelta: '{}' },
    ]);
  });

  test('what was lost in translation, as warnings', async () => {
    await start({ providers: [{ id: 'claude', kind: 'simulator', speaks: 'anthropic-messages' }], virtualModels: [] });
    const events = await run({ ...ASK, model: 'claude/echo', seed: 7 });
    expect(only(events, 'finish')[0]?.warnings).toContainEqual(expect.stringContaining('seed'));
  });

  test('a refusal before anything was tried, in the words a tool would get', async () => {
    await start();
    const events = await run({ ...ASK, model: 'nobody/nothing' });
    expect(only(events, 'error')).toMatchObject([{ status: 404, code: 'model_not_found' }]);
    expect(events.at(-1)?.type).toBe('finish');
    expect(first.requests).toHaveLength(0);
  });
});

describe('whose call it is', () => {
  test('a project counts it, and its budget stops it; the mode decides', async () => {
    await start({
      budgets: [{ id: 'acme', scope: 'project:acme', window: 'total', limitUsd: 0.000001 }],
    });
    const refused = await run({ ...ASK, project: 'acme' });
    expect(only(refused, 'error')).toMatchObject([{ status: 402, code: 'budget_exceeded' }]);
    first.answer(frames([ROLE, chunk({ content: 'ok' }), FINISH, USAGE, DONE]));
    const served = await run({ ...ASK, mode: 'quality' });
    const id = only(served, 'started')[0]?.requestId ?? '';
    const { request } = await gate.control.requests.get({ id });
    expect(request).toMatchObject({ client: 'playground', mode: 'quality' });
    expect(request.project).toBeUndefined();
    expect(first.requests.at(-1)?.headers['x-gatehouse-mode']).toBeUndefined();
  });
});

describe('what is kept of it', () => {
  test('not a word: neither question nor answer, tool or image', async () => {
    await start();
    const secret = 'xyzzy-7f3a9';
    first.answer(frames([ROLE, chunk({ content: `${secret}-answer` }), FINISH, USAGE, DONE]));
    await run({
      ...ASK,
      messages: [
        { role: 'system', content: `${secret}-system` },
        {
          role: 'user',
          content: [
            { type: 'text', text: `${secret}-question` },
            {
              type: 'image_url',
              image_url: { url: `data:image/png;base64,${Buffer.from(secret).toString('base64')}` },
            },
          ],
        },
      ],
      tools: [{ name: 'get', description: `${secret}-tool`, parameters: { type: 'object' } }],
    });
    expect(String(first.requests[0]?.body)).toContain(`${secret}-tool`);
    for (const entry of readdirSync(gate.dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const kept = readFileSync(join(entry.parentPath, entry.name));
      expect(kept.includes(secret), entry.name).toBe(false);
      expect(kept.includes(Buffer.from(secret).toString('base64')), entry.name).toBe(false);
    }
    expect(gate.logged()).not.toContain(secret);
  });
});
