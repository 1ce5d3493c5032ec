/** Tools, how they may be chosen, and structured output. */
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import {
  assistant,
  CLAUDE,
  CLAUDE_37,
  calls,
  encode,
  GPT_OSS,
  NOVA,
  refusal,
  result,
  spec,
  text,
  tool,
  user,
} from './encoding.ts';

describe('tools', () => {
  test.each<[string, Call['toolChoice'], unknown]>([
    ['unsaid', undefined, undefined],
    ['auto', { kind: 'auto' }, { auto: {} }],
    ['required', { kind: 'required' }, { any: {} }],
    ['one', { kind: 'tool', name: 'b' }, { tool: { name: 'b' } }],
  ])('choice %s', (_name, toolChoice, expected) => {
    const { body } = encode({ tools: [tool('a'), tool('b')], ...(toolChoice === undefined ? {} : { toolChoice }) });
    const config = { tools: [spec('a'), spec('b')], ...(expected === undefined ? {} : { toolChoice: expected }) };
    expect(body.toolConfig).toEqual(config);
  });

  test('only some allowed: the others are not offered', () => {
    const tools = [tool('a'), tool('b')];
    expect(encode({ tools, toolChoice: { kind: 'allowed', names: ['b'], required: true } }).body.toolConfig).toEqual({
      tools: [spec('b')],
      toolChoice: { any: {} },
    });
    refusal({ tools, toolChoice: { kind: 'allowed', names: ['z'], required: true } }).toThrow('given none');
  });

  test('none: left out, but declared where the history needs them', () => {
    const history = [user(text('Hi')), assistant(calls('a')), { role: 'tool' as const, parts: [result('a')] }];
    expect(encode({ tools: [tool('look_up')], toolChoice: { kind: 'none' } })).toMatchObject({ warnings: [] });
    expect(encode({ tools: [tool('look_up')], toolChoice: { kind: 'none' } }).body.toolConfig).toBeUndefined();
    const kept = encode({ messages: history, tools: [tool('look_up')], toolChoice: { kind: 'none' } });
    expect(kept.body.toolConfig).toEqual({ tools: [spec('look_up')] });
    expect(kept.warnings).toEqual(['dropped_tool_choice tools']);
    const restored = encode({ messages: history });
    expect(restored.body.toolConfig).toEqual({
      tools: [{ toolSpec: { name: 'look_up', inputSchema: { json: { type: 'object', properties: {} } } } }],
    });
    expect(restored.warnings).toEqual(['declared_tools_of_history tools']);
  });

  test('descriptions, strictness, free text, namespaces, and tools of other providers', () => {
    const { body, warnings } = encode({
      tools: [
        tool('a', { description: 'Does A.', strict: true }),
        { kind: 'custom', name: 'patch', description: 'Patches.', raw: { type: 'grammar' } },
        { kind: 'function', name: 'f', namespace: 'mcp' },
        { kind: 'provider', name: 'web_search', raw: {}, origin: 'openai-responses' },
        {
          kind: 'provider',
          name: 'nova_grounding',
          raw: { systemTool: { name: 'nova_grounding' } },
          origin: 'bedrock-converse',
        },
      ],
    });
    expect(body.toolConfig).toEqual({
      tools: [
        spec('a', { description: 'Does A.', strict: true }),
        {
          toolSpec: {
            name: 'patch',
            description: 'Patches.\n\nThe input must follow this format:\n{"type":"grammar"}',
            inputSchema: {
              json: {
                type: 'object',
                properties: { input: { type: 'string', description: 'The whole input of the tool, as free text.' } },
                required: ['input'],
                additionalProperties: false,
              },
            },
          },
        },
        { toolSpec: { name: 'mcp__f', inputSchema: { json: { type: 'object', properties: {} } } } },
        { systemTool: { name: 'nova_grounding' } },
      ],
    });
    expect(warnings).toEqual(['dropped_tool tools[3]']);
    expect(encode({ tools: [tool('a', { strict: true })] }, NOVA).warnings).toEqual(['dropped_strict tools[0]']);
  });

  test('a name that Bedrock refuses is refused here, for nobody could answer under it', () => {
    refusal({ tools: [tool('x'.repeat(65))] }).toThrow('1 to 64 letters');
    refusal({ tools: [tool('a.b')] }).toThrow('rename the tool at tools[0]');
  });
});

describe('structured output', () => {
  const schema = { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false };
  const output: Call['output'] = { kind: 'schema', schema, name: 'answer', description: 'An answer.' };

  test('native where the model has it, the schema as text', () => {
    for (const model of [CLAUDE, 'minimax.minimax-m2', GPT_OSS, 'moonshot.kimi-k2-thinking', 'qwen.qwen3-32b-v1:0']) {
      const { body } = encode({ output }, model);
      expect(body.toolConfig).toBeUndefined();
      expect(body.outputConfig).toEqual({
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'answer', description: 'An answer.', schema: JSON.stringify(schema) } },
        },
      });
    }
  });

  test('else by a tool that must be called, alone or beside the real ones', () => {
    const forced = {
      toolSpec: {
        name: 'gatehouse_structured_output',
        description: 'Gives the final answer: the input of this tool is the answer, as JSON. An answer.',
        inputSchema: { json: schema },
      },
    };
    expect(encode({ output }, NOVA).body).toMatchObject({ toolConfig: { tools: [forced], toolChoice: { any: {} } } });
    const beside = encode({ output, tools: [tool('a')] }, CLAUDE_37).body;
    expect(beside.toolConfig).toEqual({ tools: [spec('a'), forced], toolChoice: { any: {} } });
    expect(encode({ output }, CLAUDE, { schemaByTool: true }).body).toMatchObject({ toolConfig: { tools: [forced] } });
    expect(encode({ output }, NOVA, { schemaByTool: false }).body.outputConfig).toBeDefined();
  });

  test('JSON without a schema is an open object; a schema of no object is refused where it needs a tool', () => {
    expect(encode({ output: { kind: 'json' } }).text).toContain('"json":{"type":"object","additionalProperties":true}');
    refusal({ output: { kind: 'schema', schema: { type: 'array' } } }, NOVA).toThrow('outermost type is object');
  });
});
