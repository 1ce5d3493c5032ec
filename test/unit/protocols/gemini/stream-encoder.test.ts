/** What a Gemini client gets: order, ends, errors, signatures. */
import { describe, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../../proxy/core/answer.ts';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import { clientSide, listClientSide } from '../../../../proxy/protocols/gemini/client-side.ts';
import { gemini, geminiList } from '../../../../proxy/protocols/gemini/codec.ts';
import { providerSide } from '../../../../proxy/protocols/gemini/provider-side.ts';
import { packSignature, unpackSignature } from '../../../../proxy/protocols/gemini/signature.ts';
import type { EncodeFacts } from '../../../../proxy/protocols/translation.ts';

const facts: EncodeFacts = {
  model: 'asked',
  call: { model: 'asked', stream: true, messages: [], tools: [] },
  createdAt: 0,
  newId: (prefix) => `${prefix}1`,
  wantsUsage: true,
};

const at = (block: number, choice = 0) => ({ choice, block });
function decode(text: string) {
  const decoder = providerSide.decodeStream();
  const events = decoder.push(Buffer.from(text));
  const end = decoder.end();
  return { ...end, events: [...events, ...end.events] };
}

function encode(events: readonly AnswerEvent[], side = clientSide): string {
  const encoder = side.encodeStream(facts);
  return Buffer.concat([...events.map((event) => encoder.push(event)), encoder.end()]).toString();
}

const chunksOf = (text: string) =>
  text
    .split('\r\n\r\n')
    .slice(0, -1)
    .map((event) => JSON.parse(event.slice(6)) as JsonObject);

describe('what a Gemini client gets', () => {
  const events: AnswerEvent[] = [
    { type: 'start', id: 'msg_1', model: 'claude' },
    { type: 'block-start', ...at(0), part: { kind: 'reasoning', origin: 'anthropic-messages' } },
    { type: 'text', ...at(0), text: 'hm' },
    { type: 'signature', ...at(0), signature: 'sig' },
    { type: 'block-end', ...at(0) },
    { type: 'block-start', ...at(1), part: { kind: 'text' } },
    { type: 'text', ...at(1), text: 'Hé' },
    { type: 'text', ...at(1), text: 'llo' },
    { type: 'citation', ...at(1), citation: { url: 'https://x', title: 'X', text: 'Hé', start: 0, end: 2 } },
    { type: 'block-end', ...at(1) },
    // Two calls whose arguments come in turns.
    { type: 'block-start', ...at(2), part: { kind: 'tool-call', id: 'a', name: 'f' } },
    { type: 'block-start', ...at(3), part: { kind: 'tool-call', id: 'b', name: 'g' } },
    { type: 'arguments', ...at(2), json: '{"n":124796789' },
    { type: 'arguments', ...at(3), json: '' },
    { type: 'arguments', ...at(2), json: '39117453000}' },
    { type: 'block-end', ...at(3) },
    { type: 'block-end', ...at(2) },
    { type: 'usage', usage: { inputTokens: 5, cacheReadTokens: 2 } },
    { type: 'finish', choice: 0, finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
    { type: 'usage', usage: { outputTokens: 3, reasoningTokens: 1 } },
  ];

  test('text as it comes, calls whole, the end with sources and usage last', () => {
    const text = encode(events);
    expect(text).toContain('"args":{"n":12479678939117453000}');
    const chunks = chunksOf(text);
    for (const chunk of chunks) expect(chunk).toMatchObject({ modelVersion: 'claude', responseId: 'msg_1' });
    const parts = chunks.flatMap(({ candidates }) =>
      (candidates as JsonObject[]).flatMap(({ content }) => (content as { parts: JsonObject[] }).parts),
    );
    expect(parts).toMatchObject([
      { text: 'hm', thought: true },
      { text: '', thought: true, thoughtSignature: expect.any(String) as unknown as string },
      { text: 'Hé' },
      { text: 'llo' },
      { functionCall: { id: 'b', name: 'g', args: {} } },
      { functionCall: { id: 'a', name: 'f' } },
      { text: '' },
    ]);
    expect(chunks.at(-1)).toEqual({
      candidates: [
        {
          content: { parts: [{ text: '' }], role: 'model' },
          finishReason: 'STOP',
          index: 0,
          groundingMetadata: {
            groundingChunks: [{ web: { uri: 'https://x', title: 'X' } }],
            groundingSupports: [{ segment: { startIndex: 0, endIndex: 3, text: 'Hé' }, groundingChunkIndices: [0] }],
          },
        },
      ],
      usageMetadata: {
        promptTokenCount: 7,
        cachedContentTokenCount: 2,
        candidatesTokenCount: 3,
        thoughtsTokenCount: 1,
        totalTokenCount: 11,
      },
      modelVersion: 'claude',
      responseId: 'msg_1',
    });
  });

  test('the same as a list', () => {
    expect(JSON.parse(encode(events, listClientSide))).toEqual(chunksOf(encode(events)));
  });

  test("another model's signature comes back whole", () => {
    const proof = { signature: 'sig', origin: 'anthropic-messages', id: 'rs_1' } as const;
    const packed = packSignature(proof) ?? '';
    expect(Buffer.from(packed, 'base64').toString('base64')).toBe(packed);
    expect(unpackSignature(packed)).toEqual(proof);
    expect(unpackSignature('CuwBAb4+9vtZ')).toEqual({ signature: 'CuwBAb4+9vtZ', origin: 'gemini' });
    expect(unpackSignature(packed.slice(0, -12))).toEqual({});
    const sent = chunksOf(encode(events))[1] as {
      candidates: { content: { parts: { thoughtSignature: string }[] } }[];
    };
    const signature = sent.candidates[0]?.content.parts[0]?.thoughtSignature ?? '';
    const body = { contents: [{ role: 'model', parts: [{ text: 'hm', thought: true, thoughtSignature: signature }] }] };
    const call = clientSide.decodeRequest(Buffer.from(JSON.stringify(body)), { model: 'm' });
    expect(call.messages[0]?.parts).toEqual([
      { kind: 'reasoning', text: 'hm', signature: 'sig', origin: 'anthropic-messages' },
    ]);
  });

  test('several answers, logprobs, refusals, generated media', () => {
    const image = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } } as const;
    const logprobs = {
      content: [
        {
          token: 'no',
          logprob: -0.5,
          bytes: [110, 111],
          top_logprobs: [{ token: 'no', logprob: -0.5, bytes: [110, 111] }],
        },
      ],
    };
    const text = encode([
      { type: 'start' },
      { type: 'block-start', ...at(0, 1), part: { kind: 'whole', part: image } },
      { type: 'block-end', ...at(0, 1) },
      { type: 'logprobs', choice: 0, logprobs },
      { type: 'block-start', ...at(0), part: { kind: 'refusal' } },
      { type: 'text', ...at(0), text: 'no' },
      { type: 'block-end', ...at(0) },
      { type: 'finish', choice: 1, finishReason: { unified: 'stop', raw: 'stop' } },
      { type: 'finish', choice: 0, finishReason: { unified: 'content-filter', raw: 'refusal' } },
    ]);
    const again = decode(text);
    expect(again.complete).toBe(true);
    expect(again.events).toContainEqual({ type: 'block-start', ...at(0, 1), part: { kind: 'whole', part: image } });
    expect(again.events).toContainEqual({ type: 'logprobs', choice: 0, logprobs });
    expect(again.events.filter(({ type }) => type === 'finish')).toEqual([
      { type: 'finish', choice: 1, finishReason: { unified: 'stop', raw: 'STOP' } },
      { type: 'finish', choice: 0, finishReason: { unified: 'content-filter', raw: 'SAFETY' } },
    ]);
  });

  test("errors: ours, the provider's, in a stream and in a list", () => {
    const own = new GatehouseError('rate_limited', 'slow down', {
      retryAfterMs: 1_500,
      param: 'x',
      facts: { limit: 3 },
    });
    expect(JSON.parse(gemini.encodeError(own, 'req_1').toString())).toEqual({
      error: {
        code: 429,
        message: 'slow down',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'rate_limited',
            domain: 'gatehouse',
            metadata: { limit: '3', param: 'x', requestId: 'req_1' },
          },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' },
        ],
      },
    });
    const provider = { message: 'overloaded', type: 'overloaded_error', status: 529 };
    expect(JSON.parse(clientSide.encodeProviderError(provider, 'r').toString())).toMatchObject({
      error: { code: 529, status: 'UNAVAILABLE', message: 'overloaded' },
    });
    expect(clientSide.encodeStreamError(provider, 'r').toString()).toMatch(/^data: \{"error":.*\}\r\n\r\n$/);
    expect(JSON.parse(`[{}${geminiList.encodeStreamError(own, 'r').toString()}`)).toMatchObject([
      {},
      { error: { code: 429 } },
    ]);
    expect(JSON.parse(`[{}${listClientSide.encodeStreamError(provider, 'r').toString()}`)).toMatchObject([
      {},
      { error: { message: 'overloaded' } },
    ]);
  });
});
