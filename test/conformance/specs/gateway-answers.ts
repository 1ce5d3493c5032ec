/** What clients get over a real socket: the simulator's drills in every protocol, lists of models, counts, and refusals. */
import { simulatorProtocol } from '../../../proxy/contract/config/words.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';
import { documentsOf, type Emitted, eventsOf, SPEC_CLIENTS, type SpecClient } from './clients.ts';
import type { DescriptionName } from './descriptions.ts';

type Json = Record<string, unknown>;

export const SIMULATED = simulatorProtocol.options;

export function startSimulators(): Promise<TestGateway> {
  return startTestGateway({
    providers: SIMULATED.map((speaks) => ({ id: speaks, kind: 'simulator', speaks })),
  });
}

const DRILLS = [
  'echo',
  'tool-call',
  'parallel-tools',
  'json',
  'reasoning',
  'cached',
  'lorem-100',
  'no-usage',
  'error-after-200',
  'error-first',
  'cut',
  'malformed',
  'no-finish',
  'unreachable',
  ...[400, 401, 403, 404, 429, 500, 503].map((status) => `error-${status}`),
];

const PARAMETERS = { type: 'object', properties: { place: { type: 'string' } } };
const NAMES = ['look', 'listen'];
const TOOLS: Readonly<Record<SpecClient['dialect'], Json>> = {
  'openai-chat': { tools: NAMES.map((name) => ({ type: 'function', function: { name, parameters: PARAMETERS } })) },
  'openai-responses': {
    tools: NAMES.map((name) => ({ type: 'function', name, parameters: PARAMETERS, strict: false })),
  },
  'anthropic-messages': { tools: NAMES.map((name) => ({ name, input_schema: PARAMETERS })) },
  gemini: { tools: [{ functionDeclarations: NAMES.map((name) => ({ name, parameters: PARAMETERS })) }] },
};

/** Every drill of one simulated provider, whole and streamed, with where each document comes from. */
export async function drills(
  gate: TestGateway,
  client: SpecClient,
  provider: string,
): Promise<{ origin: string; emitted: Emitted[] }[]> {
  const asked = DRILLS.flatMap((drill) => [false, true].map((stream) => ({ drill, stream })));
  // Half an answer of the same protocol passes as it is: what it leaves out is the provider's.
  const ours = asked.filter(({ drill, stream }) => stream || drill !== 'no-finish' || provider !== client.dialect);
  return Promise.all(
    ours.map(async ({ drill, stream }) => {
      const model = `${provider}/${drill}`;
      const sent = client.body(model, stream, drill.includes('tool') ? TOOLS[client.dialect] : {});
      const answer = await ask(gate, client.url(model, stream), sent);
      return {
        origin: `${drill}${stream ? ', streamed' : ''}`,
        emitted: documentsOf(client, { ...answer, stream: answer.streamed }),
      };
    }),
  );
}

/** One document that is not an answer of a model, after the schema it has to fit. */
interface Other {
  readonly description: DescriptionName;
  readonly origin: string;
  readonly emitted: readonly Emitted[];
}

const one = (schema: string, document: unknown): Emitted => ({ schema, kind: schema, document });

/** Lists, counts, and the stream that Gemini sends without `alt=sse`. */
export async function lists(gate: TestGateway): Promise<Other[]> {
  const anthropic = { 'anthropic-version': '2023-06-01' };
  const get = async (path: string, headers = {}) =>
    JSON.parse((await ask(gate, path, undefined, headers)).body) as Json;
  const count = async (path: string, body: Json) => JSON.parse((await ask(gate, path, body)).body) as Json;
  const counted = await count('/v1/messages/count_tokens', {
    model: 'openai-chat/echo',
    messages: [{ role: 'user', content: 'x' }],
  });
  const contents = [{ role: 'user', parts: [{ text: 'x' }] }];
  const streamed = await ask(gate, '/v1beta/models/openai-chat/echo:streamGenerateContent', { contents });
  return [
    { description: 'openai', origin: 'models', emitted: [one('ListModelsResponse', await get('/v1/models'))] },
    { description: 'openai', origin: 'a model', emitted: [one('Model', await get('/v1/models/openai-chat/echo'))] },
    {
      description: 'anthropic',
      origin: 'models',
      emitted: [one('ListResponse_ModelInfo_', await get('/v1/models?limit=1000', anthropic))],
    },
    { description: 'gemini', origin: 'models', emitted: [one('ListModelsResponse', await get('/v1beta/models'))] },
    { description: 'gemini', origin: 'a model', emitted: [one('Model', await get('/v1beta/models/openai-chat/echo'))] },
    {
      description: 'anthropic',
      origin: 'a count',
      emitted: [one('CountMessageTokensResponse', counted), one('BetaCountMessageTokensResponse', counted)],
    },
    {
      description: 'gemini',
      origin: 'a count',
      emitted: [one('CountTokensResponse', await count('/v1beta/models/openai-chat/echo:countTokens', { contents }))],
    },
    {
      description: 'gemini',
      origin: 'a list that is streamed',
      emitted: eventsOf(streamed.body).map((document) => ({
        ...one('GenerateContentResponse', document),
        kind: 'GenerateContentResponse (in a list)',
      })),
    },
  ];
}

/** What the gateway itself refuses, in each client's envelope. */
export async function refusals(
  gate: TestGateway,
  client: SpecClient,
): Promise<{ origin: string; emitted: Emitted[] }[]> {
  const model = 'openai-chat/echo';
  const url = client.url(model, false);
  const body = client.body(model, false);
  const cases: readonly [string, string, unknown, Record<string, string>?][] = [
    ['no key', url, body, { authorization: '' }],
    ['a wrong key', url, body, { authorization: 'Bearer gh_wrong' }],
    ['no JSON', url, '{"model":'],
    ['no object', url, '[]'],
    ['an unknown model', client.url('nobody/x', false), client.body('nobody/x', false)],
    ['another content type', url, body, { 'content-type': 'text/csv' }],
    ['a foreign host', url, body, { origin: 'https://example.com' }],
    ['too deep', url, `${'['.repeat(500)}${']'.repeat(500)}`],
  ];
  return Promise.all(
    cases.map(async ([origin, path, sent, headers]) => {
      const answer = await ask(gate, path, sent, headers);
      if (answer.status < 400) throw new Error(`${origin} was not refused`);
      return { origin, emitted: documentsOf(client, { ...answer, stream: false }) };
    }),
  );
}

/** Routes that are no whole protocol refuse in the envelope of theirs. */
export async function refusalsElsewhere(gate: TestGateway): Promise<Other[]> {
  const [chat] = SPEC_CLIENTS;
  if (chat === undefined) throw new Error('there are no clients');
  const model = 'anthropic-messages/echo';
  const paths: readonly [string, Json][] = [
    ['/v1/completions', { model, prompt: 'x' }],
    ['/v1/embeddings', { model, input: 'x' }],
    ['/v1/nothing', {}],
  ];
  return Promise.all(
    paths.map(async ([path, body]) => {
      const answer = await ask(gate, path, body);
      if (answer.status < 400) throw new Error(`${path} was not refused`);
      const emitted = documentsOf(chat, { ...answer, stream: false });
      return { description: 'openai' as const, origin: path, emitted };
    }),
  );
}

async function ask(gate: TestGateway, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(gate.origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${gate.key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const streamed = (response.headers.get('content-type') ?? '').includes('text/event-stream');
  return { status: response.status, streamed, body: await response.text() };
}
