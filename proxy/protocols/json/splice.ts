/** Edits of a document by their places in its bytes. */
import type { Splice } from './lower-numbers.ts';

/** The very same buffer when there is nothing to edit. The places must not overlap; an insertion has no length. */
export function splice(body: Buffer, splices: readonly Splice[]): Buffer {
  if (splices.length === 0) return body;
  const pieces: Buffer[] = [];
  let at = 0;
  // Behind the replacement that ends where it stands, an insertion goes before a removal that begins there.
  for (const { start, end, text } of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(body.subarray(at, start), Buffer.from(text));
    at = end;
  }
  pieces.push(body.subarray(at));
  return Buffer.concat(pieces);
}
