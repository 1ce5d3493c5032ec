import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { decodeAnswer } from '../../../../proxy/protocols/bedrock-converse/decode-answer.ts';
import { toFinishReason } from '../../../../proxy/protocols/bedrock-converse/finish-reason.ts';
import { decodeError } from '../../../../proxy/protocols/bedrock-converse/provider-error.ts';
import { toUsage } from '../../../../proxy/protocols/bedrock-converse/usage.ts';

const answerOf = (content: readonly JsonObject[], more: JsonObject = { stopReason: 'end_turn' }) =>
  decodeAnswer(Buffer.from(JSON.stringify({ output: { message: { role: 'assistant', content } }, ...more })));

describe('answers', () => {
  test('big integers in arguments keep their digits', () => {
    const body = `{"output":{"message":{"content":[{"toolUse":{"toolUseId":"x","name":"f","input":{"id":12479678939117453000,"f":7006652.0}}}]}},"stopReason":"tool_use"}`;
    expect(decodeAnswer(Buffer.from(body)).choices).toEqual([
      {
        index: 0,
        parts: [
          {
            kind: 'tool-call',
            id: 'x',
            name: 'f',
            arguments: '{"id":12479678939117453000,"f":7006652}',
            origin: 'bedrock-converse',
          },
        ],
        finishReason: { unified: 'tool-calls', raw: 'tool_use' },
      },
    ]);
  });

  test('the tool that stands for structured output is text', () => {
    const content = [{ toolUse: { toolUseId: 'x', name: 'gatehouse_structured_output', input: { a: 1 } } }];
    expect(answerOf(content, { stopReason: 'tool_use' }).choices[0]).toEqual({
      index: 0,
      parts: [{ kind: 'text', text: '{"a":1}' }],
      finishReason: { unified: 'stop', raw: 'tool_use' },
    });
  });

  test('thinking, images, stop sequence, no usage, and blocks nobody knows', () => {
    const answer = answerOf(
      [
        { reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } },
        { reasoningContent: { redactedContent: Buffer.from('EuYB').toString('base64') } },
        { text: '' },
        { image: { format: 'png', source: { bytes: 'QUJD' } } },
        { hologram: { size: 1 } },
      ],
      { stopReason: 'stop_sequence', additionalModelResponseFields: { stop_sequence: 'END' } },
    );
    expect(answer).toEqual({
      choices: [
        {
          index: 0,
          parts: [
            { kind: 'reasoning', text: 'Hm', signature: 's', origin: 'bedrock-converse' },
            { kind: 'reasoning', text: '', redacted: true, signature: 'EuYB', origin: 'bedrock-converse' },
            { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'QUJD' } },
            { kind: 'foreign', protocol: 'bedrock-converse', type: 'hologram', raw: { hologram: { size: 1 } } },
          ],
          finishReason: { unified: 'stop', raw: 'stop_sequence' },
          stopSequence: 'END',
        },
      ],
    });
  });

  test('citations have the words, the document and, on the web, the address', () => {
    const location = { documentPage: { documentIndex: 0, start: 1, end: 2 } };
    const web = { web: { url: 'https://a.example/', domain: 'a.example' } };
    const { choices } = answerOf([
      {
        citationsContent: {
          content: [{ text: 'Twenty days.' }],
          citations: [{ title: 'Policy', sourceContent: [{ text: '20 ' }, { text: 'days' }], location }],
        },
      },
      { citationsContent: { citations: [{ location: web }] } },
    ]);
    expect(choices[0]?.parts).toEqual([
      {
        kind: 'text',
        text: 'Twenty days.',
        citations: [
          {
            title: 'Policy',
            text: '20 days',
            raw: { title: 'Policy', sourceContent: [{ text: '20 ' }, { text: 'days' }], location },
          },
          { url: 'https://a.example/', raw: { location: web } },
        ],
      },
    ]);
  });

  test('a missing finish reason stays missing', () => {
    expect(answerOf([{ text: 'A' }], {}).choices[0]).toEqual({ index: 0, parts: [{ kind: 'text', text: 'A' }] });
  });

  test.each(['', '<html>', '[]', '{}', '{"output":{}}', '{"output":{"message":{"content":"A"}}}'])(
    '%s is no answer',
    (body) => {
      expect(() => decodeAnswer(Buffer.from(body))).toThrow('not a Converse answer');
    },
  );
});

test.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['guardrail_intervened', 'content-filter'],
  ['content_filtered', 'content-filter'],
  ['malformed_model_output', 'error'],
  ['malformed_tool_use', 'error'],
  ['something_new', 'other'],
])('finish reason %s is %s', (raw, unified) => {
  expect(toFinishReason(raw, true)).toEqual({ unified, raw });
});

test.each([
  ['nothing', undefined, undefined],
  ['an empty report', {}, undefined],
  ['the plain ones', { inputTokens: 3, outputTokens: 4, totalTokens: 7 }, { inputTokens: 3, outputTokens: 4 }],
  [
    'cache reads and writes beside the input',
    {
      inputTokens: 3,
      outputTokens: 121,
      cacheReadInputTokens: 1712,
      cacheWriteInputTokens: 236,
      cacheDetails: [{ ttl: '5m', inputTokens: 236 }],
    },
    { inputTokens: 3, outputTokens: 121, cacheReadTokens: 1712, cacheWriteTokens: 236 },
  ],
  [
    'writes for an hour apart',
    {
      inputTokens: 1,
      outputTokens: 1,
      cacheWriteInputTokens: 300,
      cacheDetails: [
        { ttl: '1h', inputTokens: 200 },
        { ttl: '5m', inputTokens: 100 },
      ],
    },
    { inputTokens: 1, outputTokens: 1, cacheWriteTokens: 100, cacheWrite1hTokens: 200 },
  ],
  [
    'writes told in detail only',
    { cacheDetails: [{ ttl: '1h', inputTokens: 5 }] },
    { cacheWriteTokens: 0, cacheWrite1hTokens: 5 },
  ],
  ['no number', { inputTokens: '3', outputTokens: -1 }, undefined],
])('usage: %s', (_name, reported, expected) => {
  expect(toUsage(reported)).toEqual(expected);
});

test.each<[string, number, string, Record<string, string>, unknown]>([
  [
    'throttling in a 503, the class in the header alone',
    503,
    '{"message":"Too many requests"}',
    { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/' },
    { code: 'ThrottlingException', message: 'Too many requests', status: 429 },
  ],
  [
    'a plain 503',
    503,
    '{"message":"Busy"}',
    { 'x-amzn-errortype': 'ServiceUnavailableException' },
    { code: 'ServiceUnavailableException', message: 'Busy', status: 503 },
  ],
  [
    'a class in the body',
    403,
    '{"__type":"com.amazon.coral.service#UnrecognizedClientException","Message":"No"}',
    {},
    { code: 'UnrecognizedClientException', message: 'No', status: 401 },
  ],
  [
    'a class nobody knows keeps the status',
    418,
    '{"message":"x"}',
    { 'x-amzn-errortype': 'TeapotException' },
    { code: 'TeapotException', message: 'x', status: 418 },
  ],
  [
    "a proxy's page",
    502,
    '<html>Bad gateway</html>',
    {},
    { message: 'the provider sent an error without a message', status: 502 },
  ],
  [
    'the front door of AWS, inside a 200',
    200,
    '{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException","message":null},"Version":"1.0"}',
    {},
    { code: 'UnknownOperationException', message: 'the provider sent an error without a message', status: 404 },
  ],
  ['an answer', 200, '{"output":{"message":{"content":[]}},"stopReason":"end_turn"}', {}, undefined],
  ['no JSON in a 200', 200, 'x', {}, undefined],
])('error: %s', (_name, status, body, headers, expected) => {
  expect(decodeError(status, Buffer.from(body), headers)).toEqual(expected);
});
