import { expect, suite, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import { flattenTools } from '../../../../proxy/protocols/openai-responses/flatten-tools.ts';
import { decode, encode } from './wire.ts';

const CODEX_TOOLS = [
  { type: 'function', name: 'exec_command', parameters: { type: 'object' } },
  {
    type: 'custom',
    name: 'apply_patch',
    description: 'Patch.',
    format: { type: 'grammar', syntax: 'lark', definition: 'start: LINE' },
  },
  {
    type: 'namespace',
    name: 'multi_agent_v1',
    description: 'Agents.',
    tools: [
      { type: 'function', name: 'spawn', description: 'Spawn.', parameters: { type: 'object' } },
      { type: 'function', name: 'wait', parameters: { type: 'object' } },
    ],
  },
  { type: 'web_search', external_web_access: true },
];

suite('a call for a target that knows plain functions only', () => {
  const call = decode({
    tools: CODEX_TOOLS,
    tool_choice: { type: 'custom', name: 'apply_patch' },
    input: [
      { role: 'user', content: 'Go' },
      { type: 'custom_tool_call', call_id: 'c1', name: 'apply_patch', input: '*** "x"\n' },
      { type: 'custom_tool_call_output', call_id: 'c1', output: 'done' },
      { type: 'function_call', call_id: 'c2', name: 'spawn', namespace: 'multi_agent_v1', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c2', output: 'ok' },
    ],
  });
  const flat = flattenTools(call);

  test('offers every tool as a function of one name', () => {
    expect(flat.tools.map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([
      ['function', 'exec_command', undefined],
      ['function', 'apply_patch', undefined],
      ['function', 'multi_agent_v1__spawn', undefined],
      ['function', 'multi_agent_v1__wait', undefined],
      ['provider', 'web_search', undefined],
    ]);
  });

  test('tells the model the grammar, and once what a group is for', () => {
    const [, patch, spawn, wait] = flat.tools;
    expect(patch?.description).toBe('Patch.\n\nThe input must follow this grammar (lark):\nstart: LINE');
    expect(patch?.schema).toMatchObject({ required: ['input'], properties: { input: { type: 'string' } } });
    expect(spawn?.description).toBe('Agents.\n\nSpawn.');
    expect(wait?.description).toBeUndefined();
  });

  test('speaks of the same names in the history and in the choice', () => {
    expect(flat.toolChoice).toEqual({ kind: 'tool', name: 'apply_patch' });
    const parts = flat.messages.flatMap((message) => message.parts).slice(1);
    expect(parts).toEqual([
      { kind: 'tool-call', id: 'c1', name: 'apply_patch', arguments: '{"input":"*** \\"x\\"\\n"}' },
      { kind: 'tool-result', callId: 'c1', name: 'apply_patch', parts: [{ kind: 'text', text: 'done' }] },
      { kind: 'tool-call', id: 'c2', name: 'multi_agent_v1__spawn', arguments: '{}' },
      { kind: 'tool-result', callId: 'c2', name: 'multi_agent_v1__spawn', parts: [{ kind: 'text', text: 'ok' }] },
    ]);
  });

  test('done twice it is the same; a plain call is the very same', () => {
    expect(flattenTools(flat)).toBe(flat);
    const plain: Call = decode({ tools: [CODEX_TOOLS[0]] });
    expect(flattenTools(plain)).toBe(plain);
  });

  test('names in a list of allowed tools follow', () => {
    const choice = {
      type: 'allowed_tools',
      mode: 'auto',
      tools: [{ type: 'function', name: 'wait' }, { type: 'web_search' }],
    };
    const { toolChoice } = flattenTools(decode({ tools: CODEX_TOOLS, tool_choice: choice }));
    expect(toolChoice).toEqual({ kind: 'allowed', names: ['multi_agent_v1__wait', 'web_search'], required: false });
  });

  test('a Responses provider that knows no other tools gets them flat', () => {
    const { body } = encode(call, { flatTools: true });
    expect((body.tools as { type: string }[]).map(({ type }) => type)).toEqual([
      'function',
      'function',
      'function',
      'function',
      'web_search',
    ]);
    expect(JSON.stringify(body.input)).not.toContain('custom_tool_call');
  });
});
