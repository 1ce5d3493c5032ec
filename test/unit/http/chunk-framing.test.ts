import { expect, it } from 'vitest';
import { frameChunk, LAST_CHUNK } from '../../../proxy/http/chunk-framing.ts';

it.each([1, 9, 10, 15, 16, 182, 255, 256, 4095, 4096, 65_535, 65_536, 1_048_577])(
  'a chunk of %i bytes has its size in hex, its bytes and the line ends around them',
  (size) => {
    const data = Buffer.alloc(size, 'x');
    const expected = `${size.toString(16)}\r\n${data}\r\n`;
    expect(frameChunk(data, false).toString('latin1')).toBe(expected);
    expect(frameChunk(data, true).toString('latin1')).toBe(expected + LAST_CHUNK.toString('latin1'));
  },
);
