/** What providers refuse of their own protocol, edited by name in the bytes that pass; the rest arrives as it was written. */
import { afterEach, expect, suite, test } from 'vitest';
import type { ProviderKind } from '../../../proxy/contract/config.ts';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { completion, json, startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

let upstream: Upstream | undefined;
let gateway: TestGateway | undefined;

afterEach(async () => {
  await gateway?.close();
  await upstream?.close();
});

async function sent(kind: ProviderKind, model: string, body: string, path = '/v1/chat/completions') {
  const up = await startUpstream(json(200, completion()));
  const gate = await startTestGateway(
    {
      discovery: { local: false },
      providers: [{ id: 'up', kind, baseUrl: up.baseUrl, credential: 'none', models: [{ id: model, ...TEST_PRICES }] }],
    },
    {},
  );
  upstream = up;
  gateway = gate;
  const response = await fetch(gate.origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${gate.key}`, 'content-type': 'application/json' },
    body,
  });
  await response.arrayBuffer();
  const seen = up.requests.filter(({ url }) => url.endsWith('/completions'));
  return {
    status: response.status,
    warnings: response.headers.get('x-gatehouse-warnings'),
    body: seen[0]?.body.toString(),
  };
}

const SAID = '"messages":[ {"role":"user","content":"h\\u00e9"} ]';
/** What no parser may touch on the way. */
const REST = '"x_new":[1e400],"big":12479678939117453000';
const DEVELOPER = '"messages":[ {"role" : "developer","content":"\\"developer\\""},{"content":"x","role":"user"} ]';
const THOUGHT =
  '"messages":[{"role":"user","content":"x"},{"role":"assistant","reasoning_content":"hm","content":"ho"},{"role":"assistant","content":"a","reasoning_content":null}, {"role":"user","content":"y"}]';
const tool = (name: string) => `{"type":"function", "function":{"name":"${name}","parameters":{}}}`;
const chosen = (name: string) => `{"type":"function","function":{"name":"${name}"}}`;

type Row = [what: string, kind: ProviderKind, model: string, asked: string, seen: string, warnings: string | null];

const LIMIT_ROWS = (['mistral', 'together', 'deepinfra', 'ollama'] as const).map(
  (kind): Row => [
    'a limit by its new name',
    kind,
    'm',
    `{"model":"up/m", "max_completion_tokens" : 9,${SAID},${REST}}`,
    `{"model":"m", "max_tokens" : 9,${SAID},${REST}}`,
    null,
  ],
);
const DEVELOPER_ROWS = (['mistral', 'together', 'deepinfra', 'ollama', 'xai'] as const).map(
  (kind): Row => [
    'the role of developers',
    kind,
    'm',
    `{"model":"up/m",${DEVELOPER},${REST}}`,
    `{"model":"m",${DEVELOPER.replace('"role" : "developer"', '"role" : "system"')},${REST}}`,
    null,
  ],
);

const ROWS: readonly Row[] = [
  ...LIMIT_ROWS,
  ...DEVELOPER_ROWS,
  [
    'a limit by its old name',
    'openai',
    'gpt-5.1',
    `{"model":"up/gpt-5.1","max_tokens":9,${SAID},${REST}}`,
    `{"model":"gpt-5.1","max_completion_tokens":9,${SAID},${REST}}`,
    null,
  ],
  [
    'which older models take',
    'openai',
    'gpt-4o',
    `{"model":"up/gpt-4o","max_tokens":9,${SAID},${REST}}`,
    `{"model":"gpt-4o","max_tokens":9,${SAID},${REST}}`,
    null,
  ],
  [
    'both limits',
    'mistral',
    'm',
    `{"max_completion_tokens":9,"model":"up/m",${SAID},"max_tokens":5}`,
    `{"model":"m",${SAID},"max_tokens":5}`,
    'dropped_max_completion_tokens(max_completion_tokens)',
  ],
  [
    'fields that it does not know',
    'mistral',
    'm',
    `{"model":"up/m","store":false,"user":null,${SAID},"seed":18446744073709551615,"parallel_tool_calls":true , "verbosity":"low"}`,
    `{"model":"m",${SAID},"random_seed":18446744073709551615,"parallel_tool_calls":true}`,
    'dropped_store(store), dropped_verbosity(verbosity)',
  ],
  [
    'and usage asked for behind the model',
    'mistral',
    'm',
    `{${SAID},"stream":true,"model":"up/m","store":false}`,
    `{${SAID},"stream":true,"model":"m","stream_options":{"include_usage":true}}`,
    'dropped_store(store)',
  ],
  [
    'thinking of another model',
    'mistral',
    'm',
    `{"model":"up/m",${THOUGHT}}`,
    `{"model":"m",${THOUGHT.replace('"reasoning_content":"hm",', '').replace(',"reasoning_content":null', '')}}`,
    'thinking_stripped(messages)',
  ],
  [
    'thinking of another model',
    'groq',
    'm',
    `{"model":"up/m",${THOUGHT},"store":true}`,
    `{"model":"m",${THOUGHT.replace('"reasoning_content":"hm",', '').replace(',"reasoning_content":null', '')}}`,
    'dropped_store(store), thinking_stripped(messages)',
  ],
  [
    'some JSON',
    'lmstudio',
    'm',
    `{"model":"up/m",${SAID},"response_format": {"type":"json_object"},${REST}}`,
    `{"model":"m",${SAID},"response_format": {"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},${REST}}`,
    'json_object_as_schema(response_format)',
  ],
  [
    'some JSON with a schema beside it',
    'lmstudio',
    'm',
    `{"model":"up/m",${SAID},"response_format":{"type":"json_object","schema":{"type":"object","maximum":12479678939117453000}}}`,
    `{"model":"m",${SAID},"response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object","maximum":12479678939117453000}}}}`,
    'json_object_as_schema(response_format)',
  ],
  [
    'JSON by a schema, which it knows',
    'lmstudio',
    'm',
    `{"model":"up/m",${SAID},"response_format":{"type":"json_schema","json_schema":{}},"tool_choice":"auto"}`,
    `{"model":"m",${SAID},"response_format":{"type":"json_schema","json_schema":{}},"tool_choice":"auto"}`,
    null,
  ],
  [
    'a tool by its name',
    'lmstudio',
    'm',
    `{"model":"up/m","tool_choice":${chosen('g')},${SAID},"tools":[${tool('f')},${tool('g')}],${REST}}`,
    `{"model":"m","tool_choice":"required",${SAID},"tools":[${tool('g')}],${REST}}`,
    'tools_narrowed(tools)',
  ],
  [
    'the only tool by its name',
    'lmstudio',
    'm',
    `{"model":"up/m","tools":[ ${tool('f')} ],"tool_choice":${chosen('f')},${SAID}}`,
    `{"model":"m","tools":[ ${tool('f')} ],"tool_choice":"required",${SAID}}`,
    null,
  ],
  [
    'a tool that is not offered: its own mistake',
    'lmstudio',
    'm',
    `{"model":"up/m","tools":[${tool('f')}],"tool_choice":${chosen('z')},${SAID}}`,
    `{"model":"m","tools":[${tool('f')}],"tool_choice":${chosen('z')},${SAID}}`,
    null,
  ],
  [
    'nothing where nothing is known',
    'openai-compatible',
    'm',
    `{"model":"up/m","max_completion_tokens":9,"store":true,"seed":1,${DEVELOPER},"response_format":{"type":"json_object"}}`,
    `{"model":"m","max_completion_tokens":9,"store":true,"seed":1,${DEVELOPER},"response_format":{"type":"json_object"}}`,
    null,
  ],
];

suite('passed bytes', () => {
  test.each(ROWS)('%s (%s, %s)', async (_what, kind, model, asked, seen, warnings) => {
    expect(await sent(kind, model, asked)).toEqual({
      status: asked.includes('"stream":true') ? expect.any(Number) : 200,
      warnings,
      body: seen,
    });
  });
});

suite('the same, translated from another protocol', () => {
  const messages = (more: string) =>
    `{"model":"up/m","max_tokens":9,"messages":[{"role":"user","content":"x"}],${more}}`;
  const TOOLS = '"tools":[{"name":"f","input_schema":{"type":"object"}},{"name":"g","input_schema":{"type":"object"}}]';

  test('a tool by its name is offered alone', async () => {
    const { body, warnings } = await sent(
      'lmstudio',
      'm',
      messages(`${TOOLS},"tool_choice":{"type":"tool","name":"g"}`),
      '/v1/messages',
    );
    expect(JSON.parse(body ?? '{}')).toMatchObject({
      tools: [{ function: { name: 'g' } }],
      tool_choice: 'required',
    });
    expect(warnings).toContain('tools_narrowed');
  });

  test('some JSON is the schema of any object', async () => {
    const body = '{"model":"up/m","input":"x","text":{"format":{"type":"json_object"}}}';
    const { body: seen, warnings } = await sent('lmstudio', 'm', body, '/v1/responses');
    expect(JSON.parse(seen ?? '{}').response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema: { type: 'object' } },
    });
    expect(warnings).toContain('json_object_as_schema');
  });
});
