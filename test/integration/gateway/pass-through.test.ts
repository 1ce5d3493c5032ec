import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import {
  chunk,
  completion,
  DONE,
  FINISH,
  frames,
  json,
  ROLE,
  startUpstream,
  type Upstream,
  USAGE,
} from '../../support/gateway/upstream.ts';

let upstream: Upstream;
let gate: TestGateway;

beforeEach(async () => {
  upstream = await startUpstream();
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

describe('request bytes', () => {
  it('reach the provider as they were sent, but for the model', async () => {
    const body =
      '{ "model" : "up/m",\n"messages":[{"role":"user","content":[{"type":"text","text":"h\\u00e9 \\ud83d\\ude00"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],' +
      '"seed":12479678939117453000,"n":2,"logprobs":true,"top_logprobs":3,"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"x_unknown":{"a":[1e400,-0.10]} }';
    const response = await gate.chat(body);
    expect(response.status).toBe(200);
    const [seen] = upstream.requests;
    expect(seen?.body.toString()).toBe(body.replace('"up/m"', '"m"'));
    expect(seen?.url).toBe('/v1/chat/completions');
  });

  it('of a stream ask for usage, keeping the other stream options', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'a' }), FINISH, USAGE, DONE]));
    await (
      await gate.chat(
        '{"model":"up/m","stream":true,"stream_options":{"include_obfuscation":false},"messages":[{"role":"user","content":"x"}]}',
      )
    ).text();
    const sent = JSON.parse(upstream.requests[0]?.body.toString() ?? '') as Record<string, unknown>;
    expect(sent.stream_options).toEqual({ include_obfuscation: false, include_usage: true });
  });

  it('come without the access key, and with the client’s other headers', async () => {
    await gate.chat(
      { model: 'up/m', messages: [{ role: 'user', content: 'x' }] },
      { headers: { 'x-custom': 'kept', 'x-api-key': gate.key, 'x-client-id': 'cline', 'openai-beta': 'v2' } },
    );
    const headers = upstream.requests[0]?.headers ?? {};
    expect(headers['x-custom']).toBe('kept');
    expect(headers['openai-beta']).toBe('v2');
    expect(headers.authorization).toBeUndefined();
    expect(headers['x-api-key']).toBeUndefined();
    expect(headers['x-client-id']).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain(gate.key);
  });
});

describe('answers', () => {
  it('pass byte for byte, with our headers beside the provider’s', async () => {
    const text =
      '\n  {"id":"chatcmpl-9","object":"chat.completion","seed":12479678939117453000,"choices":[{"index":0,"message":{"role":"assistant","content":"\\u0041","x":1.10},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}';
    upstream.answer(
      json(200, text, { 'x-ratelimit-remaining-requests': '7', 'x-request-id': 'theirs', 'set-cookie': 'a=b' }),
    );
    const response = await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x' }] });
    expect(await response.text()).toBe(text);
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('7');
    expect(response.headers.get('x-gatehouse-upstream-request-id')).toBe('theirs');
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('x-gatehouse-provider')).toBe('up');
    expect(response.headers.get('x-gatehouse-model')).toBe('m');
    expect(response.headers.get('x-gatehouse-attempts')).toBe('1');
    // 10 tokens at 1 USD and 5 at 2 USD a million.
    expect(response.headers.get('x-gatehouse-cost-usd')).toBe('0.00002');
  });

  it('of a stream hide the usage frame from clients that did not ask', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'a' }), FINISH, USAGE, DONE]));
    const response = await gate.chat({ model: 'up/m', stream: true, messages: [{ role: 'user', content: 'x' }] });
    expect(await response.text()).toBe(ROLE + chunk({ content: 'a' }) + FINISH + DONE);
    const balance = await gate.control.ledger.balance();
    expect(balance.chargedNano).toBe(20_000);
  });

  it('of a stream carry the usage frame to clients that asked', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'a' }), FINISH, USAGE, DONE]));
    const response = await gate.chat({
      model: 'up/m',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'x' }],
    });
    expect(await response.text()).toBe(ROLE + chunk({ content: 'a' }) + FINISH + USAGE + DONE);
  });

  it('that are provider errors keep the provider’s words and cost nothing', async () => {
    const words = {
      error: { message: 'their words', type: 'invalid_request_error', param: 'x', code: 'their_code' },
      extra: 1,
    };
    upstream.answer(json(400, words));
    const response = await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x' }] });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(words);
    expect((await gate.control.ledger.balance()).chargedNano).toBe(0);
    const { items } = await gate.control.requests.list({});
    expect(items[0]).toMatchObject({ state: 'failed', status: 400, errorCode: 'their_code' });
  });

  it('that are an error inside a 200 get an error status, so that clients see it', async () => {
    upstream.answer(json(200, { error: { message: 'upstream died', code: 502 } }));
    const response = await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x' }] });
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ error: { message: 'upstream died', code: 502 } });
    expect((await gate.control.ledger.balance()).chargedNano).toBe(0);
  });

  it('that are no JSON are an error of the provider', async () => {
    upstream.answer(json(200, '<html>Sign in to the hotel network</html>', { 'content-type': 'text/html' }));
    const response = await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x' }] });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_malformed' } });
  });

  it('that are redirects are not followed', async () => {
    upstream.answer(json(302, '', { location: 'http://127.0.0.1:9/steal' }));
    const response = await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x' }] });
    expect(response.status).toBe(502);
    expect(upstream.requests).toHaveLength(1);
  });

  it('without usage are settled as an estimate, never as nothing', async () => {
    upstream.answer(json(200, completion({ usage: undefined })));
    await gate.chat({ model: 'up/m', messages: [{ role: 'user', content: 'x'.repeat(400) }] });
    const { items } = await gate.control.requests.list({});
    expect(items[0]?.certainty).toBe('estimated');
    expect(items[0]?.costNano).toBeGreaterThan(0);
  });
});
