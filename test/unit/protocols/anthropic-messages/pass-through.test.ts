import { expect, suite, test } from 'vitest';
import { anthropicMessages } from '../../../../proxy/protocols/anthropic-messages/codec.ts';
import { encodeTokenCount, estimateTokens } from '../../../../proxy/protocols/anthropic-messages/count-tokens.ts';
import { packCallSignature, packSignature } from '../../../../proxy/protocols/anthropic-messages/signature.ts';

const inspect = (text: string) => anthropicMessages.inspectRequest(Buffer.from(text));
const messages = '[{"role":"user","content":"Hi"}]';

suite('a request that passes', () => {
  test("keeps every byte but the model's name", () => {
    const text = `{ "model" : "claude", "n":12479678939117453001,\n"messages":${messages}, "stream":true, "max_tokens":5, "x":1.0, "x":2 }`;
    const { facts, edit } = inspect(text);
    expect(facts).toMatchObject({ model: 'claude', stream: true, wantsUsage: true, maxOutputTokens: 5, choices: 1 });
    const body = Buffer.from(text);
    expect(anthropicMessages.inspectRequest(body).edit({ model: 'claude', includeUsage: true })).toBe(body);
    expect(edit({ model: 'claude-"5"' }).toString()).toBe(text.replace('"claude"', JSON.stringify('claude-"5"')));
  });

  test('leaves out the thinking that other models signed, and nothing else', () => {
    const mine = '{"type":"thinking","thinking":"a","signature":"real"}';
    const foreign = `{"type":"thinking","thinking":"b","signature":"${packSignature({ signature: 's', origin: 'gemini' })}"}`;
    const call = '{"type":"tool_use","id":"c","name":"f","input":{"n":12479678939117453001}}';
    const signed = `{"type":"redacted_thinking","data":"${packCallSignature('c', 's', 'gemini')}"}`;
    const turn = (...blocks: string[]) => `{"role":"assistant","content":[${blocks.join(',')}]}`;
    const text = `{"model":"m","messages":[${turn(mine, foreign, signed, call)},${turn(foreign)},{"role":"user","content":"gh1."}], "top_p":1.0}`;
    expect(inspect(text).edit({}).toString()).toBe(
      `{"model":"m","messages":[${turn(mine, call)},{"role":"user","content":"gh1."}], "top_p":1.0}`,
    );
  });

  test.each([
    ['', 'invalid_json', undefined],
    ['{}', 'invalid_request', 'messages'],
    [`{"messages":${messages}}`, 'invalid_request', 'model'],
    [`{"model":"","messages":${messages}}`, 'invalid_request', 'model'],
    ['{"model":"m","messages":[]}', 'invalid_request', 'messages'],
    ['{"model":"m","messages":"x"}', 'invalid_request', 'messages'],
    [`{"model":"m","model":"n","messages":${messages}}`, 'invalid_request', 'model'],
    [`{"model":"m","stream":1,"messages":${messages}}`, 'invalid_request', 'stream'],
    [`{"model":"m","max_tokens":-1,"messages":${messages}}`, 'invalid_request', 'max_tokens'],
  ])('%s is refused', (text, code, param) => {
    const details = param === undefined ? {} : { details: { param } };
    expect(() => inspect(text)).toThrow(expect.objectContaining({ code, ...details }));
  });

  const sized = (block: object, more = '') =>
    inspect(`{"model":"m","messages":[{"role":"user","content":[${JSON.stringify(block)}]}]${more}}`).facts;

  test('text is bounded by its bytes, media by what they can cost', () => {
    const data = `iVBORw0KGgo${'A'.repeat(40_000)}`;
    const image = sized({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });
    expect(image.inputTokensMax).toBeGreaterThan(10_000);
    expect(image.inputTokensMax).toBeLessThan(15_000);
    const plain = sized({ type: 'text', text: 'A'.repeat(40_000) });
    expect(plain.inputTokensMax).toBeGreaterThan(40_000);
    expect(plain.inputTokensEstimate).toBeLessThan(13_000);
    const document = sized({
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: 'A'.repeat(40_000) },
    });
    expect(document.inputTokensMax).toBeGreaterThan(2_000_000);
    expect(document.inputTokensEstimate).toBeGreaterThan(11_000);
    const searching = sized(
      { type: 'text', text: 'x' },
      ',"tools":[{"type":"web_search_20250305","name":"web_search"}]',
    );
    expect(searching.inputTokensMax).toBeGreaterThan(2_000_000);
    const own = sized(
      { type: 'text', text: 'x' },
      ',"tools":[{"type":"custom","name":"f","input_schema":{"type":"object"}}]',
    );
    expect(own.inputTokensMax).toBeLessThan(3_000);
  });

  test('tokens are estimated without a limit on the answer', () => {
    const count = estimateTokens(Buffer.from(`{"model":"m","messages":${messages}}`));
    expect(count).toBeGreaterThan(5);
    expect(encodeTokenCount(count).toString()).toBe(`{"input_tokens":${count}}`);
  });
});

suite('an answer that passes', () => {
  test('tells usage, stop reason and error', () => {
    const message = {
      model: 'claude',
      content: [{ type: 'text', text: 'x'.repeat(35) }],
      stop_reason: 'max_tokens',
      usage: { input_tokens: 3, output_tokens: 5 },
    };
    expect(anthropicMessages.inspectResult(Buffer.from(JSON.stringify(message)))).toEqual({
      model: 'claude',
      usage: { inputTokens: 3, outputTokens: 5 },
      finishReason: { unified: 'length', raw: 'max_tokens' },
      outputTokensEstimate: 10,
    });
    const error = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
    expect(anthropicMessages.inspectResult(Buffer.from(error)).error).toMatchObject({ status: 529 });
    expect(anthropicMessages.inspectResult(Buffer.from('<html>'))).toEqual({
      malformed: true,
      outputTokensEstimate: 0,
    });
  });
});

suite('a stream that passes', () => {
  const start =
    'event: message_start\ndata: {"type":"message_start","message":{"model":"claude","usage":{"input_tokens":5,"output_tokens":1}}}\n\n';
  const open =
    'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n';
  const piece =
    'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi \\"you\\" é"}    }\n\n';
  const odd =
    'event: content_block_delta\ndata: {"index":0,"type":"content_block_delta","delta":{"text":"x","type":"text_delta"}}\n\n';
  const close = 'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n';
  const end =
    'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}\n\n';
  const stop = 'event: message_stop\ndata: {"type":"message_stop"}\n\n';
  const news = 'event: brand_new\ndata: {"type":"brand_new"}\n\n';

  function observe(...frames: string[]) {
    const observer = anthropicMessages.observeStream({ hideUsage: true });
    const steps = frames.map((frame) => observer.push(Buffer.from(frame)));
    const last = observer.end();
    const forwarded = Buffer.concat([
      ...steps.flatMap(({ forward }) => forward ?? []),
      ...(last.forward === undefined ? [] : [last.forward]),
    ]);
    return { steps, forwarded: forwarded.toString(), summary: last.summary };
  }

  test('goes out as it came, its end held back until it is whole', () => {
    const frames = [
      start,
      ': hello\n\n',
      open,
      'event: ping\ndata: {"type": "ping"}\n\n',
      piece,
      odd,
      news,
      close,
      end,
      stop,
    ];
    const { steps, forwarded, summary } = observe(...frames);
    expect(forwarded).toBe(frames.join(''));
    expect(steps.at(-1)?.forward).toBeUndefined();
    expect(steps.map(({ committed }) => committed)).toEqual([...Array(4).fill(false), ...Array(6).fill(true)]);
    expect(summary).toEqual({
      model: 'claude',
      usage: { inputTokens: 5, outputTokens: 2 },
      finishReason: { unified: 'stop', raw: 'end_turn' },
      outputTokensEstimate: 4,
      complete: true,
      terminated: true,
    });
  });

  test('that was aborted knows its input, but not its output', () => {
    const { summary } = observe(start, open, piece);
    expect(summary).toMatchObject({
      usage: { inputTokens: 5 },
      complete: false,
      problem: 'cut',
      outputTokensEstimate: 4,
    });
  });

  test('a call, a signature or an encrypted thought is content', () => {
    for (const block of [
      '{"type":"tool_use","id":"a","name":"f","input":{}}',
      '{"type":"redacted_thinking","data":"x"}',
    ]) {
      const frame = `event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":${block}}\n\n`;
      expect(observe(start, frame).steps.at(-1)?.committed).toBe(true);
    }
    const thinking = open.replace('"text","text":""', '"thinking","thinking":""');
    const signature =
      'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}\n\n';
    expect(observe(start, thinking, signature).steps.map(({ committed }) => committed)).toEqual([false, false, true]);
  });

  test.each<[string, string[], string]>([
    ['a second message', [start, open, piece, start], start + open + piece],
    ['a delta of no block', [start, piece], start],
    ['a delta of another block', [start, open, piece.replace('"index":0', '"index":1')], start + open],
    ['half a frame of JSON', [start, 'data: {"type":\n\n', open], start],
    ['an event without its data', [start, open, 'event: content_block_delta\n\n'], start + open],
  ])('%s is not passed on', (_name, frames, passed) => {
    const { forwarded, summary, steps } = observe(...frames, end, stop);
    expect(forwarded).toBe(passed);
    expect(summary).toMatchObject({ complete: false, problem: 'malformed_frame' });
    expect(steps.some(({ problem }) => problem === 'malformed_frame')).toBe(true);
  });

  test('an error is the last thing that passes; a bare one gets its frame', () => {
    const error = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
    const framed = `event: error\ndata: ${error}\n\n`;
    expect(observe(start, framed, open).forwarded).toBe(start + framed);
    const bare = observe(`${error}\n\n`, open);
    expect(bare.forwarded).toBe(framed);
    expect(bare.summary).toMatchObject({ error: { type: 'overloaded_error', status: 529 }, complete: false });
  });

  test('what follows the end of the message does not pass, but for silent frames', () => {
    const done = 'event: data\ndata: [DONE]\n\n';
    const whole = [start, open, piece, close, end, stop];
    expect(observe(...whole, done, ...whole).forwarded).toBe([...whole, done].join(''));
  });

  test('a frame without end stops the stream', () => {
    const observer = anthropicMessages.observeStream({ hideUsage: false });
    expect(observer.push(Buffer.alloc(9_000_000, 'x')).problem).toBe('frame_too_large');
  });
});
