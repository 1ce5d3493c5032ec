import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestEvent, startTestGateway, type TestGateway, upstreamConfig } from '../../support/gateway/start.ts';
import {
  chunk,
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
const ASK = { model: 'up/m', stream: true, messages: [{ role: 'user', content: 'x' }] };
const ERROR = 'data: {"error":{"message":"their words","type":"server_error","code":"overloaded"}}\n\n';

beforeEach(async () => {
  upstream = await startUpstream();
  gate = await startTestGateway(upstreamConfig(upstream.baseUrl));
});
afterEach(async () => {
  await gate.close();
  await upstream.close();
});

async function lastRequest() {
  const { items } = await gate.control.requests.list({});
  return items[0];
}

describe('a broken stream', () => {
  it('that was cut after content ends with an in-band error and no [DONE]', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'part one' }), 'data: {"id":"half'], 'cut'));
    const response = await gate.chat(ASK);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text.startsWith(ROLE + chunk({ content: 'part one' }))).toBe(true);
    expect(text).not.toContain('[DONE]');
    expect(text).not.toContain('half');
    expect(text).toContain('"code":"upstream_cut"');
    const last = await lastRequest();
    expect(last).toMatchObject({ state: 'failed', errorCode: 'upstream_cut', certainty: 'estimated' });
    expect(last?.costNano).toBeGreaterThan(0);
  });

  it('that was cut before content is an ordinary error answer', async () => {
    upstream.answer(frames([': keep-alive\n\n', ROLE], 'cut'));
    const response = await gate.chat(ASK);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_cut' } });
  });

  it('that ends without a finish reason is not passed off as complete', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'a' }), DONE]));
    const text = await (await gate.chat(ASK)).text();
    expect(text).not.toContain('[DONE]');
    expect(text).toContain('"code":"upstream_cut"');
  });

  it('with a frame that is not JSON is an error of the provider', async () => {
    upstream.answer(
      frames([
        ROLE,
        chunk({ content: 'a' }),
        'data: {"choices":[{"delta":{"content":"b"},"finish_reason":"stop"\n\n',
        DONE,
      ]),
    );
    const text = await (await gate.chat(ASK)).text();
    expect(text).not.toContain('[DONE]');
    expect(text).toContain('"error"');
  });
});

describe('an error event', () => {
  it('before any content becomes the status the error would have had', async () => {
    upstream.answer(frames([ROLE, ERROR], 'end'));
    const response = await gate.chat(ASK);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { message: 'their words', code: 'overloaded' } });
    expect((await gate.control.ledger.balance()).chargedNano).toBe(0);
  });

  it('after content is passed on in the provider’s words, and the content is charged', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'a'.repeat(40) }), ERROR, DONE], 'end'));
    const text = await (await gate.chat(ASK)).text();
    expect(text).toBe(ROLE + chunk({ content: 'a'.repeat(40) }) + ERROR);
    expect(await lastRequest()).toMatchObject({ state: 'failed', certainty: 'estimated' });
  });
});

describe('a stream', () => {
  it('that the provider answers with a whole JSON error keeps status and words', async () => {
    upstream.answer(json(429, { error: { message: 'slow down', code: 'rate_limit' } }, { 'retry-after': '7' }));
    const response = await gate.chat(ASK);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ error: { message: 'slow down', code: 'rate_limit' } });
  });

  it('reaches the client frame by frame, before the provider ends it', async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    upstream.answer((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(ROLE + chunk({ content: 'first' }));
      resolve(response);
    });
    const response = await gate.chat(ASK);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('first');
    const upstreamResponse = await promise;
    upstreamResponse.end(chunk({ content: 'second' }) + FINISH + USAGE + DONE);
    let rest = '';
    for (let step = await reader?.read(); step !== undefined && !step.done; step = await reader?.read())
      rest += step.value;
    expect(rest).toBe(chunk({ content: 'second' }) + FINISH + DONE);
  });

  it('whose client leaves is aborted upstream and settled for what was delivered', async () => {
    upstream.answer(frames([ROLE, chunk({ content: 'delivered '.repeat(10) })], 'open'));
    const stop = new AbortController();
    const response = await gate.chat(ASK, { signal: stop.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    await requestEvent(
      gate.control,
      (state) => state === 'aborted',
      () => stop.abort(),
    );
    await upstream.requests[0]?.aborted;
    const last = await lastRequest();
    expect(last).toMatchObject({ state: 'aborted', errorCode: 'client_closed', certainty: 'estimated' });
    expect(last?.usage?.outputTokens).toBeGreaterThanOrEqual(25);
  });

  it('whose client leaves before the first byte is aborted upstream too', async () => {
    upstream.answer(() => undefined);
    const stop = new AbortController();
    const asked = gate.chat(ASK, { signal: stop.signal });
    const seen = await upstream.next();
    const ended = requestEvent(
      gate.control,
      (state) => state === 'aborted',
      () => stop.abort(),
    );
    await expect(asked).rejects.toThrow();
    await ended;
    await seen.aborted;
  });

  it('that a slow client does not read stops being read from the provider', async () => {
    const frame = chunk({ content: 'x'.repeat(16 * 1024) });
    const wanted = 2000;
    const progress = { written: 0, drained: false };
    const blocked = Promise.withResolvers<ServerResponse>();
    upstream.answer((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const push = () => {
        while (progress.written < wanted) {
          progress.written += 1;
          if (!response.write(frame)) {
            blocked.resolve(response);
            response.once('drain', push);
            return;
          }
        }
        response.end(FINISH + USAGE + DONE);
      };
      push();
    });
    const response = await gate.chat(ASK);
    await blocked.promise;
    const reader = response.body?.getReader();
    let bytes = 0;
    let writtenAtFirstRead: number | undefined;
    for (let step = await reader?.read(); step !== undefined && !step.done; step = await reader?.read()) {
      writtenAtFirstRead ??= progress.written;
      bytes += step.value?.length ?? 0;
    }
    // 32 MB do not fit into the sockets' buffers: the provider had to wait for the reader.
    expect(writtenAtFirstRead).toBeLessThan(wanted);
    expect(bytes).toBe(frame.length * wanted + FINISH.length + DONE.length);
  });
});
