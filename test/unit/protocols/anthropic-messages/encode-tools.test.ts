import { expect, suite, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../../../../proxy/protocols/anthropic-messages/structured-output-tool.ts';
import { encode } from './support.ts';

const fn = { kind: 'function', name: 'f', schema: { type: 'object', properties: {} } } as const;

suite('tools', () => {
  const search = {
    kind: 'provider',
    name: 'web_search',
    raw: { type: 'web_search' },
    origin: 'openai-responses',
  } as const;
  const patch = {
    kind: 'custom',
    name: 'patch',
    description: 'Patches',
    raw: { type: 'grammar', syntax: 'lark' },
  } as const;

  test("functions, free-text tools and namespaces are offered; other providers' own tools are not", () => {
    const { body, warnings } = encode({
      tools: [{ ...fn, namespace: 'ns', strict: true }, patch, search, { kind: 'function', name: 'g' }],
    });
    expect(body.tools).toEqual([
      { name: 'ns__f', input_schema: fn.schema, strict: true },
      {
        name: 'patch',
        description: 'Patches\n\nThe input must follow this format:\n{"type":"grammar","syntax":"lark"}',
        input_schema: expect.objectContaining({ required: ['input'] }),
      },
      { name: 'g', input_schema: { type: 'object', properties: {} } },
    ]);
    expect(warnings).toEqual(['dropped_tool']);
  });

  test.each<[Partial<Call>, unknown]>([
    [{}, undefined],
    [
      { toolChoice: { kind: 'auto' }, parallelToolCalls: true },
      { type: 'auto', disable_parallel_tool_use: false },
    ],
    [{ parallelToolCalls: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [{ toolChoice: { kind: 'none' }, parallelToolCalls: false }, { type: 'none' }],
    [{ toolChoice: { kind: 'required' } }, { type: 'any' }],
    [{ toolChoice: { kind: 'tool', name: 'f' } }, { type: 'tool', name: 'f' }],
    [{ toolChoice: { kind: 'allowed', names: ['f'], required: true } }, { type: 'any' }],
  ])('choice %j', (call, expected) => {
    const { body } = encode({ tools: [fn, { ...fn, name: 'other' }], ...call });
    expect(body.tool_choice).toEqual(expected);
    expect(body.tools?.length).toBe(call.toolChoice?.kind === 'allowed' ? 1 : 2);
  });
});

suite('structured output', () => {
  const schema = {
    type: 'object',
    properties: { n: { type: 'integer', minimum: 1, description: 'How many' } },
    required: ['n'],
  };

  test('by the model itself, with what it does not enforce told to it', () => {
    const { body, warnings } = encode({ output: { kind: 'schema', schema } });
    expect(body.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { n: { type: 'integer', description: 'How many {minimum: 1}' } },
          required: ['n'],
          additionalProperties: false,
        },
      },
    });
    expect(warnings).toEqual(['schema_rewritten']);
  });

  test('a schema that needs no change gets none, however odd its names', () => {
    const odd = {
      type: 'object',
      properties: { minimum: { type: 'string', enum: ['minLength'] } },
      additionalProperties: false,
    };
    expect(encode({ output: { kind: 'schema', schema: odd } })).toMatchObject({
      body: { output_config: { format: { schema: odd } } },
      warnings: [],
    });
  });

  test.each<[string, Partial<Call>, string, object, string[]]>([
    [
      'an older model',
      { output: { kind: 'schema', schema } },
      'claude-3-haiku-20240307',
      { type: 'tool', name: STRUCTURED_OUTPUT_TOOL },
      [STRUCTURED_OUTPUT_TOOL],
    ],
    [
      'any JSON',
      { output: { kind: 'json' } },
      'claude-opus-5',
      { type: 'tool', name: STRUCTURED_OUTPUT_TOOL },
      [STRUCTURED_OUTPUT_TOOL],
    ],
    [
      'beside tools',
      { output: { kind: 'json' }, tools: [fn] },
      'claude-opus-5',
      { type: 'any' },
      ['f', STRUCTURED_OUTPUT_TOOL],
    ],
  ])('by a tool: %s', (_name, call, model, choice, names) => {
    const { body } = encode(call, { model });
    expect(body.tool_choice).toEqual({ ...choice, disable_parallel_tool_use: true });
    expect(body.tools?.map(({ name }) => name)).toEqual(names);
    expect(body.output_config).toBeUndefined();
  });
});
