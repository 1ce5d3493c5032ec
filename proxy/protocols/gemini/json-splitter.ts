/**
 * Cuts a stream of JSON without SSE framing into its objects as they arrive: one list of answers (streamGenerateContent without
 * alt=sse), or one object (an error under text/event-stream). Looks at structure only; whoever reads the objects parses them.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export interface JsonPiece {
  /** As received: the object with what stood before it (bracket, comma, white space). */
  readonly bytes: Buffer;
  /** The object alone. */
  readonly text: string;
}

type Place = 'start' | 'element' | 'between' | 'done';

export class JsonSplitter {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Where in the pending bytes the open object begins. */
  #objectStart = 0;
  #place: Place = 'start';
  #isList = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #afterComma = false;
  #broken = false;

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** The list or the object was closed, and nothing but white space followed. */
  get isDone(): boolean {
    return this.#place === 'done' && !this.#broken;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  /** What stood after the last object: the closing bracket. */
  rest(): Buffer {
    return Buffer.concat(this.#pending);
  }

  push(chunk: Buffer): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length && !this.#broken; at += 1) {
      const byte = chunk[at] as number;
      if (this.#place === 'element') {
        if (!this.#inside(byte)) continue;
        pieces.push(this.#piece(chunk.subarray(start, at + 1)));
        start = at + 1;
        this.#place = this.#isList ? 'between' : 'done';
      } else if (byte > 0x20) this.#outside(byte, this.#pendingBytes + at - start);
    }
    if (start < chunk.length) {
      this.#pending.push(chunk.subarray(start));
      this.#pendingBytes += chunk.length - start;
    }
    return pieces;
  }

  /** True when this byte closes the element. */
  #inside(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth -= 1;
    return this.#depth === 0;
  }

  #outside(byte: number, offset: number): void {
    const mayBegin = this.#place === 'start' || this.#afterComma;
    if (byte === OPEN_BRACE && mayBegin) {
      this.#place = 'element';
      this.#depth = 1;
      this.#objectStart = offset;
      this.#afterComma = false;
    } else if (byte === OPEN_BRACKET && this.#place === 'start' && !this.#isList) this.#isList = true;
    else if (byte === COMMA && this.#place === 'between' && !this.#afterComma) this.#afterComma = true;
    else if (byte === CLOSE_BRACKET && this.#isList && this.#place !== 'done' && !this.#afterComma)
      this.#place = 'done';
    else this.#broken = true;
  }

  #piece(last: Buffer): JsonPiece {
    const bytes = this.#pending.length === 0 ? last : Buffer.concat([...this.#pending, last]);
    this.#pending = [];
    this.#pendingBytes = 0;
    return { bytes, text: bytes.toString('utf8', this.#objectStart) };
  }
}
