/** Codex offers tools that other protocols do not have. Whatever it is served by, they go out as functions and come back as they were. */
import { expect, suite, test } from 'vitest';
import type { Answer } from '../../../../proxy/core/answer.ts';
import type { Call } from '../../../../proxy/core/call.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { providerSide as anthropic } from '../../../../proxy/protocols/anthropic-messages/provider-side.ts';
import { providerSide as bedrock } from '../../../../proxy/protocols/bedrock-converse/provider-side.ts';
import { providerSide as gemini } from '../../../../proxy/protocols/gemini/provider-side.ts';
import { providerSide as chat } from '../../../../proxy/protocols/openai-chat/provider-side.ts';
import { clientSide } from '../../../../proxy/protocols/openai-responses/client-side.ts';
import { flattenTools } from '../../../../proxy/protocols/openai-responses/flatten-tools.ts';
import { providerSide as responses } from '../../../../proxy/protocols/openai-responses/provider-side.ts';
import type { ProviderSide, Quirks } from '../../../../proxy/protocols/translation.ts';
import { decode, type Fields, factsFor } from './wire.ts';

const schema = { type: 'object', properties: { x: { type: 'string' } } };
const REQUEST = {
  instructions: 'You are a coding agent.',
  store: false,
  stream: true,
  include: ['reasoning.encrypted_content'],
  parallel_tool_calls: true,
  prompt_cache_key: 'key',
  reasoning: { summary: 'auto' },
  client_metadata: { a: 'b' },
  tools: [
    { type: 'function', name: 'exec_command', parameters: schema, strict: false },
    {
      type: 'custom',
      name: 'apply_patch',
      description: 'Patch.',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' },
    },
    {
      type: 'namespace',
      name: 'multi_agent_v1',
      description: 'Agents.',
      tools: [
        { type: 'function', name: 'spawn_agent', parameters: schema },
        { type: 'function', name: 'wait', parameters: schema },
      ],
    },
    { type: 'web_search', external_web_access: false },
    { type: 'tool_search' },
    { type: 'local_shell' },
  ],
  input: [
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Rules.' }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Fix it.' }] },
    { type: 'reasoning', summary: [], encrypted_content: 'gAAA' },
    { type: 'custom_tool_call', call_id: 'call_1', name: 'apply_patch', input: '*** "x"' },
    { type: 'custom_tool_call_output', call_id: 'call_1', output: 'Done.' },
    {
      type: 'function_call',
      call_id: 'call_2',
      name: 'spawn_agent',
      namespace: 'multi_agent_v1',
      arguments: '{"x":"1"}',
    },
    { type: 'function_call_output', call_id: 'call_2', output: 'Started.' },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go on.' }] },
  ],
};

const names = (list: unknown, of: (tool: Fields) => unknown) => (list as Fields[]).map((tool) => String(of(tool)));
const PROVIDERS: readonly [string, ProviderSide, Quirks, (body: Fields) => string[]][] = [
  ['openai-chat', chat, {}, (body) => names(body.tools, (tool) => (tool.function as Fields).name)],
  ['anthropic-messages', anthropic, {}, (body) => names(body.tools, (tool) => tool.name)],
  [
    'gemini',
    gemini,
    {},
    (body) => (body.tools as Fields[]).flatMap((tool) => names(tool.functionDeclarations, (one) => one.name)),
  ],
  [
    'bedrock-converse',
    bedrock,
    {},
    (body) => names((body.toolConfig as Fields).tools, (tool) => (tool.toolSpec as Fields).name),
  ],
  [
    'openai-responses',
    responses,
    { flatTools: true },
    (body) =>
      names(
        (body.tools as Fields[]).filter(({ type }) => type === 'function'),
        (tool) => tool.name,
      ),
  ],
];

/** An answer in which the model calls every function that it was offered. */
function answerCalling(functions: readonly string[]): Answer {
  return {
    choices: [
      {
        index: 0,
        parts: functions.map((name, index) => ({
          kind: 'tool-call',
          id: `c${index}`,
          name,
          arguments: '{"input":"*** Begin Patch"}',
        })),
        finishReason: { unified: 'tool-calls', raw: 'tool_use' },
      },
    ],
  };
}

suite.each(PROVIDERS)('served by %s', (_name, provider, quirks, offeredBy) => {
  test.each<[string, (call: Call) => Call]>([
    ['as decoded', (call) => call],
    ['flattened before', flattenTools],
  ])('%s, the tools go out as functions and their calls come back as they were', (_how, prepare) => {
    const call = decode(REQUEST);
    const warnings = new Warnings();
    const target = { model: 'target', quirks, maxOutputTokens: 4_096 };
    const body = JSON.parse(provider.encodeRequest(prepare(call), target, warnings).body.toString()) as Fields;
    const offered = offeredBy(body);
    expect(offered).toHaveLength(4);
    for (const name of offered) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(JSON.stringify(body)).toContain('Done.');
    expect(JSON.stringify(body)).toContain('Started.');
    const sent = JSON.parse(clientSide.encodeAnswer(answerCalling(offered), factsFor(call)).toString()) as {
      output: Fields[];
    };
    expect(sent.output.map(({ type, name, namespace, input }) => [type, name, namespace, input])).toEqual([
      ['function_call', 'exec_command', undefined, undefined],
      ['custom_tool_call', 'apply_patch', undefined, '*** Begin Patch'],
      ['function_call', 'spawn_agent', 'multi_agent_v1', undefined],
      ['function_call', 'wait', 'multi_agent_v1', undefined],
    ]);
    if (provider.protocol === 'openai-responses') return;
    const codes = warnings.list().map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['thinking_stripped']));
    for (const noise of ['dropped_store', 'dropped_include', 'dropped_client_metadata'])
      expect(codes).not.toContain(noise);
  });
});
