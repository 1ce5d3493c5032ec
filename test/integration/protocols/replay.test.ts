/**
 * Every recorded exchange as a provider on a real socket, asked through the whole gateway by a client of every protocol:
 * what the model said reaches the client, and what broke is never passed off as complete.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';
import { readAnswer, type Wire } from '../../support/protocols/read-answer.ts';
import { type Recording, recordedSuite, recordings } from '../../support/recordings.ts';

interface Source {
  readonly wire: Wire;
  readonly kind: 'openai-compatible' | 'openai' | 'anthropic-compatible' | 'google' | 'bedrock';
  readonly takes: (recording: Recording) => boolean;
}

const SOURCES: readonly Source[] = [
  {
    wire: 'openai-chat',
    kind: 'openai-compatible',
    takes: ({ api, provider }) => api === 'chat.completions' && provider !== 'cohere',
  },
  { wire: 'anthropic-messages', kind: 'anthropic-compatible', takes: ({ api }) => api === 'messages' },
  {
    wire: 'gemini',
    kind: 'google',
    takes: (recording) => recording.provider === 'google' && /enerateContent/.test(recording.api) && !isList(recording),
  },
  { wire: 'bedrock-converse', kind: 'bedrock', takes: ({ api }) => api === 'converse' || api === 'converse-stream' },
];

/** Streams that were asked for without alt=sse: one JSON list. We always ask for events. */
const isList = ({ responseBody }: Recording) => responseBody.toString('utf8').trimStart().startsWith('[');

const CLIENTS: readonly {
  wire: Exclude<Wire, 'bedrock-converse'>;
  path: (stream: boolean) => string;
  body: (stream: boolean) => unknown;
}[] = [
  {
    wire: 'openai-chat',
    path: () => '/v1/chat/completions',
    body: (stream) => ({ model: 'up/m', stream, messages: [{ role: 'user', content: 'x' }] }),
  },
  { wire: 'openai-responses', path: () => '/v1/responses', body: (stream) => ({ model: 'up/m', stream, input: 'x' }) },
  {
    wire: 'anthropic-messages',
    path: () => '/v1/messages',
    body: (stream) => ({ model: 'up/m', stream, max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }),
  },
  {
    wire: 'gemini',
    path: (stream) => `/v1beta/models/up/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: () => ({ contents: [{ role: 'user', parts: [{ text: 'x' }] }] }),
  },
];

/** A stream that holds an error, or two messages in one: nobody can say what the model said. */
const isBroken = ({ features, id }: Recording) =>
  /mid_stream_error|error_in_200/.test(features.join()) || /(spliced|duplicate)-message-start/.test(id);

for (const source of SOURCES) {
  recordedSuite(`recorded ${source.wire} answers through the gateway`, () => {
    let upstream: Upstream;
    let gate: TestGateway;
    let current: Recording | undefined;

    beforeAll(async () => {
      upstream = await startUpstream((_seen, response) => {
        const type = current?.stream === true && current.status === 200 ? 'text/event-stream' : 'application/json';
        response.writeHead(current?.status ?? 500, { 'content-type': type, ...current?.responseHeaders });
        response.end(current?.responseBody);
      });
      const base = new URL(upstream.baseUrl);
      gate = await startTestGateway(
        {
          providers: [
            {
              id: 'up',
              kind: source.kind,
              baseUrl: source.kind === 'bedrock' ? base.origin : upstream.baseUrl,
              credential: source.kind === 'google' || source.kind === 'bedrock' ? 'env:UP_KEY' : 'none',
              ...(source.kind === 'bedrock' ? { region: 'us-east-1' } : {}),
              models: [{ id: 'm', ...TEST_PRICES }],
            },
          ],
        },
        { env: { UP_KEY: 'AKIAIOSFODNN7EXAMPLE:secret-example-key' } },
      );
    });
    afterAll(async () => {
      await gate.close();
      await upstream.close();
    });

    const cases = recordings((recording) => source.takes(recording));

    describe.each(CLIENTS)('to a client of $wire', (client) => {
      it.each(cases.map((recording) => [recording.id, recording] as const))('%s', async (_id, recording) => {
        current = recording;
        // One recorded failure after another would open the breaker.
        await gate.control.routing.reset({ id: 'up' });
        const { stream } = recording;
        const response = await fetch(gate.origin + client.path(stream), {
          method: 'POST',
          headers: { authorization: `Bearer ${gate.key}` },
          body: JSON.stringify(client.body(stream)),
        });
        const body = Buffer.from(await response.arrayBuffer());
        if (recording.status >= 400 || isBroken(recording)) {
          const told = response.status >= 400 || /"error"|response\.failed/.test(body.toString('utf8'));
          expect(told, body.toString('utf8').slice(0, 300)).toBe(true);
          return;
        }
        expect(response.status, body.toString('utf8').slice(0, 300)).toBe(200);
        const said = readAnswer(source.wire, stream, recording.responseBody);
        const got = readAnswer(client.wire, stream, body);
        expect(got).toEqual(said);
      });
    });
  });
}
