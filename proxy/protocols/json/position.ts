/** Where in a document something went wrong, in words a person can act on. Never quotes the document. */

const LINE_FEED = 0x0a;

/** e.g. `line 3, byte 41 (byte 97 of the body)`. Counts from 1. */
export function describePosition(bytes: Buffer, offset: number): string {
  let line = 1;
  let lineStart = 0;
  for (let next = bytes.indexOf(LINE_FEED); next >= 0 && next < offset; next = bytes.indexOf(LINE_FEED, next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return `line ${line}, byte ${offset - lineStart + 1} (byte ${offset + 1} of the body)`;
}
