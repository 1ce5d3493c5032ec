import { expect, suite, test } from 'vitest';
import { type Frame, FrameSplitter } from '../../../proxy/protocols/sse/frame-splitter.ts';

const textOf = ({ bytes, start, end }: Frame) => bytes.toString('utf8', start, end);

function split(pieces: readonly (string | Buffer)[]): { frames: string[]; rest: string | undefined } {
  const splitter = new FrameSplitter();
  const frames = pieces.flatMap((piece) => splitter.push(Buffer.from(piece as string)).map(textOf));
  const rest = splitter.flush();
  return { frames, rest: rest === undefined ? undefined : textOf(rest) };
}

/** Streams by the frames they are cut into. */
const STREAMS: readonly (readonly [string, readonly string[]])[] = [
  ['LF', ['data: 1\n\n', 'data: 2\n\n']],
  ['CRLF', ['data: 1\r\n\r\n', 'data: 2\r\n\r\n']],
  ['CRLF with a bare CR for a blank line', ['data: 1\r\n\r', 'data: 2\r\n\r\n']],
  ['CR', ['data: 1\r\r', 'data: 2\r\r']],
  // A CR after an LF is taken for the whole blank line; an LF behind it does not begin another.
  ['mixed ends', ['data: 1\r\n\n', 'data: 2\n\r', '\ndata: 3\n\r']],
  ['comments and fields', [': hello\n\n', 'event: x\ndata: a\ndata: b\nid: 7\n\n']],
  ['a byte-order mark and wide characters', ['\ufeffdata: é漢😀\n\n', 'data: ü\r\n\r\n']],
  ['blank lines too many', ['\n', 'data: 1\n\n', '\n', 'data: 2\n\n']],
];

suite('the frame splitter', () => {
  test.each(STREAMS)('%s, cut in two at every byte and into single bytes', (_name, frames) => {
    const whole = Buffer.from(frames.join(''));
    expect(split([whole])).toEqual({ frames, rest: undefined });
    for (let at = 0; at <= whole.length; at += 1) {
      expect(split([whole.subarray(0, at), whole.subarray(at)])).toEqual({ frames, rest: undefined });
    }
    expect(split([...whole].map((byte) => Buffer.of(byte)))).toEqual({ frames, rest: undefined });
  });

  test('half a frame at the end is the rest', () => {
    expect(split(['data: 1\n\nda', 'ta'])).toEqual({ frames: ['data: 1\n\n'], rest: 'data\n\n' });
  });

  test('the blank line that a stream ends without is made up for', () => {
    expect(split(['data: 1']).rest).toBe('data: 1\n\n');
    expect(split(['data: 1\n']).rest).toBe('data: 1\n\n');
    expect(split(['data: 1\r\n']).rest).toBe('data: 1\r\n\n');
    expect(split(['data: 1\r']).rest).toBe('data: 1\r\n\n');
    expect(split(['data: 1\r\n\r']).rest).toBe('data: 1\r\n\r');
    expect(split(['data: 1\n\n']).rest).toBe(undefined);
  });

  test('a chunk of whole frames is not copied, and what is held is counted', () => {
    const splitter = new FrameSplitter();
    const chunk = Buffer.from('data: 1\n\ndata: 2\n\ndata');
    const frames = splitter.push(chunk);
    expect(frames.map((frame) => frame.bytes === chunk)).toEqual([true, true]);
    expect(splitter.pendingBytes).toBe(4);
    splitter.push(Buffer.from(': 3\n'));
    expect(splitter.pendingBytes).toBe(8);
    expect(splitter.push(Buffer.from('\n')).map(textOf)).toEqual(['data: 3\n\n']);
    expect(splitter.pendingBytes).toBe(0);
  });
});
