/**
 * Prompts, completions, header values and credentials are never stored and never logged: a canary goes in everywhere,
 * through success, failure, abort and crash, and is then searched in every file and every printed line.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type GatewayProcess, spawnGateway } from '../../support/gateway/process.ts';
import { type ControlClient, expectBalancedBooks, upstreamConfig } from '../../support/gateway/start.ts';
import {
  chunk,
  completion,
  DONE,
  FINISH,
  frames,
  json,
  ROLE,
  startUpstream,
  type Upstream,
  USAGE,
} from '../../support/gateway/upstream.ts';

const CANARY = {
  prompt: 'canary-prompt-3f9ad1c7',
  completion: 'canary-completion-77b02e',
  header: 'canary-header-0c4d8e5a',
  credential: 'sk-canary-credential-9d21f0b6aa',
  wrongKey: 'gh_canary-wrong-key-51ce',
};
/** The access key is shown once on stdout by design, so it is searched in files and logs only. */
const KEY = 'gh_canary-access-key-6e0f2b9d';

let upstream: Upstream;
let dataDir: string;
let configDir: string;
const printed: string[] = [];

beforeEach(async () => {
  upstream = await startUpstream();
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-canary-'));
  configDir = mkdtempSync(join(tmpdir(), 'gatehouse-canary-config-'));
});
afterEach(async () => {
  await upstream.close();
  rmSync(dataDir, { recursive: true });
  rmSync(configDir, { recursive: true });
});

async function start(configPath?: string): Promise<GatewayProcess> {
  return spawnGateway(dataDir, {
    env: { UP_KEY: CANARY.credential, CLIENT_KEY: KEY },
    ...(configPath === undefined ? {} : { configPath }),
  });
}

function controlOf(gateway: GatewayProcess): ControlClient {
  const url = new URL(gateway.consoleUrl);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  return createORPCClient(
    new RPCLink({ url: `${url.origin}/_gatehouse/control`, headers: { authorization: `Bearer ${token}` } }),
  );
}

function ask(
  gateway: GatewayProcess,
  key: string,
  more: Record<string, unknown> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'x-custom': CANARY.header,
      cookie: CANARY.header,
      'user-agent': CANARY.header,
    },
    body: JSON.stringify({
      model: 'up/m',
      messages: [{ role: 'user', content: CANARY.prompt }],
      user: CANARY.prompt,
      ...more,
    }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** As text, in UTF-16, and in base64 at each of its three alignments. */
function traces(secret: string): Buffer[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from('x'.repeat(shift) + secret)
      .toString('base64')
      .slice(4, -6),
  );
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    Buffer.from(encodeURIComponent(secret)),
    ...base64.map((text) => Buffer.from(text)),
  ];
}

function filesWith(needle: Buffer): string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(needle));
}

it('leave no trace after success, failure, abort and crash', async () => {
  const configPath = join(configDir, 'gatehouse.yaml');
  const { providers } = upstreamConfig(upstream.baseUrl);
  const config = {
    version: 1,
    providers: providers?.map((provider) => ({ ...provider, credential: 'env:UP_KEY' })),
    accessKeys: [{ id: 'cli', value: 'env:CLIENT_KEY' }],
  };
  writeFileSync(configPath, stringify(config));
  let gateway = await start(configPath);
  const answer = completion({
    choices: [{ index: 0, message: { role: 'assistant', content: CANARY.completion }, finish_reason: 'stop' }],
  });

  // Success, plain and streamed. The upstream proves that the canaries really travelled.
  upstream.answer(json(200, answer));
  expect(await (await ask(gateway, KEY)).text()).toContain(CANARY.completion);
  expect(upstream.requests[0]?.body.toString()).toContain(CANARY.prompt);
  expect(upstream.requests[0]?.headers.authorization).toBe(`Bearer ${CANARY.credential}`);
  upstream.answer(frames([ROLE, chunk({ content: CANARY.completion }), FINISH, USAGE, DONE]));
  await (await ask(gateway, KEY, { stream: true })).text();

  // Failure: a provider that repeats everything it was sent, wrong keys, bad bodies, a broken stream.
  upstream.answer((seen, response) => {
    response.writeHead(400, { 'content-type': 'application/json', 'x-echo': String(seen.headers.authorization) });
    response.end(
      JSON.stringify({
        error: {
          message: `${seen.body.toString()} ${seen.headers.authorization}`,
          type: CANARY.prompt,
          code: `${CANARY.prompt} ${CANARY.credential}`,
        },
      }),
    );
  });
  expect((await ask(gateway, KEY)).status).toBe(400);
  expect((await ask(gateway, CANARY.wrongKey)).status).toBe(401);
  expect((await ask(gateway, KEY, { max_tokens: CANARY.prompt })).status).toBe(400);
  expect((await ask(gateway, KEY, { model: 'up/m', n: -1 })).status).toBe(400);
  upstream.answer(frames([ROLE, chunk({ content: CANARY.completion }), `data: {"broken ${CANARY.completion}\n\n`]));
  await (await ask(gateway, KEY, { stream: true })).text();
  upstream.answer(frames([ROLE, chunk({ content: CANARY.completion })], 'cut'));
  await (await ask(gateway, KEY, { stream: true })).text();
  upstream.answer(json(200, `${CANARY.completion} is no JSON`));
  expect((await ask(gateway, KEY)).status).toBe(502);

  // Abort by the client, in the middle.
  upstream.answer(frames([ROLE, chunk({ content: CANARY.completion })], 'open'));
  const stop = new AbortController();
  const begun = await ask(gateway, KEY, { stream: true }, stop.signal);
  await begun.body?.getReader().read();
  stop.abort();

  // Crash, in the middle of another stream.
  const hanging = await ask(gateway, KEY, { stream: true });
  await hanging.body?.getReader().read();
  await gateway.stop('SIGKILL');
  printed.push(gateway.printed());

  // A credential in the encrypted file (no keychain answers here), through the window's way in.
  gateway = await start();
  const control = controlOf(gateway);
  await control.providers.save({ id: 'up', kind: 'openai-compatible', baseUrl: upstream.baseUrl, models: [] });
  const stored = await control.credentials.set({ providerId: 'up', secret: CANARY.credential });
  expect(stored.credential).toMatchObject({ source: 'encrypted-file', state: 'present' });
  upstream.answer(json(401, { error: { message: `Incorrect API key provided: ${CANARY.credential}` } }));
  expect((await ask(gateway, gateway.accessKey ?? '')).status).toBe(401);
  // Saving asks for the list of models too, beside everything else.
  const calls = upstream.requests.filter(({ url }) => url.endsWith('/chat/completions'));
  expect(calls.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY.credential}`);
  const events = JSON.stringify([
    await control.live.snapshot(),
    await control.requests.list({}),
    await control.ledger.entries({}),
    await control.config.export(),
  ]);
  expect(await gateway.stop()).toBe(0);
  printed.push(gateway.printed());

  for (const [name, secret] of Object.entries({ ...CANARY, key: KEY })) {
    for (const trace of traces(secret)) {
      expect(filesWith(trace), `files that hold the ${name} canary`).toEqual([]);
      expect(printed.join('').includes(trace.toString()), `output with the ${name} canary`).toBe(false);
      expect(events.includes(trace.toString()), `views with the ${name} canary`).toBe(false);
    }
  }
  await expectBalancedBooks(dataDir);
});

it('would be found: the search finds a canary that is there', () => {
  writeFileSync(join(dataDir, 'planted'), `{"prompt":"${CANARY.prompt}"}`);
  writeFileSync(join(dataDir, 'planted.b64'), Buffer.from(`some text ${CANARY.credential} more`).toString('base64'));
  expect(new Set(traces(CANARY.prompt).flatMap(filesWith))).toEqual(new Set([join(dataDir, 'planted')]));
  expect(new Set(traces(CANARY.credential).flatMap(filesWith))).toEqual(new Set([join(dataDir, 'planted.b64')]));
});
