/** Whole answers, and what a broken copy of the codec once got past the other tests. */
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../proxy/core/json.ts';
import { gemini } from '../../../../proxy/protocols/gemini/codec.ts';
import { encodeParts } from '../../../../proxy/protocols/gemini/encode-parts.ts';
import { providerSide } from '../../../../proxy/protocols/gemini/provider-side.ts';

const decode = (candidate: JsonObject) =>
  providerSide.decodeAnswer(Buffer.from(JSON.stringify({ candidates: [candidate] }))).choices[0];

test('arguments keep every digit', () => {
  const text =
    '{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"id":9007199254740993,"x":0.1}}}]},"finishReason":"STOP"}]}';
  const [choice] = providerSide.decodeAnswer(Buffer.from(text)).choices;
  expect(choice?.parts[0]).toMatchObject({ arguments: '{"id":9007199254740993,"x":0.1}' });
  expect(choice?.finishReason).toEqual({ unified: 'tool-calls', raw: 'STOP' });
});

test('offsets of sources are bytes on the wire and characters here', () => {
  const choice = decode({
    content: { parts: [{ text: 'Köln ist schön.' }] },
    finishReason: 'STOP',
    groundingMetadata: {
      groundingChunks: [{ web: { uri: 'https://k', title: 'K' } }],
      groundingSupports: [
        { segment: { startIndex: 6, endIndex: 16, text: 'ist schön' }, groundingChunkIndices: [0, 7] },
      ],
    },
  });
  expect(choice?.parts[0]).toMatchObject({
    citations: [{ url: 'https://k', title: 'K', text: 'ist schön', start: 5, end: 14 }],
  });
});

test('an answer nested without end is malformed', () => {
  const deep = `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}}]}}]}`;
  expect(() => providerSide.decodeAnswer(Buffer.from(deep))).toThrow(
    expect.objectContaining({ code: 'upstream_malformed' }),
  );
  expect(gemini.inspectResult(Buffer.from(deep))).toMatchObject({ malformed: true });
});

test('a signature of its own stays a part of its own', () => {
  const encoding = { keepForeignThinking: false, callId: (id: string) => id, lost: () => undefined };
  const text = { kind: 'text', text: 'a' } as const;
  const signature = { kind: 'reasoning', text: '', signature: 's', origin: 'gemini' } as const;
  expect(encodeParts([text, { ...signature, redacted: true }], encoding)).toEqual([
    { text: 'a' },
    { text: '', thoughtSignature: 's' },
  ]);
  expect(encodeParts([text, signature], encoding)).toEqual([{ text: 'a', thoughtSignature: 's' }]);
});

test('elements of a list come in order', () => {
  const frame = (functionCall: Json) =>
    `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ functionCall }] } }] })}\r\n\r\n`;
  const decoder = providerSide.decodeStream();
  decoder.push(
    Buffer.from(
      frame({ name: 'f', willContinue: true }) + frame({ partialArgs: [{ jsonPath: '$.a[5]', numberValue: 1 }] }),
    ),
  );
  expect(decoder.end()).toMatchObject({ complete: false, problem: 'malformed_frame' });
});

test('a medium behind an escape is none that passes as text', () => {
  const body = '{"contents":[{"parts":[{"f\\u0069leData":{"fileUri":"https://x"}}]}]}';
  expect(gemini.inspectRequest(Buffer.from(body)).facts.inputTokensMax).toBeGreaterThan(1_000_000);
});
