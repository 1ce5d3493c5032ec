import { expect, suite, test } from 'vitest';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';

const USAGE = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };

function answer(content: unknown, more: object = {}) {
  return {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-x',
    choices: [
      { index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' },
    ],
    usage: USAGE,
    ...more,
  };
}

const inspect = (value: unknown) =>
  openAiChat.inspectResult(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

suite.each([
  ['small', 40],
  ['large', 40_000],
] as const)('a %s answer', (_size, bytes) => {
  const content = 'word '.repeat(bytes / 5);

  test('usage, finish reason and model', () => {
    expect(inspect(answer(content))).toMatchObject({
      model: 'gpt-x',
      usage: { inputTokens: 9, outputTokens: 3 },
      finishReason: { unified: 'stop', raw: 'stop' },
    });
    expect(inspect(answer(content))).not.toHaveProperty('error');
  });

  test('with white space before it, as OpenRouter keeps a connection alive', () => {
    expect(inspect(`\n         \n${JSON.stringify(answer(content))}`).usage).toEqual({
      inputTokens: 9,
      outputTokens: 3,
    });
  });

  test('no usage and no finish reason are unknown, not zero and not stop', () => {
    const observed = inspect({
      ...answer(content),
      usage: undefined,
      choices: [{ index: 0, message: { content }, finish_reason: null }],
    });
    expect(observed).not.toHaveProperty('usage');
    expect(observed).not.toHaveProperty('finishReason');
    expect(observed.outputTokensEstimate).toBeGreaterThanOrEqual(bytes / 4);
  });

  test('an error inside a 200', () => {
    const observed = inspect({ error: { message: 'upstream broke', code: 502 }, user_id: content });
    expect(observed.error).toEqual({ message: 'upstream broke', code: '502', status: 502 });
  });

  test('half a document and other things', () => {
    const whole = JSON.stringify(answer(content));
    expect(inspect(whole.slice(0, -1))).toEqual({ malformed: true, outputTokensEstimate: 0 });
    expect(inspect(`<html>${content}</html>`)).toEqual({ malformed: true, outputTokensEstimate: 0 });
  });

  test('a finish reason inside the text is not the finish reason', () => {
    const trap = `${content}","finish_reason":"length"`;
    expect(inspect(answer(trap)).finishReason?.raw).toBe('stop');
    const object = {
      ...answer(content),
      choices: [{ message: { content, extra: { finish_reason: 'length' } }, finish_reason: 'tool_calls' }],
    };
    expect(inspect(object).finishReason).toEqual({ unified: 'tool-calls', raw: 'tool_calls' });
  });
});

suite('finish reasons', () => {
  test.each([
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['error', 'error'],
    ['something_new', 'other'],
    ['constructor', 'other'],
  ])('%s is %s', (raw, unified) => {
    expect(inspect({ ...answer('x'), choices: [{ finish_reason: raw }] }).finishReason).toEqual({ unified, raw });
  });
});

suite('estimates', () => {
  test('count what the model wrote and nothing around it', () => {
    const message = {
      role: 'assistant',
      content: 'x'.repeat(40),
      tool_calls: [
        { id: 'call_'.repeat(100), type: 'function', function: { name: 'f'.repeat(4), arguments: 'a'.repeat(36) } },
      ],
    };
    expect(inspect({ choices: [{ message }] }).outputTokensEstimate).toBe(20);
  });
});
