/**
 * A chunk of HTTP's chunked transfer coding (RFC 9112, 7.1) as one buffer. Node writes each chunk in four pieces, which
 * costs more than everything else a relay does with a small frame.
 */

/** The chunk that ends a body, with no trailers. */
export const LAST_CHUNK: Buffer = Buffer.from('0\r\n\r\n');
const RETURN = 0x0d;
const FEED = 0x0a;
const HEX_DIGITS = Buffer.from('0123456789abcdef');

/** `data` is not empty: an empty chunk would end the body. `last` adds the end. Written byte by byte: half the time of strings. */
export function frameChunk(data: Buffer, last: boolean): Buffer {
  const digits = hexDigitsOf(data.length);
  const start = digits + 2;
  const end = start + data.length;
  const framed = Buffer.allocUnsafe(end + 2 + (last ? LAST_CHUNK.length : 0));
  for (let at = digits - 1, rest = data.length; at >= 0; at -= 1, rest >>>= 4) {
    framed[at] = HEX_DIGITS[rest & 0xf] ?? 0;
  }
  framed[digits] = RETURN;
  framed[digits + 1] = FEED;
  framed.set(data, start);
  framed[end] = RETURN;
  framed[end + 1] = FEED;
  if (last) framed.set(LAST_CHUNK, end + 2);
  return framed;
}

function hexDigitsOf(size: number): number {
  let digits = 1;
  for (let rest = size >>> 4; rest > 0; rest >>>= 4) digits += 1;
  return digits;
}
