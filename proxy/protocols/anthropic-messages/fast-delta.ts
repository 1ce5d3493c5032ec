/**
 * Nearly every frame of a stream is one text delta. Anthropic writes them all alike (and pads them with spaces behind the
 * value), so one regular expression on the Latin-1 text tells the block and the bytes of the piece without parsing.
 */

const DELTA =
  /^event: content_block_delta\ndata: \{"type":"content_block_delta","index":(\d{1,6}),"delta":\{"type":"(?:text_delta","text|thinking_delta","thinking|input_json_delta","partial_json)":"([ !#-[\]-\xff]*(?:\\["\\/bfnrtu][ !#-[\]-\xff]*)*)"\} *\} *\n\n$/;

/** Longer ones are rare, and parsing them costs less than it seems. */
const FRAME_LENGTH_MAX = 16_384;

export interface FastDelta {
  readonly index: number;
  readonly textBytes: number;
}

/** Undefined when the frame is another one, or is written in another way. */
export function matchDelta(text: string): FastDelta | undefined {
  const match = text.length > FRAME_LENGTH_MAX ? null : DELTA.exec(text);
  if (match === null) return undefined;
  return { index: Number(match[1]), textBytes: (match[2] as string).length };
}
