/**
 * A chunk of HTTP's chunked transfer coding (RFC 9112, 7.1) as one buffer. Node writes each chunk in four pieces, which
 * costs more than everything else a relay does with a small frame.
 */

/** The chunk that ends a body, with no trailers. */
export const LAST_CHUNK: Buffer = Buffer.from('0\r\n\r\n');
const LINE_END = '\r\n';

/** `data` is not empty: an empty chunk would end the body. `last` adds the end. */
export function frameChunk(data: Buffer, last: boolean): Buffer {
  const size = data.length.toString(16) + LINE_END;
  const end = size.length + data.length;
  const framed = Buffer.allocUnsafe(end + LINE_END.length + (last ? LAST_CHUNK.length : 0));
  framed.write(size, 0, 'latin1');
  framed.set(data, size.length);
  framed.write(LINE_END, end, 'latin1');
  if (last) framed.set(LAST_CHUNK, end + LINE_END.length);
  return framed;
}
