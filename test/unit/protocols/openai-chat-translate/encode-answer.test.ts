/** Whole answers as chat clients read them. */
import { expect, suite, test } from 'vitest';
import type { Part } from '../../../../proxy/core/part.ts';
import { clientSide } from '../../../../proxy/protocols/openai-chat/client-side.ts';
import { callOf, FACTS, type Json } from './helpers.ts';

const stop = { unified: 'stop', raw: 'end_turn' } as const;
const patch = callOf({ tools: [{ kind: 'custom', name: 'patch' }] });

function encodeAnswer(
  parts: readonly Part[],
  finishReason = stop as { unified: 'stop' | 'other'; raw: string },
  call = FACTS.call,
): Json {
  const bytes = clientSide.encodeAnswer({ choices: [{ index: 0, parts, finishReason }] }, { ...FACTS, call });
  return JSON.parse(bytes.toString('utf8')) as Json;
}

const choiceOf = (answer: Json) => (answer.choices as Json[])[0] as Json;

suite('whole answers', () => {
  test('what is required, and nothing else', () => {
    expect(encodeAnswer([{ kind: 'text', text: 'a' }])).toEqual({
      id: 'chatcmpl-new',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'asked',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'a', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
    });
  });

  test.each<[string, Part[], Json]>([
    ['nothing', [], { content: null }],
    [
      'two texts',
      [
        { kind: 'text', text: 'a' },
        { kind: 'text', text: 'b' },
      ],
      { content: 'ab' },
    ],
    ['a refusal', [{ kind: 'refusal', text: 'no' }], { content: null, refusal: 'no' }],
    [
      'thinking',
      [
        { kind: 'reasoning', text: 'hm' },
        { kind: 'text', text: 'a' },
      ],
      { content: 'a', reasoning_content: 'hm' },
    ],
    [
      'thinking with its proof',
      [{ kind: 'reasoning', text: 'hm', signature: 's', origin: 'anthropic-messages' }],
      {
        content: null,
        reasoning_content: 'hm',
        reasoning_details: [
          { type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-claude-v1', index: 0 },
        ],
      },
    ],
    [
      'redacted thinking',
      [{ kind: 'reasoning', text: '', redacted: true, signature: 'd', origin: 'anthropic-messages' }],
      {
        content: null,
        reasoning_details: [{ type: 'reasoning.encrypted', data: 'd', format: 'anthropic-claude-v1', index: 0 }],
      },
    ],
    [
      'citations, in their text where nobody said where',
      [
        { kind: 'text', text: 'abc' },
        { kind: 'text', text: 'def', citations: [{ url: 'https://x' }, { title: 'a document' }] },
      ],
      {
        content: 'abcdef',
        annotations: [
          {
            type: 'url_citation',
            url_citation: { url: 'https://x', title: 'https://x', start_index: 3, end_index: 6 },
          },
        ],
      },
    ],
    [
      'a call without arguments, and one with a proof',
      [
        { kind: 'tool-call', id: 'a', name: 'f', arguments: '' },
        {
          kind: 'tool-call',
          id: '',
          name: 'g',
          arguments: '{"n":12479678939117453000}',
          signature: 's',
          origin: 'gemini',
        },
      ],
      {
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          {
            id: 'call_new',
            type: 'function',
            function: { name: 'g', arguments: '{"n":12479678939117453000}' },
            extra_content: { google: { thought_signature: 's' } },
          },
        ],
      },
    ],
    [
      'sound and an image',
      [
        { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA' }, transcript: 't' },
        { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'BB' } },
      ],
      {
        content: null,
        images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,BB' } }],
        audio: { id: 'audio_new', data: 'AA', transcript: 't', expires_at: 1_700_000_000 },
      },
    ],
  ])('%s', (_name, parts, expected) => {
    expect(choiceOf(encodeAnswer(parts)).message).toEqual({ role: 'assistant', refusal: null, ...expected });
  });

  test('whoever calls tools is told to run them; other ends keep their word beside ours', () => {
    const call: Part = { kind: 'tool-call', id: 'a', name: 'f', arguments: '{}' };
    expect(choiceOf(encodeAnswer([call])).finish_reason).toBe('tool_calls');
    expect(choiceOf(encodeAnswer([], { unified: 'other', raw: 'pause_turn' }))).toMatchObject({
      finish_reason: 'other',
      native_finish_reason: 'pause_turn',
    });
  });

  test("clients of 2023 get their function_call, those of free text their tool's input", () => {
    const call: Part = { kind: 'tool-call', id: 'a', name: 'f', arguments: '{}' };
    const old = choiceOf(encodeAnswer([call], stop, callOf({ legacyFunctions: true })));
    expect(old).toMatchObject({
      message: { function_call: { name: 'f', arguments: '{}' } },
      finish_reason: 'function_call',
    });
    expect(old.message).not.toHaveProperty('tool_calls');
    const wrapped: Part = { kind: 'tool-call', id: 'a', name: 'patch', arguments: '{"input":"*** \\"x\\""}' };
    expect(choiceOf(encodeAnswer([wrapped], stop, patch)).message).toMatchObject({
      tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'patch', input: '*** "x"' } }],
    });
  });

  test.each([
    [{}, undefined],
    [{ outputTokens: 3 }, undefined],
    [{ inputTokens: 3, cacheReadTokens: 2 }, undefined],
    [
      { inputTokens: 3, outputTokens: 0 },
      { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 },
    ],
    [
      {
        inputTokens: 1,
        cacheReadTokens: 2,
        cacheWriteTokens: 4,
        cacheWrite1hTokens: 8,
        outputTokens: 16,
        reasoningTokens: 32,
      },
      {
        prompt_tokens: 15,
        completion_tokens: 48,
        total_tokens: 63,
        prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 12 },
        completion_tokens_details: { reasoning_tokens: 32 },
      },
    ],
  ])('usage %j', (usage, expected) => {
    const answer = { choices: [{ index: 0, parts: [], finishReason: stop }], usage };
    expect((JSON.parse(clientSide.encodeAnswer(answer, FACTS).toString('utf8')) as Json).usage).toEqual(expected);
  });

  test.each([
    [
      { message: 'bad', status: 400 },
      { message: 'bad', type: 'upstream_error', param: null, code: null },
    ],
    [
      { message: 'bad', type: 't', code: 'c' },
      { message: 'bad', type: 't', param: null, code: 'c' },
    ],
  ])('error %j keeps the words of the provider', (error, expected) => {
    const body = { error: { ...expected, gatehouse: { requestId: 'req_1' } } };
    expect(JSON.parse(clientSide.encodeProviderError(error, 'req_1').toString('utf8'))).toEqual(body);
    expect(clientSide.encodeStreamError(error, 'req_1').toString('utf8')).toBe(`data: ${JSON.stringify(body)}\n\n`);
  });
});
