/** Every client library against a provider of every protocol: scripted providers, real sockets, the whole gateway between. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anthropicSdk } from '../../support/protocols/clients/anthropic.ts';
import { genaiSdk } from '../../support/protocols/clients/genai.ts';
import { openAiChatSdk } from '../../support/protocols/clients/openai-chat.ts';
import { openAiResponsesSdk } from '../../support/protocols/clients/openai-responses.ts';
import type { SdkClient } from '../../support/protocols/clients/types.ts';
import { anthropicUpstream } from '../../support/protocols/upstreams/anthropic-messages.ts';
import { bedrockUpstream } from '../../support/protocols/upstreams/bedrock-converse.ts';
import { geminiUpstream } from '../../support/protocols/upstreams/gemini.ts';
import { openAiChatUpstream } from '../../support/protocols/upstreams/openai-chat.ts';
import { openAiResponsesUpstream } from '../../support/protocols/upstreams/openai-responses.ts';
import {
  CALLS,
  OUTPUT,
  OUTPUT_SCHEMA,
  PNG,
  RESULTS,
  type Scene,
  SIGNATURE,
  TEXT,
  THOUGHT,
  TOKENS,
} from '../../support/protocols/upstreams/script.ts';
import { type ScriptedProvider, startScriptedProvider } from '../../support/protocols/upstreams/start.ts';

const SDKS = [openAiChatSdk, openAiResponsesSdk, anthropicSdk, genaiSdk];
const WIRES = [openAiChatUpstream, openAiResponsesUpstream, anthropicUpstream, geminiUpstream, bedrockUpstream];
const WAYS = [
  ['whole', false],
  ['streamed', true],
] as const;

const passed = new Map<string, number>();
const count = (row: string) => passed.set(row, (passed.get(row) ?? 0) + 1);

describe.each(WIRES)('on a provider of $protocol', (wire) => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider(wire);
  });
  // One scripted failure after another would open the breaker, and a refused key would stay refused.
  beforeEach(() => provider.gate.control.routing.reset({ id: provider.model.slice(0, provider.model.indexOf('/')) }));
  afterAll(() => provider.close());

  describe.each(SDKS)('$name', (sdk) => {
    let client: SdkClient;
    beforeAll(() => {
      client = sdk.open(provider.gate);
    });
    const scene = (name: Scene) => provider.play({ kind: 'scene', scene: name });
    const cell = `${sdk.name} on ${wire.protocol}`;

    it.each(WAYS)('text and usage, %s', async (_way, stream) => {
      scene('hello');
      const answer = await client.ask(provider.model, { stream });
      expect(answer).toMatchObject({ text: TEXT.join(''), calls: [], ended: true });
      expect(answer.tokens).toEqual([TOKENS.input, TOKENS.output]);
      expect(provider.understood).toMatchObject([{ stream, problems: [] }]);
      count(cell);
    });

    it.each(WAYS)('structured output, %s', async (_way, stream) => {
      scene('output');
      const answer = await client.ask(provider.model, { stream, schema: true });
      expect(JSON.parse(answer.text)).toEqual(OUTPUT);
      expect([answer.calls, answer.ended]).toEqual([[], true]);
      const asked = provider.understood[0]?.output?.schema;
      expect(asked).toMatchObject({ type: 'object', properties: OUTPUT_SCHEMA.properties });
      count(cell);
    });

    it('an image', async () => {
      scene('hello');
      const answer = await client.ask(provider.model, { stream: false, image: true });
      expect(answer.text).toBe(TEXT.join(''));
      expect(provider.understood[0]?.images).toEqual([PNG]);
      count(cell);
    });

    it.each(WAYS)('reasoning, %s', async (_way, stream) => {
      scene('thought');
      const answer = await client.ask(provider.model, { stream, think: true });
      expect(answer).toMatchObject({ thought: THOUGHT.join(''), text: TEXT.join(''), ended: true });
      count(cell);
    });

    it.each(WAYS)('parallel tools and their results, %s', async (_way, stream) => {
      scene('tools');
      const asked = await client.ask(provider.model, { stream, tools: true, think: true });
      expect(asked.calls.map(({ name, args }) => ({ name, args }))).toEqual(CALLS);
      expect(asked.ended).toBe(true);
      const answer = await client.ask(provider.model, { stream, tools: true, think: true, after: asked });
      expect(answer).toMatchObject({ text: TEXT.join(''), calls: [], ended: true });
      const results = provider.understood[1]?.results ?? [];
      expect(results.map((result, place) => result.includes(RESULTS[place] ?? '?'))).toEqual([true, true]);
      // The chat protocol has no proof of thinking.
      if (wire !== openAiChatUpstream) expect(provider.understood[1]?.signatures).toContain(SIGNATURE);
      count(cell);
    });

    it('an abort in the middle reaches the provider', async () => {
      provider.play({ kind: 'open' });
      await client.abandon(provider.model);
      await provider.latest()?.aborted;
      expect(provider.understood).toHaveLength(1);
      count(cell);
    });

    it.each([401, 429, 500])('HTTP %i of the provider is the library’s own error', async (status) => {
      provider.play({ kind: 'error', status });
      const error = await client.ask(provider.model, { stream: false }).catch((thrown: unknown) => thrown);
      expect([client.statusOf(error), String(error)]).toEqual([status, expect.stringContaining(`scripted ${status}`)]);
      count(cell);
    });

    it.each(['cut', 'short'] as const)('a stream that ends in the middle (%s) is no finished answer', async (kind) => {
      provider.play({ kind });
      const answer = await client.ask(provider.model, { stream: true }).catch((thrown: unknown) => thrown);
      expect(answer instanceof Error || (answer as { ended: boolean }).ended === false, String(answer)).toBe(true);
      const { items } = await provider.gate.control.requests.list({ limit: 1 });
      expect(items[0]).toMatchObject({ state: 'failed' });
      count(cell);
    });
  });
});

afterAll(() => {
  const rows = SDKS.map(({ name }) => {
    const cells = WIRES.map(({ protocol }) => `${protocol} ${passed.get(`${name} on ${protocol}`) ?? 0}`);
    return `  ${name.padEnd(18)} ${cells.join('  ')}`;
  });
  process.stdout.write(`Client libraries x provider protocols, cases passed:\n${rows.join('\n')}\n`);
});
