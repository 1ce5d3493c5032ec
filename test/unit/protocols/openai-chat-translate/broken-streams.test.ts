/** Streams that end badly, and are never told to the client as a good end. */
import { expect, suite, test } from 'vitest';
import { decodeStream as decodeWith } from '../../../../proxy/protocols/openai-chat/translate/stream-decoder.ts';
import { decodeStream, delta, type Json, story, toolPiece } from './helpers.ts';

suite('what is no end', () => {
  const text = delta({ content: 'a' });
  test.each<[string, (Json | string)[], boolean, string]>([
    ['cut', [text], false, 'cut'],
    ['nothing', [], false, 'cut'],
    ['a terminator without a finish reason', [text], true, 'no_finish_reason'],
    ['a terminator alone', [], true, 'no_finish_reason'],
    ['half an event', [text, delta({}, 'stop'), 'data: {"choices":[{"ind'], false, 'cut'],
    [
      'one of two choices',
      [text, { choices: [{ index: 1, delta: { content: 'b' }, finish_reason: 'stop' }] }],
      true,
      'no_finish_reason',
    ],
    ['no JSON', [text, 'data: {"choices":\n\n', delta({}, 'stop')], true, 'malformed_frame'],
    ['no object', [text, 'data: [1,2]\n\n', delta({}, 'stop')], true, 'malformed_frame'],
    ['a page', [text, '[html]\n\n', delta({}, 'stop')], true, 'malformed_frame'],
    [
      'a call without a name',
      [delta(toolPiece(0, 'a', undefined, '{}')), delta({}, 'tool_calls')],
      true,
      'malformed_frame',
    ],
  ])('%s', (_name, frames, done, problem) => {
    const { events, complete, problem: told } = decodeStream(frames, { done });
    expect({ complete, told }).toEqual({ complete: false, told: problem });
    expect(events.some(({ type }) => type === 'finish')).toBe(false);
  });

  test.each<[string, Json | string, string]>([
    ["Groq's event", 'event: error\ndata: {"error":{"message":"bad","status_code":400}}\n\n', 'error: bad'],
    ['an event of words', 'event: error\ndata: out of memory\n\n', 'error: out of memory'],
    [
      'a chunk with an error and choices',
      delta({ content: '' }, null, { error: { message: 'limit', code: 400 } }),
      'error: limit',
    ],
    ["xAI's string", { code: 'c', error: 'bad key' }, 'error: bad key'],
    ['an error without a frame', '{"error":{"message":"bare"}}\n\n', 'error: bare'],
  ])('%s ends it, and nothing comes after', (_name, frame, expected) => {
    const frames = [
      text,
      frame,
      delta({ content: 'more' }, 'stop', { usage: { prompt_tokens: 1, completion_tokens: 2 } }),
    ];
    expect(story(frames)).toEqual(['start', '0 begins: text', '0 text: a', expected]);
    expect(decodeStream(frames)).toMatchObject({ complete: false, usage: { inputTokens: 1, outputTokens: 2 } });
  });

  test('what comes behind the terminator is not heard', () => {
    const frames = [
      text,
      delta({}, 'stop'),
      'data: [DONE]\n\n',
      delta({ content: 'b' }),
      'data: garbage\n\n',
      { error: 'late' },
    ];
    expect(story(frames)).toEqual(['start', '0 begins: text', '0 text: a', '0 ends', 'stop (stop)']);
  });

  test('a frame without an end is not gathered for ever, and nothing behind it is heard', () => {
    const decoder = decodeWith(100);
    expect(decoder.push(Buffer.from(`data: {"choices":[{"delta":{"content":"${'x'.repeat(200)}`))).toEqual([]);
    expect(decoder.push(Buffer.from('"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'))).toEqual([]);
    expect(decoder.end()).toEqual({ events: [], complete: false, problem: 'frame_too_large' });
  });
});
