/** What a request lets a provider search for, and what may be audio in it: read by each protocol's own words. */
import { describe, expect, test } from 'vitest';
import { anthropicMessages } from '../../../proxy/protocols/anthropic-messages/codec.ts';
import type { PassThroughCodec } from '../../../proxy/protocols/codec.ts';
import { gemini } from '../../../proxy/protocols/gemini/codec.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { openAiResponses } from '../../../proxy/protocols/openai-responses/codec.ts';

const messages = [{ role: 'user', content: 'x' }];
const contents = [{ role: 'user', parts: [{ text: 'x' }] }];
const factsOf = (codec: PassThroughCodec, body: object) =>
  codec.inspectRequest(Buffer.from(JSON.stringify({ model: 'm', ...body }))).facts;

describe('how often a provider may search', () => {
  test.each<[codec: PassThroughCodec, name: string, body: object, searchesMax: number | undefined]>([
    [
      anthropicMessages,
      'with a limit',
      { messages, tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }] },
      5,
    ],
    [anthropicMessages, 'without one', { messages, tools: [{ type: 'web_search_20260209', name: 'web_search' }] }, 20],
    [
      anthropicMessages,
      'a tool of the client',
      { messages, tools: [{ name: 'web_search', input_schema: {} }] },
      undefined,
    ],
    [anthropicMessages, 'no tools', { messages }, undefined],
    [anthropicMessages, 'tools that are none', { messages, tools: 'web_search' }, undefined],
    [openAiResponses, 'with a limit', { input: 'x', tools: [{ type: 'web_search' }], max_tool_calls: 3 }, 3],
    [openAiResponses, 'without one', { input: 'x', tools: [{ type: 'web_search_preview_2025_03_11' }] }, 20],
    [openAiResponses, 'a function', { input: 'x', tools: [{ type: 'function', name: 'web_search' }] }, undefined],
    [gemini, 'in camel case', { contents, tools: [{ googleSearch: {} }] }, 20],
    [gemini, 'in snake case', { contents, tools: [{ google_search_retrieval: {} }] }, 20],
    [gemini, 'another tool', { contents, tools: [{ functionDeclarations: [{ name: 'google_search' }] }] }, undefined],
    [openAiChat, 'by option', { messages, web_search_options: {} }, 1],
    [openAiChat, 'by plugin', { messages, plugins: [{ id: 'web' }] }, 1],
    [openAiChat, 'by name', { model: 'openai/gpt-5:online', messages }, 1],
    [openAiChat, 'by tool', { messages, tools: [{ type: 'openrouter:web_search', parameters: { max_uses: 2 } }] }, 2],
    [openAiChat, 'by a tool of Groq', { messages, tools: [{ type: 'browser_search' }] }, 20],
    [openAiChat, 'a function', { messages, tools: [{ type: 'function', function: { name: 'search' } }] }, undefined],
    [openAiChat, 'another plugin', { messages, plugins: [{ id: 'file-parser' }] }, undefined],
    [openAiChat, 'an option that is not set', { messages, web_search_options: null }, undefined],
  ])('%#: %s', (codec, _name, body, searchesMax) => {
    expect(factsOf(codec, body).searchesMax).toBe(searchesMax);
  });

  test('a limit beyond reason is cut, so that the sum stays a whole number of nano-dollars', () => {
    const tools = [{ type: 'web_search_20250305', name: 'web_search', max_uses: 9_000_000_000_000_000 }];
    expect(factsOf(anthropicMessages, { messages, tools }).searchesMax).toBe(1_000);
  });

  test('an escape in the type hides nothing', () => {
    const body =
      '{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"web_s\\u0065arch_20250305"}]}';
    expect(anthropicMessages.inspectRequest(Buffer.from(body)).facts.searchesMax).toBe(20);
  });

  test('what an answer never counts is told beforehand', () => {
    expect(factsOf(openAiChat, { messages, web_search_options: {} }).searchesUntold).toBe(1);
    expect(factsOf(openAiChat, { messages, tools: [{ type: 'browser_search' }] }).searchesUntold).toBeUndefined();
  });
});

describe('what may be audio', () => {
  const inline = (mimeType: string) => [{ role: 'user', parts: [{ inlineData: { mimeType, data: 'AAAA' } }] }];
  const audio = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } };
  const image = { type: 'image_url', image_url: { url: 'https://example.com/i.png' } };
  test.each<[codec: PassThroughCodec, name: string, body: object, audio: true | undefined]>([
    [openAiChat, 'text', { messages }, undefined],
    [openAiChat, 'a picture', { messages: [{ role: 'user', content: [image] }] }, undefined],
    [openAiChat, 'audio', { messages: [{ role: 'user', content: [audio] }] }, true],
    [openAiResponses, 'text', { input: 'x' }, undefined],
    [openAiResponses, 'audio', { input: [{ role: 'user', content: [audio] }] }, true],
    [gemini, 'text', { contents }, undefined],
    [gemini, 'audio', { contents: inline('audio/wav') }, true],
    [gemini, 'a film', { contents: inline('video/mp4') }, true],
  ])('%#: %s', (codec, _name, body, expected) => {
    expect(factsOf(codec, body).audio).toBe(expected);
  });
});
