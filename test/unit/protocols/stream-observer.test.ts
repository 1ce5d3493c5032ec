import { expect, suite, test } from 'vitest';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { observeStream } from '../../../proxy/protocols/openai-chat/stream-observer.ts';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: object, more: object = {}, index = 0) =>
  event({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-x',
    choices: [{ index, delta, finish_reason: null, ...more }],
  });
const finish = (reason = 'stop', index = 0) => chunk({}, { finish_reason: reason }, index);
const USAGE = event({
  id: 'c',
  object: 'chat.completion.chunk',
  model: 'gpt-x',
  choices: [],
  usage: { prompt_tokens: 5, completion_tokens: 2 },
});
const ROLE = chunk({ role: 'assistant', content: '' });
const HELLO = chunk({ content: 'Hello' });
const DONE = 'data: [DONE]\n\n';

function run(text: string | Buffer, { hideUsage = false, split = [] as readonly number[] } = {}) {
  const bytes = Buffer.from(text as string);
  const observer = openAiChat.observeStream({ hideUsage });
  const cuts = [0, ...split, bytes.length];
  const steps = cuts.slice(1).map((end, place) => observer.push(bytes.subarray(cuts[place], end)));
  const end = observer.end();
  const pushed = Buffer.concat(steps.flatMap((step) => step.forward ?? []));
  return {
    steps,
    end,
    summary: end.summary,
    pushed: pushed.toString(),
    forwarded: Buffer.concat([pushed, end.forward ?? Buffer.alloc(0)]).toString(),
  };
}

suite('a whole stream', () => {
  const whole = ROLE + HELLO + chunk({ content: ' world' }) + finish() + USAGE + DONE;

  test('passes byte for byte, with [DONE] held back until the end', () => {
    const { pushed, forwarded, summary } = run(whole);
    expect(forwarded).toBe(whole);
    expect(pushed).toBe(whole.slice(0, -DONE.length));
    expect(summary).toEqual({
      model: 'gpt-x',
      usage: { inputTokens: 5, outputTokens: 2 },
      finishReason: { unified: 'stop', raw: 'stop' },
      outputTokensEstimate: 3,
      complete: true,
      terminated: true,
    });
  });

  test('hides the usage frame from a client that did not ask, and only that', () => {
    expect(run(whole, { hideUsage: true }).forwarded).toBe(whole.replace(USAGE, ''));
    const riding =
      ROLE +
      HELLO +
      event({
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1 },
      }) +
      DONE;
    expect(run(riding, { hideUsage: true }).forwarded).toBe(riding);
    const moderation =
      HELLO +
      finish() +
      event({ choices: [], moderation: { flagged: false } }) +
      event({ choices: [], usage: null }) +
      USAGE +
      DONE;
    expect(run(moderation, { hideUsage: true }).forwarded).toBe(moderation.replace(USAGE, ''));
  });

  test('a chunk that passes whole is the very same buffer', () => {
    const observer = openAiChat.observeStream({ hideUsage: true });
    const bytes = Buffer.from(ROLE + HELLO);
    expect(observer.push(bytes).forward).toBe(bytes);
  });

  test('comments pass as they come', () => {
    const text = `: OPENROUTER PROCESSING\n\n${ROLE}: ping\n\n${HELLO}${finish()}${DONE}`;
    const { forwarded, steps } = run(text, { split: [10] });
    expect(forwarded).toBe(text);
    expect(steps[0]).toEqual({ committed: false });
  });

  test('needs no [DONE], and no blank line at its very end', () => {
    const bare = HELLO + finish();
    expect(run(bare)).toMatchObject({ forwarded: bare, summary: { complete: true, terminated: false } });
    const open = `${HELLO}${finish().trimEnd()}`;
    expect(run(open)).toMatchObject({ forwarded: `${open}\n\n`, summary: { complete: true } });
    const done = `${HELLO}${finish()}data: [DONE]`;
    expect(run(done)).toMatchObject({ forwarded: `${done}\n\n`, summary: { complete: true, terminated: true } });
  });

  test('nothing passes behind [DONE]', () => {
    expect(run(whole + HELLO + whole).forwarded).toBe(whole);
  });

  test('end twice and push after the end do no harm', () => {
    const observer = openAiChat.observeStream({ hideUsage: false });
    observer.push(Buffer.from('data: {"choi'));
    expect(observer.end().summary.problem).toBe('cut');
    expect(observer.end().forward).toBe(undefined);
  });
});

suite('first content', () => {
  const commits = (text: string) => run(text).steps.at(-1)?.committed;

  test.each([
    ['a role', ROLE],
    ['a role with nulls', chunk({ role: 'assistant', content: null, refusal: null, tool_calls: [], audio: {} })],
    ['an empty delta', chunk({})],
    ['a finish reason', finish()],
    ['usage', USAGE],
    ['a comment', ': x\n\n'],
    ['[DONE]', DONE],
    ['no delta at all', event({ choices: [{ index: 0 }] })],
    ['prompt filters', event({ choices: [], prompt_filter_results: [{}] })],
  ])('%s is none', (_name, text) => {
    expect(commits(text)).toBe(false);
  });

  test.each([
    ['text', chunk({ content: 'x' })],
    ['text parts', chunk({ content: [{ type: 'text', text: 'x' }] })],
    ['reasoning', chunk({ content: '', reasoning: 'x' })],
    ['reasoning content', chunk({ reasoning_content: 'x' })],
    ['a tool call', chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '' } }] })],
    ['a function call', chunk({ function_call: { name: 'f' } })],
    ['a refusal', chunk({ refusal: 'I' })],
    ['audio', chunk({ audio: { id: 'a' } })],
    ['the old text', event({ choices: [{ index: 0, text: 'x' }] })],
  ])('%s is', (_name, text) => {
    expect(commits(text)).toBe(true);
  });
});

suite('usage', () => {
  test('the last report stands, wherever it rides', () => {
    const growing =
      chunk({ content: 'a' }).replace('"choices"', '"usage":{"prompt_tokens":5,"completion_tokens":1},"choices"') +
      chunk({ content: 'b' }).replace('"choices"', '"usage":{"prompt_tokens":5,"completion_tokens":2},"choices"') +
      finish();
    expect(run(growing).summary.usage).toEqual({ inputTokens: 5, outputTokens: 2 });
  });

  test('x_groq counts where nothing else does', () => {
    const text =
      HELLO +
      event({
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        x_groq: { id: 'r', usage: { prompt_tokens: 7, completion_tokens: 1 } },
      });
    expect(run(text).summary.usage).toEqual({ inputTokens: 7, outputTokens: 1 });
  });

  test('without a report it is unknown, and the text is counted', () => {
    const { summary } = run(ROLE + chunk({ content: 'x'.repeat(400) }) + finish() + DONE);
    expect(summary).not.toHaveProperty('usage');
    expect(summary.outputTokensEstimate).toBe(100);
  });
});

suite('finish reasons', () => {
  test('every choice that began needs one; the first choice names it', () => {
    const both = chunk({ content: 'a' }) + chunk({ content: 'b' }, {}, 1);
    expect(run(both + finish('length', 1)).summary).toMatchObject({ complete: false, problem: 'cut' });
    expect(run(both + finish('length', 1) + finish('stop', 0)).summary).toMatchObject({
      complete: true,
      finishReason: { raw: 'stop' },
    });
  });

  test('[DONE] without one is not passed on', () => {
    const text = ROLE + HELLO + DONE;
    expect(run(text)).toMatchObject({
      forwarded: ROLE + HELLO,
      summary: { complete: false, terminated: true, problem: 'no_finish_reason' },
    });
  });

  test('nothing but comments is a cut', () => {
    expect(run(': x\n\n').summary).toMatchObject({ complete: false, problem: 'cut' });
    expect(run('').summary).toMatchObject({ complete: false, problem: 'cut' });
  });
});

suite('errors in the stream', () => {
  const ERROR = event({ error: { message: 'over capacity', code: 502 } });

  test("an error event is the last thing that passes, in the provider's bytes", () => {
    const { steps, forwarded, summary } = run(ROLE + HELLO + ERROR + HELLO + finish() + DONE);
    expect(steps[0]?.error).toEqual({ message: 'over capacity', code: '502', status: 502 });
    expect(forwarded).toBe(ROLE + HELLO + ERROR);
    expect(summary).toMatchObject({ complete: false, error: { message: 'over capacity' } });
    expect(summary).not.toHaveProperty('problem');
  });

  test('an error with usage and no choices passes to a client that did not ask for usage', () => {
    const text = event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 0 }, error: { message: 'm' } });
    expect(run(text, { hideUsage: true }).forwarded).toBe(text);
  });

  test('the error is told once, with what it says of usage and finish', () => {
    const rich = event({
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      usage: { prompt_tokens: 3, completion_tokens: 1 },
      error: { message: 'm', code: 400 },
    });
    const text = ROLE + rich + USAGE;
    const { steps, summary, forwarded } = run(text, { split: [ROLE.length + rich.length] });
    expect(steps.map((step) => step.error?.message)).toEqual(['m', undefined]);
    expect(forwarded).toBe(ROLE + rich);
    // A later total still counts.
    expect(summary).toMatchObject({
      usage: { inputTokens: 5, outputTokens: 2 },
      finishReason: { unified: 'error', raw: 'error' },
    });
  });

  test.each([
    ['a string', 'data: {"error":"no more credit"}\n\n', 'no more credit'],
    ['an event by name', 'event: error\ndata: {"message":"failed"}\n\n', 'failed'],
    ['an event with plain words', 'event: error\ndata: overloaded\n\n', 'overloaded'],
    ['CRLF', 'event: error\r\ndata: {"error":{"message":"m"}}\r\n\r\n', 'm'],
  ])('%s', (_name, text, message) => {
    const { steps, forwarded } = run(ROLE + text);
    expect(steps[0]?.error?.message).toBe(message);
    expect(forwarded).toBe(ROLE + text);
  });

  test('unframed JSON under text/event-stream is framed', () => {
    const text = '{\n  "error": {"code": 400, "message": "API key not valid"}\n}\n';
    for (const split of [[], [5], [30]]) {
      const { end, forwarded, summary } = run(text, { split });
      expect(end.summary.error).toEqual({ message: 'API key not valid', code: '400', status: 400 });
      expect(forwarded).toBe('data: {"error":{"code":400,"message":"API key not valid"}}\n\n');
      expect(summary.complete).toBe(false);
    }
    expect(run(`${text}\n`).steps[0]?.error?.message).toBe('API key not valid');
  });
});

suite('broken streams', () => {
  test('a frame that is not JSON is held back and ends it', () => {
    const { steps, forwarded, summary } = run(`${ROLE}${HELLO}data: {"choices":[{"ind\n\n${HELLO}${finish()}${DONE}`);
    expect(steps[0]).toMatchObject({ committed: true, problem: 'malformed_frame' });
    expect(forwarded).toBe(ROLE + HELLO);
    expect(summary).toMatchObject({ complete: false, problem: 'malformed_frame' });
  });

  test.each([
    'data: 5\n\n',
    'data: null\n\n',
    'data: []\n\n',
    'data: "x"\n\n',
    '{"object":"chat.completion","choices":[]}\n\n',
  ])('so is %j', (text) => {
    expect(run(HELLO + text).summary.problem).toBe('malformed_frame');
  });

  test('a cut inside a frame loses the half and nothing else', () => {
    const whole = ROLE + HELLO + finish() + USAGE + DONE;
    for (let at = ROLE.length + HELLO.length + 1; at < whole.length; at += 1) {
      const { forwarded, summary } = run(whole.slice(0, at));
      expect(whole.startsWith(forwarded.replace(/\n\n$/, ''))).toBe(true);
      expect(forwarded.endsWith('\n\n')).toBe(true);
      if (at < (ROLE + HELLO + finish()).length - 2) expect(summary).toMatchObject({ complete: false, problem: 'cut' });
    }
  });

  test('half a field behind a finished answer is still a cut, half a comment is not', () => {
    expect(run(`${HELLO}${finish()}dat`).summary).toMatchObject({ complete: false, problem: 'cut' });
    expect(run(`${HELLO}${finish()}event: x\n`).summary).toMatchObject({ complete: false, problem: 'cut' });
    expect(run(`${HELLO}${finish()}: kee`)).toMatchObject({ forwarded: HELLO + finish(), summary: { complete: true } });
    expect(run(`${HELLO}${finish()}${DONE}dat`).summary).toMatchObject({ complete: true });
  });

  test('a frame over the limit stops the reading; nothing grows on', () => {
    const observer = observeStream({ hideUsage: false, frameBytesMax: 1_000 });
    expect(observer.push(Buffer.from(HELLO)).problem).toBe(undefined);
    expect(observer.push(Buffer.alloc(900, 'x')).problem).toBe(undefined);
    expect(observer.push(Buffer.alloc(101, 'x')).problem).toBe('frame_too_large');
    expect(observer.push(Buffer.from(`\n\n${HELLO}`))).toEqual({ committed: true });
    expect(observer.end()).toMatchObject({ summary: { complete: false, problem: 'frame_too_large' } });
  });
});

suite('frames that are known by their shape', () => {
  const many = (make: (place: number) => string) => Array.from({ length: 50 }, (_, place) => make(place));

  test('are counted like parsed ones', () => {
    const words = many((place) => `w${place} "quoted\\" \n é漢`);
    const { summary, forwarded } = run(ROLE + words.map((word) => chunk({ content: word })).join('') + finish());
    // Escapes are counted as written; the estimate is within a few of the bytes.
    expect(summary.outputTokensEstimate).toBeGreaterThanOrEqual(50);
    expect(forwarded.length).toBeGreaterThan(0);
    expect(summary.complete).toBe(true);
  });

  test.each<[string, string, object]>([
    ['an error', event({ error: { message: 'late' } }), { complete: false, error: { message: 'late' } }],
    [
      'an error beside the same delta',
      chunk({ content: 'x' }).replace('}\n\n', ',"error":{"message":"late"}}\n\n'),
      { complete: false, error: { message: 'late' } },
    ],
    [
      'usage',
      chunk({ content: 'x' }).replace('}\n\n', ',"usage":{"prompt_tokens":4,"completion_tokens":4}}\n\n') + finish(),
      { usage: { inputTokens: 4, outputTokens: 4 }, complete: true },
    ],
    [
      'a finish reason beside content',
      chunk({ content: 'x' }, { finish_reason: 'length' }),
      { complete: true, finishReason: { unified: 'length', raw: 'length' } },
    ],
    ['a new choice', finish() + chunk({ content: 'x' }, {}, 1), { complete: false, problem: 'cut' }],
    [
      'a frame that is broken in its text',
      HELLO.replace('Hello"', 'Hello'),
      { complete: false, problem: 'malformed_frame' },
    ],
    [
      'a frame that is broken in front of its text',
      HELLO.replace('data: {', 'data: '),
      { complete: false, problem: 'malformed_frame' },
    ],
  ])('%s among them is not missed', (_name, text, expected) => {
    const before = many(() => HELLO).join('');
    const observer = openAiChat.observeStream({ hideUsage: false });
    for (const frame of [...many(() => HELLO), text]) observer.push(Buffer.from(frame));
    expect(observer.end().summary).toMatchObject(expected);
    expect(run(before + text).summary).toMatchObject(expected);
  });

  test('with padding of any length, reasoning beside empty text, and tool arguments', () => {
    const padded = many((place) =>
      chunk({ content: 'ab' }).replace('}\n\n', `,"obfuscation":"${'z'.repeat(place)}"}\n\n`),
    );
    const reasoning = many(() => chunk({ content: '', reasoning: 'abcd' }));
    const tool = many(() => chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }));
    const text = [...padded, ...reasoning, ...tool].join('') + finish('tool_calls');
    const { summary, forwarded } = run(text);
    expect(forwarded).toBe(text);
    expect(summary.complete).toBe(true);
    // 100 + 200 bytes, and 50 times {"a", whose escapes may count.
    expect(summary.outputTokensEstimate).toBeGreaterThanOrEqual(150);
    expect(summary.outputTokensEstimate).toBeLessThanOrEqual(160);
  });
});
