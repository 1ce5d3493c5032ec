import { expect, suite, test } from 'vitest';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { answer, ask, eventsOf, type NotingSink, send, TIMEOUTS } from './harness.ts';

function summaryOf(sink: NotingSink) {
  const observer = openAiChat.observeStream({ hideUsage: false });
  observer.push(sink.body);
  return observer.end().summary;
}

const stream = (model: string) => answer(ask(model, { stream: true, stream_options: { include_usage: true } }));

suite('drills that fail', () => {
  test.each([[400], [401], [403], [404], [429], [500], [503]])('error-%i', (status) => {
    for (const sink of [answer(ask(`error-${status}`)), stream(`error-${status}`)]) {
      expect(sink).toMatchObject({ status, endings: ['end'] });
      expect(sink.headers['retry-after']).toBe(status === 429 ? '2' : undefined);
      expect(openAiChat.inspectResult(sink.body).error?.message).toContain(String(status));
    }
  });

  test('a stall in the middle ends in the idle time-out, a stall before it in the first-byte time-out', () => {
    const { sink, timers } = send(ask('stall', { stream: true }));
    timers.advanceTo(TIMEOUTS.idleMs - 1);
    expect(sink).toMatchObject({ status: 200, endings: [] });
    expect(eventsOf(sink)).toHaveLength(4);
    timers.advanceTo(TIMEOUTS.idleMs);
    expect(sink.endings).toEqual(['upstream_idle_timeout']);
    expect(answer(ask('stall')).endings).toEqual(['upstream_idle_timeout']);

    const silent = send(ask('stall-first-byte'));
    silent.timers.advanceTo(TIMEOUTS.firstByteMs - 1);
    expect(silent.sink).toMatchObject({ status: undefined, endings: [] });
    silent.timers.advanceTo(TIMEOUTS.firstByteMs);
    expect(silent.sink).toMatchObject({ status: undefined, endings: ['upstream_first_byte_timeout'] });
    expect(silent.timers.waiting).toBe(0);
  });

  test('a cut loses the connection after content, plain in half a body', () => {
    const sink = stream('cut');
    expect(sink.endings).toEqual(['upstream_cut']);
    expect(summaryOf(sink)).toMatchObject({ complete: false, problem: 'cut', outputTokensEstimate: 3 });
    const plain = answer(ask('cut'));
    expect(plain).toMatchObject({ status: 200, endings: ['upstream_cut'] });
    expect(openAiChat.inspectResult(plain.body).malformed).toBe(true);
  });

  test('unreachable is never connected to', () => {
    expect(answer(ask('unreachable'))).toMatchObject({
      status: undefined,
      chunks: [],
      endings: ['upstream_connect_failed'],
    });
  });

  test('malformed breaks a frame, plain breaks the body, and both end as if all were well', () => {
    expect(stream('malformed').endings).toEqual(['end']);
    expect(summaryOf(stream('malformed'))).toMatchObject({ problem: 'malformed_frame', outputTokensEstimate: 3 });
    expect(openAiChat.inspectResult(answer(ask('malformed')).body).malformed).toBe(true);
  });

  test('errors inside a 200, before and after content', () => {
    for (const [model, tokens] of [
      ['error-first', 0],
      ['error-after-200', 3],
    ] as const) {
      const sink = stream(model);
      expect(sink).toMatchObject({ status: 200, endings: ['end'] });
      expect(summaryOf(sink)).toMatchObject({ error: { code: 'simulated_error' }, outputTokensEstimate: tokens });
      expect(openAiChat.inspectResult(answer(ask(model)).body).error?.code).toBe('simulated_error');
    }
  });

  test('no finish reason, and no usage', () => {
    expect(summaryOf(stream('no-finish'))).toMatchObject({
      complete: false,
      problem: 'no_finish_reason',
      terminated: true,
    });
    expect(openAiChat.inspectResult(answer(ask('no-finish')).body).finishReason).toBe(undefined);
    const unbilled = summaryOf(stream('no-usage'));
    expect(unbilled).toMatchObject({ complete: true, outputTokensEstimate: 20 });
    expect(unbilled.usage).toBe(undefined);
    expect(openAiChat.inspectResult(answer(ask('no-usage')).body).usage).toBe(undefined);
  });

  test.each(['{', '[]', '{"model":"echo"}', '{"model":"echo","messages":[]}', '{"messages":[{}]}'])(
    'a body like %s is refused',
    (body) => {
      expect(answer(body)).toMatchObject({ status: 400, endings: ['end'] });
    },
  );
});

suite('how the simulator sends', () => {
  test('nothing is called inside send', () => {
    const { sink } = send(ask('echo'));
    expect(sink).toMatchObject({ status: undefined, chunks: [], endings: [] });
  });

  test('a slow start waits before the head, slow tokens before each token', () => {
    const start = send(ask('slow-start-500ms', { stream: true }));
    start.timers.advanceTo(499);
    expect(start.sink.status).toBe(undefined);
    start.timers.advanceTo(500);
    expect(start.sink.endings).toEqual(['end']);

    const tokens = send(ask('long-4x100', { stream: true }));
    const seen: number[] = [];
    for (const atMs of [0, 99, 100, 250, 399, 400]) {
      tokens.timers.advanceTo(atMs);
      seen.push(tokens.sink.chunks.length);
    }
    // The role; then a token each 100 ms; with the last one the finish and [DONE].
    expect(seen).toEqual([1, 1, 2, 3, 4, 7]);
    expect(tokens.timers.waiting).toBe(0);

    const plain = send(ask('long-4x100'));
    plain.timers.advanceTo(399);
    expect(plain.sink.status).toBe(undefined);
    plain.timers.advanceTo(400);
    expect(plain.sink.endings).toEqual(['end']);
  });

  test('waits longer than the time-outs run into them', () => {
    const first = send(ask('slow-start-11000ms'));
    first.timers.advanceTo(1e6);
    expect(first.sink.endings).toEqual(['upstream_first_byte_timeout']);
    const idle = send(ask('slow-tokens-21000ms', { stream: true }));
    idle.timers.advanceTo(1e6);
    expect(idle.sink.endings).toEqual(['upstream_idle_timeout']);
    const total = send(ask('long-1000x1000', { stream: true }));
    total.timers.advanceTo(TIMEOUTS.totalMs);
    expect(total.sink.endings).toEqual(['upstream_total_timeout']);
    expect(total.timers.waiting).toBe(0);
  });

  test('a pause is honoured at once and for as long as it lasts', () => {
    const { sink, timers, exchange } = send(ask('lorem-100', { stream: true }), (noting) => {
      noting.wantsMore = () => false;
    });
    timers.advanceTo(1);
    expect(sink.chunks).toHaveLength(1);
    timers.advanceTo(TIMEOUTS.idleMs + 1_000);
    // A paused reader is no idle provider.
    expect(sink).toMatchObject({ endings: [] });
    exchange.resume();
    exchange.resume();
    expect(sink.chunks).toHaveLength(1);
    timers.advanceTo(timers.nowMs + 1);
    expect(sink.chunks).toHaveLength(2);
    sink.wantsMore = () => true;
    exchange.resume();
    timers.advanceTo(timers.nowMs + 1);
    expect(sink.endings).toEqual(['end']);
    expect(summaryOf(sink)).toMatchObject({ complete: true });
  });

  test('a resume without a pause hurries nothing', () => {
    const { sink, timers, exchange } = send(ask('long-4x100', { stream: true }));
    timers.advanceTo(1);
    exchange.resume();
    timers.advanceTo(99);
    expect(sink.chunks).toHaveLength(1);
    timers.advanceTo(1_000);
    expect(sink.endings).toEqual(['end']);
  });

  test('an abort stops everything at once, wherever it comes', () => {
    const before = send(ask('slow-start'));
    before.exchange.abort();
    expect(before.timers.waiting).toBe(0);

    const during = send(ask('lorem-100', { stream: true }));
    during.sink.wantsMore = () => {
      if (during.sink.chunks.length === 5) during.exchange.abort();
      return true;
    };
    during.timers.advanceTo(1_000);
    expect(during.sink.chunks).toHaveLength(5);
    expect(during.sink.endings).toEqual([]);
    expect(during.timers.waiting).toBe(0);
    during.exchange.abort();
    during.exchange.resume();
    during.timers.advanceTo(1e6);
    expect(during.sink).toMatchObject({ endings: [] });

    const stalled = send(ask('stall', { stream: true }));
    stalled.timers.advanceTo(1);
    stalled.exchange.abort();
    expect(stalled.timers.waiting).toBe(0);
  });

  test('an abort from the head stops before the first byte', () => {
    const sent = send(ask('echo', { stream: true }));
    const noted = sent.sink.onHead.bind(sent.sink);
    sent.sink.onHead = (status, headers) => {
      noted(status, headers);
      sent.exchange.abort();
    };
    sent.timers.advanceTo(1_000);
    expect(sent.sink).toMatchObject({ status: 200, chunks: [], endings: [] });
  });
});
