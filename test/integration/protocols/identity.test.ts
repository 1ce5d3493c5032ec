/** The same protocol on both sides, every protocol: request and answer are byte-identical but for the named edits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../support/gateway/start.ts';
import { startUpstream, type Upstream } from '../../support/gateway/upstream.ts';

interface Pair {
  readonly name: string;
  readonly kind: 'openai' | 'openai-compatible' | 'anthropic-compatible' | 'google';
  readonly path: string;
  /** Where the provider is asked, below its base URL. */
  readonly upstreamPath: string;
  /** With everything a translation would have to know about, and more. */
  readonly request: string;
  /** The request as the provider must see it. */
  readonly seen: (request: string) => string;
  readonly headers?: Record<string, string>;
  readonly answer: { readonly type: string; readonly body: string };
}

const BIG = '12479678939117453000';
const renamed = (request: string) => request.replace('"up/m"', '"m"');

const PAIRS: readonly Pair[] = [
  {
    name: 'anthropic-messages, plain',
    kind: 'anthropic-compatible',
    path: '/v1/messages?beta=true',
    upstreamPath: '/messages',
    headers: {
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'interleaved-thinking-2025-05-14,effort-2025-11-24',
    },
    request: `{ "model":"up/m","max_tokens":100, "system":[{"type":"text","text":"x-anthropic-billing-header: a","cache_control":{"type":"ephemeral"}}],"thinking":{"type":"adaptive"},"messages":[{"role":"user","content":[{"type":"text","text":"h\\u00e9","cache_control":{"type":"ephemeral","ttl":"1h"}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"SIG=="},{"type":"redacted_thinking","data":"ENC"},{"type":"tool_use","id":"toolu_1","name":"f","input":{"n":${BIG}}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"ok"}]}],"context_management":{"edits":[]},"x_new":[1e400] }`,
    seen: renamed,
    answer: {
      type: 'application/json',
      body: `{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"t","signature":"SIG"},{"type":"text","text":"\\u0041"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":5},"x_seed":${BIG}}`,
    },
  },
  {
    name: 'anthropic-messages, streamed',
    kind: 'anthropic-compatible',
    path: '/v1/messages',
    upstreamPath: '/messages',
    request: '{"model":"up/m","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"x"}]}',
    seen: renamed,
    answer: {
      type: 'text/event-stream; charset=utf-8',
      body:
        'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":1}}}\n\n' +
        'event: ping\ndata: {"type": "ping"}\n\n' +
        'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n' +
        `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"h\\u00e9"},"x":${BIG}}\n\n` +
        'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n' +
        'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":5}}\n\n' +
        'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    },
  },
  {
    name: 'openai-responses, plain',
    kind: 'openai',
    path: '/v1/responses',
    upstreamPath: '/responses',
    request: `{"model":"up/m","input":[{"role":"user","content":"x"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"ENC=="}],"previous_response_id":"resp_0","tools":[{"type":"namespace","name":"n","tools":[]},{"type":"custom","name":"apply_patch"}],"x_seed":${BIG}}`,
    seen: renamed,
    answer: {
      type: 'application/json',
      body: `{"id":"resp_1","object":"response","status":"completed","model":"m","output":[{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"hi","annotations":[]}]}],"usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15},"x":${BIG}}`,
    },
  },
  {
    name: 'gemini, plain',
    kind: 'google',
    path: '/v1beta/models/up/m:generateContent',
    upstreamPath: '/models/m:generateContent',
    request: `{"contents":[{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"n":${BIG}}},"thoughtSignature":"SIG=="}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":1}}}]}],"safetySettings":[],"cachedContent":"c/1","x_new":true}`,
    seen: (request) => request,
    answer: {
      type: 'application/json; charset=UTF-8',
      body: `{"candidates":[{"content":{"parts":[{"text":"hi","thoughtSignature":"S"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15},"modelVersion":"m","x":${BIG}}`,
    },
  },
  {
    name: 'gemini, streamed',
    kind: 'google',
    path: '/v1/models/up/m:streamGenerateContent?alt=sse',
    upstreamPath: '/models/m:streamGenerateContent?alt=sse',
    request: '{"contents":[{"role":"user","parts":[{"text":"x"}]}]}',
    seen: (request) => request,
    answer: {
      type: 'text/event-stream',
      body:
        'data: {"candidates": [{"content": {"parts": [{"text": "h\\u00e9"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 10}}\r\n\r\n' +
        'data: {"candidates": [{"content": {"parts": [{"text": "!"}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 10,"candidatesTokenCount": 5}}\r\n\r\n',
    },
  },
  {
    name: 'embeddings',
    kind: 'openai-compatible',
    path: '/v1/embeddings',
    upstreamPath: '/embeddings',
    request: '{"model":"up/m","input":["a","b"],"encoding_format":"base64","dimensions":2,"x_new":1}',
    seen: renamed,
    answer: {
      type: 'application/json',
      body: '{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AAAA"}],"model":"m","usage":{"prompt_tokens":2,"total_tokens":2}}',
    },
  },
  {
    name: 'legacy completions, fill in the middle',
    kind: 'openai-compatible',
    path: '/v1/completions',
    upstreamPath: '/completions',
    request: '{"model":"up/m","prompt":"def f(","suffix":"return x","max_tokens":20,"x_new":1}',
    seen: renamed,
    answer: {
      type: 'application/json',
      body: '{"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"text":"x):","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}',
    },
  },
  {
    name: 'count_tokens, exact by the provider and free',
    kind: 'anthropic-compatible',
    path: '/v1/messages/count_tokens?beta=true',
    upstreamPath: '/messages/count_tokens',
    request: '{"model":"up/m","messages":[{"role":"user","content":"x"}]}',
    seen: renamed,
    answer: { type: 'application/json', body: '{"input_tokens":4711}' },
  },
];

describe.each(PAIRS)('$name', (pair) => {
  let upstream: Upstream;
  let gate: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream((_seen, response) => {
      response.writeHead(200, { 'content-type': pair.answer.type });
      response.end(pair.answer.body);
    });
    const credential = pair.kind === 'openai' || pair.kind === 'google' ? 'env:UP_KEY' : 'none';
    const providers = [
      { id: 'up', kind: pair.kind, baseUrl: upstream.baseUrl, credential, models: [{ id: 'm', ...TEST_PRICES }] },
    ];
    gate = await startTestGateway({ providers }, { env: { UP_KEY: 'sk-test-0123456789abcdef' } });
  });
  afterAll(async () => {
    await gate.close();
    await upstream.close();
  });

  it('passes both bodies as they are', async () => {
    const response = await fetch(gate.origin + pair.path, {
      method: 'POST',
      headers: { 'x-api-key': gate.key, ...pair.headers },
      body: pair.request,
    });
    expect(await response.text()).toBe(pair.answer.body);
    expect(response.status).toBe(200);
    const [seen] = upstream.requests;
    expect(seen?.body.toString()).toBe(pair.seen(pair.request));
    expect(seen?.url.split('?')[0]).toBe(`/v1${pair.upstreamPath.split('?')[0]}`);
    for (const [name, value] of Object.entries(pair.headers ?? {})) expect(seen?.headers[name]).toBe(value);
    const { chargedNano } = await gate.control.ledger.balance();
    const usage = /"usage|usageMetadata/.test(pair.answer.body);
    // 10 tokens at 1 USD and 5 at 2 USD a million; two tokens for the embeddings.
    expect(chargedNano).toBe(!usage ? 0 : pair.name === 'embeddings' ? 2_000 : 20_000);
  });
});
