/** What each kind of part becomes, and which are refused. */
import { describe, expect, test } from 'vitest';
import type { Part } from '../../../../proxy/core/part.ts';
import { assistant, CLAUDE, calls, encode, NOVA_2, refusal, result, text, tool, user } from './encoding.ts';

describe('parts', () => {
  const blockOf = (part: Part, model = CLAUDE) => {
    const { body, warnings } = encode({ messages: [user(part)] }, model);
    return { block: (body.messages as { content: unknown[] }[])[0]?.content[0], warnings };
  };
  const base64 = (mediaType: string, data = 'QUJD') => ({ kind: 'base64' as const, mediaType, data });

  test.each<[string, Part, unknown]>([
    ['PNG', { kind: 'image', source: base64('image/png') }, { image: { format: 'png', source: { bytes: 'QUJD' } } }],
    [
      'JPG by its wrong name',
      { kind: 'image', source: base64('image/jpg') },
      { image: { format: 'jpeg', source: { bytes: 'QUJD' } } },
    ],
    [
      'an image in a data: URL',
      { kind: 'image', source: { kind: 'url', url: 'data:image/webp;base64,QUJD' } },
      { image: { format: 'webp', source: { bytes: 'QUJD' } } },
    ],
    [
      'an image in S3',
      { kind: 'image', source: { kind: 'url', url: 's3://bucket/cat.JPG' } },
      { image: { format: 'jpeg', source: { s3Location: { uri: 's3://bucket/cat.JPG' } } } },
    ],
    [
      'a PDF, its name in the letters that are allowed',
      { kind: 'file', source: base64('application/pdf'), name: 'Bericht (März).pdf' },
      { document: { format: 'pdf', name: 'Bericht (M rz) pdf', source: { bytes: 'QUJD' } } },
    ],
    [
      'a file without a name',
      { kind: 'file', source: base64('text/csv') },
      { document: { format: 'csv', name: 'Document 1', source: { bytes: 'QUJD' } } },
    ],
    [
      'JSON is text',
      { kind: 'file', source: base64('application/json') },
      { document: { format: 'txt', name: 'Document 1', source: { bytes: 'QUJD' } } },
    ],
    [
      'an image sent as a file',
      { kind: 'file', source: base64('image/gif') },
      { image: { format: 'gif', source: { bytes: 'QUJD' } } },
    ],
    [
      'a document of text',
      { kind: 'file', text: 'ABC', title: 'A' },
      { document: { format: 'txt', name: 'A', source: { bytes: 'QUJD' } } },
    ],
    [
      'a document to be cited',
      { kind: 'file', text: 'ABC', title: 'A', context: 'Old', citations: true },
      { document: { format: 'txt', name: 'A', source: { text: 'ABC' }, context: 'Old', citations: { enabled: true } } },
    ],
    ['audio', { kind: 'audio', source: base64('audio/mpeg') }, { audio: { format: 'mp3', source: { bytes: 'QUJD' } } }],
    [
      'a block of its own protocol',
      {
        kind: 'foreign',
        protocol: 'bedrock-converse',
        type: 'guardContent',
        raw: { guardContent: { text: { text: 'x' } } },
      },
      { guardContent: { text: { text: 'x' } } },
    ],
  ])('%s', (_name, part, block) => {
    expect(blockOf(part)).toEqual({ block, warnings: [] });
  });

  test.each<[string, Part, RegExp]>([
    [
      'an image behind a URL',
      { kind: 'image', source: { kind: 'url', url: 'https://example.com/cat.png' } },
      /does not fetch URLs/,
    ],
    ['an image of another kind', { kind: 'image', source: base64('image/tiff') }, /PNG, JPEG, GIF and WebP/],
    [
      'a file at another provider',
      { kind: 'file', source: { kind: 'file-id', id: 'f', protocol: 'openai-responses' } },
      /lies at another provider/,
    ],
    [
      'a file of another kind',
      { kind: 'file', source: base64('application/zip') },
      /convert the one at messages\[0\]\.content\[0\]/,
    ],
    ['a file without content', { kind: 'file', name: 'x' }, /has no content/],
    ['audio of another kind', { kind: 'audio', source: base64('audio/midi') }, /send MP3 or WAV/],
  ])('refused: %s', (_name, part, reason) => {
    refusal({ messages: [user(part)] }).toThrow(reason);
  });

  test('refused: audio in a tool result, which would be the answer lost', () => {
    const messages = [
      user(text('Hi')),
      assistant(calls('a')),
      { role: 'tool' as const, parts: [result('a', { kind: 'audio', source: base64('audio/wav') })] },
    ];
    refusal({ messages, tools: [tool('look_up')] }).toThrow('cannot hold audio');
  });

  test('no two documents of one request have the same name', () => {
    const file = (name?: string): Part => ({ kind: 'file', text: 'x', ...(name === undefined ? {} : { name }) });
    const { body } = encode({ messages: [user(file('a.txt'), file('a/txt'), file(), file('日本'), file('a.txt'))] });
    const content = (body.messages as { content: { document: { name: string } }[] }[])[0]?.content;
    expect(content?.map(({ document }) => document.name)).toEqual([
      'a txt',
      'a txt 2',
      'Document 1',
      'Document 2',
      'a txt 3',
    ]);
  });

  test.each<[string, Part, string, unknown]>([
    [
      'Claude from Anthropic',
      { kind: 'reasoning', text: 'Hm', signature: 's', origin: 'anthropic-messages' },
      CLAUDE,
      { reasoningText: { text: 'Hm', signature: 's' } },
    ],
    [
      'Claude from here',
      { kind: 'reasoning', text: 'Hm', signature: 's', origin: 'bedrock-converse' },
      CLAUDE,
      { reasoningText: { text: 'Hm', signature: 's' } },
    ],
    [
      'redacted by Claude',
      { kind: 'reasoning', text: '', redacted: true, signature: 'EuYB', origin: 'anthropic-messages' },
      CLAUDE,
      { redactedContent: 'RXVZQg==' },
    ],
    [
      'redacted by another',
      { kind: 'reasoning', text: '', redacted: true, signature: 'bedrock:AP8=', origin: 'bedrock-converse' },
      NOVA_2,
      { redactedContent: 'AP8=' },
    ],
    ['without a proof', { kind: 'reasoning', text: 'Hm', origin: 'bedrock-converse' }, CLAUDE, undefined],
    [
      'of another provider',
      { kind: 'reasoning', text: 'Hm', signature: 's', origin: 'openai-responses' },
      CLAUDE,
      undefined,
    ],
    [
      'of Claude, for another model',
      { kind: 'reasoning', text: 'Hm', signature: 's', origin: 'anthropic-messages' },
      NOVA_2,
      undefined,
    ],
    ['of nobody', { kind: 'reasoning', text: 'Hm', signature: 's' }, CLAUDE, undefined],
  ])('thinking: %s', (_name, part, model, block) => {
    const { body, warnings } = encode(
      { messages: [user(text('Hi')), assistant(part, text('So.')), user(text('Go on'))] },
      model,
    );
    const content = (body.messages as { content: unknown[] }[])[1]?.content;
    expect(content).toEqual([...(block === undefined ? [] : [{ reasoningContent: block }]), { text: 'So.' }]);
    expect(warnings).toEqual(block === undefined ? ['thinking_stripped messages[1].content[0]'] : []);
  });

  test('results carry text (blank too), images, documents and errors; an error always says something', () => {
    const { body } = encode({
      tools: [tool('look_up')],
      messages: [
        user(text('Hi')),
        assistant(calls('a'), calls('b'), calls('c')),
        {
          role: 'tool',
          parts: [
            result(
              'a',
              text(''),
              { kind: 'image', source: base64('image/png') },
              { kind: 'file', text: 'x', name: 'n' },
            ),
            { kind: 'tool-result', callId: 'b', parts: [text('no such row')], isError: true },
            { kind: 'tool-result', callId: 'c', parts: [], isError: true },
          ],
        },
      ],
    });
    expect((body.messages as { content: unknown[] }[])[2]?.content).toEqual([
      {
        toolResult: {
          toolUseId: 'a',
          content: [
            { text: '' },
            { image: { format: 'png', source: { bytes: 'QUJD' } } },
            { document: { format: 'txt', name: 'n', source: { bytes: 'eA==' } } },
          ],
        },
      },
      { toolResult: { toolUseId: 'b', content: [{ text: 'no such row' }], status: 'error' } },
      { toolResult: { toolUseId: 'c', content: [{ text: 'error' }], status: 'error' } },
    ]);
  });

  test.each([
    ['{"id":12479678939117453000,"f":1.10}', '"input":{"id":12479678939117453000,"f":1.1}'],
    ['{"id":[9007199254740993]}', '"input":{"id":[9007199254740993]}'],
    ['', '"input":{}'],
  ])('arguments %s keep their numbers', (json, expected) => {
    const messages = [user(text('Hi')), assistant(calls('a', json)), { role: 'tool' as const, parts: [result('a')] }];
    expect(encode({ messages, tools: [tool('look_up')] }).text).toContain(expected);
  });

  test('arguments that are no object are kept under a name', () => {
    const messages = [
      user(text('Hi')),
      assistant(calls('a', '{"half":')),
      { role: 'tool' as const, parts: [result('a')] },
    ];
    const { text: sent, warnings } = encode({ messages, tools: [tool('look_up')] });
    expect(sent).toContain('"input":{"arguments":"{\\"half\\":"}');
    expect(warnings).toEqual(['tool_arguments_not_an_object messages[1].content[0]']);
  });

  test('call ids fit, the same in call and result, and no two become one', () => {
    const ids = ['functions.f:0', 'a|b', 'a_b', 'x'.repeat(80)];
    const messages = [
      user(text('Hi')),
      assistant(...ids.map((id) => calls(id))),
      { role: 'tool' as const, parts: ids.map((id) => result(id)) },
    ];
    const { body } = encode({ messages, tools: [tool('look_up')] });
    const [, asked, answered] = body.messages as { content: Record<string, { toolUseId: string }>[] }[];
    const given = asked?.content.map(({ toolUse }) => toolUse?.toolUseId) ?? [];
    expect(given[0]).toBe('functions.f:0');
    expect(new Set(given).size).toBe(ids.length);
    for (const id of given) expect(id).toMatch(/^[a-zA-Z0-9_.:-]{1,64}$/);
    expect(answered?.content.map(({ toolResult }) => toolResult?.toolUseId)).toEqual(given);
  });
});
