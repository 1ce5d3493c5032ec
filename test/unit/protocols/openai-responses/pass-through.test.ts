import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import { openAiResponses } from '../../../../proxy/protocols/openai-responses/codec.ts';
import { packSignature } from '../../../../proxy/protocols/openai-responses/signature.ts';
import { observeStream } from '../../../../proxy/protocols/openai-responses/stream-observer.ts';
import { type Fields, sentEvents, wire } from './wire.ts';

const inspect = (request: Fields | string) =>
  openAiResponses.inspectRequest(Buffer.from(typeof request === 'string' ? request : JSON.stringify(request)));

function run(bytes: Buffer, cuts: readonly number[] = []) {
  const observer = openAiResponses.observeStream({ hideUsage: true });
  const places = [0, ...cuts, bytes.length];
  const steps = places.slice(1).map((end, index) => observer.push(bytes.subarray(places[index], end)));
  const end = observer.end();
  const forwarded = Buffer.concat([...steps.flatMap((step) => step.forward ?? []), end.forward ?? Buffer.alloc(0)]);
  return { steps, forwarded: forwarded.toString(), summary: end.summary };
}

suite('a request', () => {
  test('is known by its facts', () => {
    const { facts } = inspect({ model: 'm', input: 'Hi', stream: true, max_output_tokens: 9 });
    expect(facts).toMatchObject({ model: 'm', stream: true, wantsUsage: true, maxOutputTokens: 9, choices: 1 });
  });

  test('passes as the very same buffer but for the name of the model', () => {
    const text = '{ "model" : "a/b",\n"seed":12479678939117453000, "input":[{"role":"user","content":"é"}]}';
    const body = Buffer.from(text);
    const inspected = openAiResponses.inspectRequest(body);
    expect(inspected.edit({})).toBe(body);
    expect(inspected.edit({ includeUsage: true })).toBe(body);
    expect(inspected.edit({ model: 'c' }).toString()).toBe(text.replace('"a/b"', '"c"'));
  });

  test('leaves out thinking of other providers that was packed here, and nothing else', () => {
    const packed = packSignature({ signature: 's', origin: 'anthropic-messages' });
    const foreign = `{"type":"reasoning","summary":[],"encrypted_content":"${packed}"}`;
    const own = '{"type":"reasoning","summary":[] ,"encrypted_content":"gAAA"}';
    const quoted = `{"role":"user","content":"\\"${packed}\\" and ${packed}"}`;
    const text = `{"model":"m","input":[${foreign}, ${own},${quoted}],"n":12479678939117453000}`;
    const edited = inspect(text).edit({}).toString();
    expect(edited).toBe(`{"model":"m","input":[${own},${quoted}],"n":12479678939117453000}`);
  });

  test.each<[Fields | string, string, string | undefined]>([
    ['', 'invalid_json', undefined],
    ['[]', 'invalid_request', undefined],
    [{ input: 'x' }, 'invalid_request', 'model'],
    [{ model: 'm' }, 'invalid_request', 'input'],
    [{ model: 'm', input: null }, 'invalid_request', 'input'],
    ['{"model":"a","model":"b","input":"x"}', 'invalid_request', 'model'],
    [{ model: 'm', input: 'x', stream: 1 }, 'invalid_request', 'stream'],
    [{ model: 'm', input: 'x', max_output_tokens: -1 }, 'invalid_request', 'max_output_tokens'],
  ])('%j is refused as %s', (request, code, param) => {
    let caught: unknown;
    try {
      inspect(request);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(GatehouseError);
    expect(caught).toMatchObject({ code, details: param === undefined ? {} : { param } });
  });

  test('what the provider looks up has no bound of its own; images have one each', () => {
    const max = (more: Fields) => inspect({ model: 'm', input: 'Hi', ...more }).facts.inputTokensMax;
    const plain = max({});
    expect(plain).toBeLessThan(2_000);
    expect(max({ previous_response_id: 'resp_1' })).toBeGreaterThan(1_000_000);
    expect(max({ previous_response_id: null })).toBeLessThan(2_000);
    expect(max({ tools: [{ type: 'web_search' }] })).toBeGreaterThan(1_000_000);
    expect(max({ tools: [{ type: 'function', name: 'web_search' }] })).toBeLessThan(2_000);
    const image = { type: 'input_image', image_url: `data:image/png;base64,${'A'.repeat(100_000)}` };
    const withImage = max({ input: [{ role: 'user', content: [image] }] });
    expect(withImage).toBeGreaterThan(50_000);
    expect(withImage).toBeLessThan(60_000);
    expect(max({ input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] })).toBeGreaterThan(
      1_000_000,
    );
  });
});

test('a whole answer is read for usage, end and errors', () => {
  const body = (value: unknown) => openAiResponses.inspectResult(Buffer.from(JSON.stringify(value)));
  expect(
    body({
      model: 'm',
      status: 'completed',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'x'.repeat(40) }] }],
      usage: { input_tokens: 4, output_tokens: 5 },
    }),
  ).toEqual({
    model: 'm',
    usage: { inputTokens: 4, outputTokens: 5 },
    finishReason: { unified: 'stop', raw: 'completed' },
    outputTokensEstimate: 10,
  });
  expect(body({ status: 'failed', error: { code: 'x', message: 'No' }, output: [] })).toMatchObject({
    error: { code: 'x', message: 'No' },
    finishReason: { unified: 'error' },
  });
  expect(openAiResponses.inspectResult(Buffer.from('<html>'))).toEqual({ malformed: true, outputTokensEstimate: 0 });
});

suite('a stream', () => {
  const created = { type: 'response.created', response: { id: 'r', model: 'gpt' } };
  const delta = { type: 'response.output_text.delta', output_index: 0, delta: 'Hello' };
  const completed = {
    type: 'response.completed',
    response: { status: 'completed', output: [], usage: { input_tokens: 3, output_tokens: 2 } },
  };
  const error = { type: 'error', error: { code: 'insufficient_quota', message: 'Pay' } };
  const failed = {
    type: 'response.failed',
    response: { status: 'failed', error: { code: 'insufficient_quota', message: 'Pay' } },
  };

  test('passes byte for byte, wherever it is cut', () => {
    const bytes = Buffer.concat([
      Buffer.from(': hi\n\n'),
      wire(created, delta, completed),
      Buffer.from('data: [DONE]\n\n'),
    ]);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { forwarded, summary } = run(bytes, [cut]);
      expect(forwarded).toBe(bytes.toString());
      expect(summary).toEqual({
        model: 'gpt',
        usage: { inputTokens: 3, outputTokens: 2 },
        finishReason: { unified: 'stop', raw: 'completed' },
        outputTokensEstimate: 2,
        complete: true,
        terminated: true,
      });
    }
  });

  test('is committed by its first content and not before', () => {
    const head = wire(created, { type: 'response.output_item.added', item: { type: 'message' } });
    const { steps } = run(Buffer.concat([head, wire(delta)]), [head.length]);
    expect(steps.map(({ committed }) => committed)).toEqual([false, true]);
    expect(run(wire({ type: 'response.output_item.added', item: { type: 'function_call' } })).steps[0]?.committed).toBe(
      true,
    );
  });

  test('the two events of a failure go out together', () => {
    const bytes = wire(created, error, failed);
    const edge = wire(created, error).length;
    const { steps, forwarded, summary } = run(bytes, [edge]);
    expect(steps[0]?.error).toBeUndefined();
    expect(sentEvents(steps[1]?.forward ?? Buffer.alloc(0)).map(({ type }) => type)).toEqual([
      'error',
      'response.failed',
    ]);
    expect(steps[1]?.error).toMatchObject({ code: 'insufficient_quota' });
    expect(forwarded).toBe(bytes.toString());
    expect(summary).toMatchObject({ complete: false, error: { message: 'Pay' } });
  });

  test('a lone error event goes out at the end; nothing goes out behind an error', () => {
    const alone = run(wire(created, error));
    expect(alone.forwarded).toBe(wire(created, error).toString());
    expect(alone.summary.error).toMatchObject({ message: 'Pay' });
    expect(run(wire(created, failed, delta, completed)).forwarded).toBe(wire(created, failed).toString());
  });

  test('cut, malformed and too large ones are said to be so', () => {
    expect(run(wire(created, delta)).summary).toMatchObject({ complete: false, problem: 'cut' });
    const whole = wire(created, delta, completed);
    expect(run(whole.subarray(0, whole.length - 3)).summary).toMatchObject({ complete: false, problem: 'cut' });
    expect(run(Buffer.from('data: {"x\n\n')).summary).toMatchObject({ complete: false, problem: 'malformed_frame' });
  });

  test('a frame without end is not gathered for ever', () => {
    const observer = observeStream({ hideUsage: false, frameBytesMax: 100 });
    observer.push(Buffer.from('data: {"a":"'));
    expect(observer.push(Buffer.from('x'.repeat(100))).problem).toBe('frame_too_large');
    expect(observer.push(wire(completed)).forward).toBeUndefined();
    expect(observer.end().summary).toMatchObject({ complete: false, problem: 'frame_too_large' });
  });

  test('our own end of a stream that has begun goes on where it stopped', () => {
    const observer = observeStream({ hideUsage: false });
    const first = {
      type: 'response.created',
      sequence_number: 0,
      response: { id: 'resp_7', model: 'm', status: 'in_progress' },
    };
    const told = { message: 'It broke off.', code: 'upstream_cut' };
    expect(observer.fail?.(told)).toBeUndefined();
    observer.push(wire(first, { ...delta, sequence_number: 6 }));
    expect(sentEvents(observer.fail?.(told) ?? Buffer.alloc(0))).toEqual([
      expect.objectContaining({ type: 'error', sequence_number: 7, ...told }),
      {
        type: 'response.failed',
        sequence_number: 8,
        response: { id: 'resp_7', model: 'm', status: 'failed', error: told, incomplete_details: null },
      },
    ]);
    // Without numbers of its own the events are counted.
    observer.push(wire(delta, delta));
    expect(sentEvents(observer.fail?.(told) ?? Buffer.alloc(0))[0]).toMatchObject({ sequence_number: 9 });
  });

  test('an error without framing becomes the failed end of the stream it is in', () => {
    const first = { type: 'response.created', sequence_number: 0, response: { id: 'resp_7', status: 'in_progress' } };
    const bare = Buffer.from('{"error":{"message":"Gone","code":"server_error"}}\n\n');
    const { forwarded, summary } = run(Buffer.concat([wire(first, delta), bare]));
    expect(summary.error).toMatchObject({ message: 'Gone' });
    expect(sentEvents(Buffer.from(forwarded)).map(({ type }) => type)).toEqual([
      'response.created',
      'response.output_text.delta',
      'error',
      'response.failed',
    ]);
    expect(sentEvents(Buffer.from(run(bare).forwarded))).toEqual([
      { type: 'error', code: 'server_error', message: 'Gone', param: null },
    ]);
  });

  test('our own end of a broken stream is one that every client understands', () => {
    const bytes = openAiResponses.encodeStreamError(new GatehouseError('upstream_cut', 'It broke off.'), 'req_1');
    const [first, second] = sentEvents(bytes);
    expect(first).toMatchObject({ type: 'error', code: 'upstream_cut', message: 'It broke off.' });
    expect(second).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'upstream_cut', message: 'It broke off.' } },
    });
    expect(run(bytes).summary.error).toMatchObject({ code: 'upstream_cut' });
  });
});
