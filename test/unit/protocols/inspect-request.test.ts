import { expect, suite, test } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';

const MESSAGES = '"messages":[{"role":"user","content":"hi"}]';

function inspect(text: string | Buffer) {
  return openAiChat.inspectRequest(Buffer.from(text as string));
}

function refusal(text: string | Buffer): GatehouseError {
  try {
    inspect(text);
  } catch (error) {
    if (error instanceof GatehouseError) return error;
    throw error;
  }
  throw new Error('accepted');
}

suite('facts of a chat completion request', () => {
  test('the smallest request', () => {
    expect(inspect(`{"model":"sim/echo",${MESSAGES}}`).facts).toEqual({
      model: 'sim/echo',
      stream: false,
      wantsUsage: false,
      choices: 1,
      marks: { alternates: false, needs: false, toolResults: false, prompt: false },
      inputTokensMax: 1064,
      inputTokensEstimate: 16,
    });
  });

  test('what is null is as if it were not there', () => {
    const { facts } = inspect(
      `{"model":"m",${MESSAGES},"stream":null,"stream_options":null,"n":null,"max_tokens":null,"max_completion_tokens":null}`,
    );
    expect(facts).toMatchObject({ stream: false, wantsUsage: false, choices: 1 });
    expect(facts).not.toHaveProperty('maxOutputTokens');
  });

  test('stream, usage, n and the larger of two output limits', () => {
    const { facts } = inspect(
      `{"stream_options":{"include_usage":true},"n":3,"max_tokens":10,"max_completion_tokens":2e1,"stream":true,${MESSAGES},"mod\\u0065l":"a\\/b"}`,
    );
    expect(facts).toMatchObject({ model: 'a/b', stream: true, wantsUsage: true, choices: 3, maxOutputTokens: 20 });
  });

  test('an output limit beyond any model is taken for the largest there could be', () => {
    expect(inspect(`{"model":"m","max_tokens":2147483647,${MESSAGES}}`).facts.maxOutputTokens).toBe(10_000_000);
  });

  test('usage that is asked for without a stream is not a stream with usage', () => {
    expect(inspect(`{"model":"m","stream_options":{"include_usage":true},${MESSAGES}}`).facts.wantsUsage).toBe(false);
  });

  test.each<[string, string, string | undefined, RegExp]>([
    ['', 'invalid_json', undefined, /is empty/],
    ['{', 'invalid_json', undefined, /line 1, byte 2/],
    ['\ufeff{}', 'invalid_json', undefined, /byte-order mark/],
    ['[]', 'invalid_request', undefined, /must be a JSON object/],
    ['"text"', 'invalid_request', undefined, /must be a JSON object/],
    [`{${MESSAGES}}`, 'invalid_request', 'model', /"model" is missing/],
    [`{"model":"",${MESSAGES}}`, 'invalid_request', 'model', /non-empty string/],
    [`{"model":5,${MESSAGES}}`, 'invalid_request', 'model', /non-empty string/],
    [`{"model":null,${MESSAGES}}`, 'invalid_request', 'model', /non-empty string/],
    [`{"model":"a","model":"b",${MESSAGES}}`, 'invalid_request', 'model', /stands twice/],
    [`{"model":"a","mode\\u006c":"b",${MESSAGES}}`, 'invalid_request', 'model', /stands twice/],
    [`{"model":"a",${MESSAGES},${MESSAGES}}`, 'invalid_request', 'messages', /stands twice/],
    ['{"model":"a"}', 'invalid_request', 'messages', /is missing/],
    ['{"model":"a","messages":"hi"}', 'invalid_request', 'messages', /must be a list/],
    ['{"model":"a","messages":[ \n]}', 'invalid_request', 'messages', /is empty/],
    [`{"model":"a","stream":"true",${MESSAGES}}`, 'invalid_request', 'stream', /true or false/],
    [`{"model":"a","stream":1,${MESSAGES}}`, 'invalid_request', 'stream', /true or false/],
    [`{"model":"a","stream_options":[],${MESSAGES}}`, 'invalid_request', 'stream_options', /object/],
    [`{"model":"a","n":0,${MESSAGES}}`, 'invalid_request', 'n', /whole number/],
    [`{"model":"a","n":1.5,${MESSAGES}}`, 'invalid_request', 'n', /whole number/],
    [`{"model":"a","n":1001,${MESSAGES}}`, 'invalid_request', 'n', /1000 at most/],
    [`{"model":"a","max_tokens":"10",${MESSAGES}}`, 'invalid_request', 'max_tokens', /whole number/],
    [
      `{"model":"a","max_completion_tokens":-1,${MESSAGES}}`,
      'invalid_request',
      'max_completion_tokens',
      /whole number/,
    ],
    [`{"model":"a","max_tokens":1e300,${MESSAGES}}`, 'invalid_request', 'max_tokens', /whole number/],
    [`{"model":"a",${MESSAGES},"x":${'['.repeat(200)}${']'.repeat(200)}}`, 'too_deep', undefined, /128 levels/],
  ])('refuses %j', (text, code, param, message) => {
    const error = refusal(text);
    expect({ code: error.code, param: error.details.param }).toEqual({ code, param });
    expect(error.message).toMatch(message);
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(
      refusal(Buffer.concat([Buffer.from('{"model":"'), Buffer.from([0xc3, 0x28]), Buffer.from(`",${MESSAGES}}`)]))
        .code,
    ).toBe('invalid_utf8');
    // A surrogate in UTF-8 clothing.
    expect(
      refusal(
        Buffer.concat([Buffer.from('{"model":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(`",${MESSAGES}}`)]),
      ).code,
    ).toBe('invalid_utf8');
  });
});

suite('how large a request can be in tokens', () => {
  const of = (messages: string, more = '') => inspect(`{"model":"m","messages":${messages}${more}}`).facts;
  const text = of('[{"role":"user","content":[{"type":"text","text":"look"}]}]');

  test('text never has more tokens than bytes', () => {
    const prompt = '漢字😀 plain \\n\\u00e9'.repeat(50);
    const body = `{"model":"m","messages":[{"role":"user","content":"${prompt}"}]}`;
    const decoded: string = JSON.parse(body).messages[0].content;
    expect(inspect(body).facts.inputTokensMax).toBeGreaterThanOrEqual(Buffer.byteLength(decoded));
  });

  test.each<[string, string, number]>([
    ['an image by URL', '{"type":"image_url","image_url":{"url":"https://x/y.png"}}', 50_000],
    ['an image as vLLM writes it', '{"type":"image","image":"https://x/y.png"}', 50_000],
    ['audio', '{"type":"input_audio","input_audio":{"data":"AAAA","format":"mp3"}}', 50_000],
    ['a file by id', '{"type":"file","file":{"file_id":"f"}}', 2_000_000],
    ['a video', '{"type":"video_url","video_url":{"url":"https://x"}}', 2_000_000],
    [
      'a key that hides behind an escape',
      '{"type":"image_url","im\\u0061ge_url":{"url":"https://x/y.png"}}',
      2_000_000,
    ],
  ])('%s counts by its bound', (_name, part, bound) => {
    const facts = of(`[{"role":"user","content":[${part}]}]`);
    expect(facts.inputTokensMax).toBeGreaterThanOrEqual(bound);
    expect(facts.inputTokensMax).toBeLessThan(bound + 1_200);
    expect(facts.inputTokensEstimate).toBeGreaterThan(text.inputTokensEstimate);
  });

  test('every image counts, and its data does not count byte for byte', () => {
    const image = `{"type":"image_url","image_url":{"detail":"high","url":"data:image/png;base64,${'A'.repeat(400_000)}"}}`;
    const facts = of(`[{"role":"user","content":[${image},${image}]}]`);
    expect(facts.inputTokensMax).toBeGreaterThanOrEqual(100_000);
    expect(facts.inputTokensMax).toBeLessThan(102_000);
    expect(facts.inputTokensEstimate).toBeLessThan(3_000);
  });

  test('text cannot pass as image data', () => {
    const facts = of(
      `[{"role":"user","content":[{"type":"text","text":"data:image/png;base64,${'A'.repeat(4_000)}"}]}]`,
    );
    expect(facts.inputTokensMax).toBeGreaterThan(4_000);
    const url = of(`[{"role":"user","content":[{"type":"text","url":"data:image/png;base64,${'A'.repeat(4_000)}"}]}]`);
    expect(url.inputTokensMax).toBeGreaterThan(4_000);
  });

  test('a provider that reads the web for the request is bounded by the context alone', () => {
    expect(of('[{"role":"user","content":"news?"}]', ',"web_search_options":{}').inputTokensMax).toBeGreaterThan(
      2_000_000,
    );
  });

  test('names of tools and their schemas are no images', () => {
    const facts = of(
      '[{"role":"user","content":"x"}]',
      ',"tools":[{"type":"function","function":{"name":"f","parameters":{"properties":{"image":{},"file":{},"fil\\u0065":{}}}}}]',
    );
    expect(facts.inputTokensMax).toBeLessThan(1_300);
  });
});

suite('edits of a request', () => {
  const edit = (text: string, edits: Parameters<ReturnType<typeof inspect>['edit']>[0]) =>
    inspect(text).edit(edits).toString();

  test('nothing to do gives the very same buffer', () => {
    const body = Buffer.from(`{ "model":"m", "stream":true,"stream_options":{"include_usage": true},${MESSAGES}}`);
    const request = openAiChat.inspectRequest(body);
    expect(request.edit({})).toBe(body);
    expect(request.edit({ model: 'm', includeUsage: true })).toBe(body);
    const plain = Buffer.from(`{"model":"m",${MESSAGES}}`);
    expect(openAiChat.inspectRequest(plain).edit({ includeUsage: true })).toBe(plain);
  });

  test('everything but the named edits stays byte for byte', () => {
    const rest =
      ',\r\n "seed": 12479678939117453000, "x":{"a":1,"a":2.0e0,"b":"\\u00e9é"} ,\t"logit_bias":{ }, "model_": "m" }';
    expect(edit(`{ ${MESSAGES}, "model" :  "p\\/m"${rest}`, { model: 'né"w' })).toBe(
      `{ ${MESSAGES}, "model" :  "né\\"w"${rest}`,
    );
  });

  test.each<[string, string]>([
    ['', ',"stream_options":{"include_usage":true}'],
    [',"stream_options":{}', ',"stream_options":{"include_usage":true}'],
    [',"stream_options": null', ',"stream_options": {"include_usage":true}'],
    [
      ',"stream_options":{ "include_obfuscation" : false}',
      ',"stream_options":{"include_usage":true, "include_obfuscation" : false}',
    ],
    [',"stream_options":{"a":1,"include_usage":false}', ',"stream_options":{"a":1,"include_usage":true}'],
    [
      ',"stream_options":{"include_usage":null,"include\\u005fusage":false}',
      ',"stream_options":{"include_usage":true,"include\\u005fusage":true}',
    ],
  ])('usage is asked for: %s', (before, after) => {
    const out = edit(`{"stream":true,${MESSAGES},"model":"a"${before},"z":1}`, { model: 'b', includeUsage: true });
    expect(out).toBe(`{"stream":true,${MESSAGES},"model":"b"${after},"z":1}`);
    expect(JSON.parse(out).stream_options.include_usage).toBe(true);
  });

  test('options that stand before the model are edited at their own place', () => {
    expect(
      edit(`{"stream_options":{},"stream":true,"model":"a",${MESSAGES}}`, { model: 'longer', includeUsage: true }),
    ).toBe(`{"stream_options":{"include_usage":true},"stream":true,"model":"longer",${MESSAGES}}`);
  });
});
