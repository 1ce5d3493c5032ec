/** What "as code" shows is run as it stands, with the real tools, against a real gateway. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlaygroundInput } from '../../../proxy/contract/playground.ts';
import { chatRequest } from '../../../proxy/contract/playground-request.ts';
import { type CodeLanguage, requestCode } from '../../../renderer/src/pages/playground/code/request-code.ts';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import {
  chunk,
  DONE,
  FINISH,
  frames,
  ROLE,
  startUpstream,
  type Upstream,
  USAGE,
} from '../../support/gateway/upstream.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const INPUT: PlaygroundInput = {
  model: 'up/m',
  mode: 'quality',
  project: 'acme',
  temperature: 0.5,
  maxTokens: 20,
  messages: [
    { role: 'system', content: 'It\'s "quoted", $HOME and `ticks` \\ stay.\nJSON\n' },
    { role: 'user', content: [{ type: 'text', text: 'é 😀 \u2028' }] },
  ],
  tools: [{ name: 'get', parameters: { type: 'object', properties: { 'a-b': { type: 'string' } } } }],
};

let upstream: Upstream;
let gate: TestGateway;

beforeAll(async () => {
  upstream = await startUpstream(
    frames([ROLE, chunk({ content: 'It ' }), chunk({ content: 'works.' }), FINISH, USAGE, DONE]),
  );
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
});
afterAll(async () => {
  await gate.close();
  await upstream.close();
});

/** What the program printed, and the body that came out at the other end. */
async function runCode(language: CodeLanguage, program: (code: string) => readonly [string, ...string[]]) {
  const request = chatRequest(INPUT);
  const [command, ...args] = program(requestCode(language, gate.baseUrl, request));
  const { stdout } = await run(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', GATEHOUSE_KEY: gate.key },
    timeout: 30_000,
  });
  const sent = JSON.parse(String(upstream.requests.at(-1)?.body)) as Record<string, unknown>;
  const { model: _model, stream_options: _options, ...rest } = sent;
  const { model: _asked, ...wanted } = request.body;
  expect(rest).toEqual(JSON.parse(JSON.stringify(wanted)));
  const { items } = await gate.control.requests.list({ limit: 1 });
  expect(items[0]).toMatchObject({ state: 'settled', project: 'acme' });
  return stdout;
}

test('the curl line', async () => {
  const printed = await runCode('curl', (code) => ['bash', '-c', code]);
  expect(printed).toContain('"content":"works."');
  expect(printed).toContain('[DONE]');
});

test('the TypeScript program, with the real SDK', async () => {
  const printed = await runCode('typescript', (code) => [
    process.execPath,
    '--input-type=module-typescript',
    '--disable-warning=ExperimentalWarning',
    '--eval',
    code,
  ]);
  expect(printed).toBe('It works.');
});
