/** Google's own SDK, over a socket, against what the client side writes. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Answer, AnswerEvent } from '../../../../proxy/core/answer.ts';
import type { Call } from '../../../../proxy/core/call.ts';
import { clientSide } from '../../../../proxy/protocols/gemini/client-side.ts';
import { encodeTokenCount } from '../../../../proxy/protocols/gemini/count-tokens.ts';
import { decodeCountTokens } from '../../../../proxy/protocols/gemini/decode-request.ts';
import type { EncodeFacts } from '../../../../proxy/protocols/translation.ts';

const PATH = /\/v1(?:beta)?\/models\/([^:]+):(\w+)/;
const answer: Answer = {
  id: 'a1',
  model: 'claude',
  choices: [
    {
      index: 0,
      parts: [
        { kind: 'reasoning', text: 'hm', origin: 'anthropic-messages', signature: 's' },
        { kind: 'text', text: 'Hello' },
        { kind: 'tool-call', id: 'c1', name: 'add', arguments: '{"a":2,"b":3}' },
      ],
      finishReason: { unified: 'tool-calls', raw: 'tool_use' },
    },
  ],
  usage: { inputTokens: 4, outputTokens: 2 },
};
const events: AnswerEvent[] = [
  { type: 'start', id: 'a1', model: 'claude' },
  { type: 'block-start', choice: 0, block: 0, part: { kind: 'text' } },
  { type: 'text', choice: 0, block: 0, text: 'Hel' },
  { type: 'text', choice: 0, block: 0, text: 'lo' },
  { type: 'block-end', choice: 0, block: 0 },
  { type: 'block-start', choice: 0, block: 1, part: { kind: 'tool-call', id: 'c1', name: 'add' } },
  { type: 'arguments', choice: 0, block: 1, json: '{"a":2,' },
  { type: 'arguments', choice: 0, block: 1, json: '"b":3}' },
  { type: 'block-end', choice: 0, block: 1 },
  { type: 'finish', choice: 0, finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
  { type: 'usage', usage: { inputTokens: 4, outputTokens: 2 } },
];

let server: Server;
let ai: GoogleGenAI;
let seen: Call | undefined;
let fails = false;

function answerTo(url: string, body: Buffer, response: ServerResponse): void {
  const [, model = '', verb = ''] = PATH.exec(url) ?? [];
  if (verb === 'countTokens') {
    seen = decodeCountTokens(body, { model });
    response.end(encodeTokenCount(7));
    return;
  }
  const call = clientSide.decodeRequest(body, { model, stream: verb === 'streamGenerateContent' });
  seen = call;
  const facts: EncodeFacts = { model, call, createdAt: 0, newId: (prefix) => `${prefix}1`, wantsUsage: true };
  if (call.stream) stream(facts, response);
  else if (fails) {
    response.writeHead(429, { 'content-type': 'application/json' });
    response.end(clientSide.encodeProviderError({ message: 'slow down', status: 429 }, 'req_1'));
  } else response.end(clientSide.encodeAnswer(answer, facts));
}

function stream(facts: EncodeFacts, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const encoder = clientSide.encodeStream(facts);
  for (const event of fails ? events.slice(0, 3) : events) response.write(encoder.push(event));
  response.end(fails ? clientSide.encodeStreamError({ message: 'gone' }, 'req_1') : encoder.end());
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answerTo(request.url ?? '', Buffer.concat(chunks), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  ai = new GoogleGenAI({
    apiKey: 'k',
    httpOptions: { baseUrl: `http://127.0.0.1:${port}`, retryOptions: { attempts: 1 } },
  });
});
beforeEach(() => {
  fails = false;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const tools = [
  {
    functionDeclarations: [
      { name: 'add', parametersJsonSchema: { type: 'object', properties: { a: { type: 'integer' } } } },
    ],
  },
];

test('an answer with thoughts, text and a call', async () => {
  const response = await ai.models.generateContent({
    model: 'm',
    contents: 'hi',
    config: {
      systemInstruction: 'be kind',
      maxOutputTokens: 9,
      tools,
      toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ['add'] } },
      thinkingConfig: { includeThoughts: true, thinkingBudget: 100 },
    },
  });
  expect(response.text).toBe('Hello');
  expect(response.functionCalls).toEqual([{ id: 'c1', name: 'add', args: { a: 2, b: 3 } }]);
  expect(response.candidates?.[0]?.finishReason).toBe('STOP');
  expect(response.usageMetadata).toMatchObject({ promptTokenCount: 4, candidatesTokenCount: 2, totalTokenCount: 6 });
  expect(seen).toEqual({
    model: 'm',
    stream: false,
    messages: [
      { role: 'system', parts: [{ kind: 'text', text: 'be kind' }] },
      { role: 'user', parts: [{ kind: 'text', text: 'hi' }] },
    ],
    tools: [{ kind: 'function', name: 'add', schema: { type: 'object', properties: { a: { type: 'integer' } } } }],
    toolChoice: { kind: 'tool', name: 'add' },
    maxOutputTokens: 9,
    reasoning: { budgetTokens: 100, summary: 'auto' },
  });
});

test('a chat over a stream: the call and its signature come back, the result finds it', async () => {
  const chat = ai.chats.create({ model: 'm', config: { tools } });
  let text = '';
  const calls: unknown[] = [];
  let finish: string | undefined;
  for await (const chunk of await chat.sendMessageStream({ message: 'hi' })) {
    text += (chunk.candidates?.[0]?.content?.parts ?? []).map((part) => part.text ?? '').join('');
    calls.push(...(chunk.functionCalls ?? []));
    finish = chunk.candidates?.[0]?.finishReason ?? finish;
  }
  expect([text, calls, finish]).toEqual(['Hello', [{ id: 'c1', name: 'add', args: { a: 2, b: 3 } }], 'STOP']);
  await chat.sendMessage({ message: [{ functionResponse: { id: 'c1', name: 'add', response: { output: '5' } } }] });
  expect(seen?.messages.at(-1)).toEqual({
    role: 'tool',
    parts: [{ kind: 'tool-result', callId: 'c1', name: 'add', parts: [{ kind: 'text', text: '5' }] }],
  });
  const turn = seen?.messages.flatMap(({ parts }) => parts).map(({ kind }) => kind);
  expect(turn).toContain('tool-call');
});

test('errors are typed, also in the middle of a stream', async () => {
  fails = true;
  const plain = ai.models.generateContent({ model: 'm', contents: 'hi' });
  await expect(plain).rejects.toThrow(ApiError);
  await expect(plain).rejects.toMatchObject({
    status: 429,
    message: expect.stringContaining('slow down') as unknown as string,
  });
  const stream = await ai.models.generateContentStream({ model: 'm', contents: 'hi' });
  const read = async () => {
    for await (const chunk of stream) expect(chunk).toBeDefined();
  };
  await expect(read()).rejects.toThrow(/gone/);
});

test('countTokens', async () => {
  const { totalTokens } = await ai.models.countTokens({ model: 'm', contents: 'hi' });
  expect([totalTokens, seen?.messages.length]).toEqual([7, 1]);
});
