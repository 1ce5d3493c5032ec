/**
 * Cuts an event stream into frames at blank lines without changing a byte. Lines end in LF, CRLF or CR; the cut is the
 * same however the network split the bytes, inside a CRLF or a UTF-8 character too.
 */

const LINE_FEED = '\n';
const CARRIAGE_RETURN = '\r';

/** One event with its blank line, or comment lines with theirs. */
export interface Frame {
  /** The bytes as Latin-1, one character a byte: cheap to compare; `text` of an ASCII frame is its real text. */
  readonly text: string;
  /** The frame is `bytes.subarray(start, end)`. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

type LineEnd = 'none' | 'lf' | 'cr' | 'crlf';

export class FrameSplitter {
  readonly #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** No byte yet on the current line. */
  #lineEmpty = true;
  /** How the previous line of this frame ended. */
  #lineEnd: LineEnd = 'none';
  /** The last byte was a CR that ended a line; an LF now belongs to it. */
  #afterReturn = false;
  /** A blank line's CR was the last byte, in a frame whose lines end in CRLF: the LF is still to come. */
  #awaitsFeed = false;

  /** Bytes held because their frame is not complete. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** The next byte begins a frame: a chunk that is one whole frame may be taken past here. */
  get betweenFrames(): boolean {
    return this.#pendingBytes === 0 && this.#lineEmpty && !this.#afterReturn;
  }

  /** The frames that this chunk completes, in order. `text`: the chunk as Latin-1, where it is there already. */
  push(chunk: Buffer, text = chunk.toString('latin1')): Frame[] {
    const frames: Frame[] = [];
    const start =
      this.#afterReturn || this.#awaitsFeed || text.includes(CARRIAGE_RETURN)
        ? this.#splitAnyLines(chunk, text, frames)
        : this.#splitFeedLines(chunk, text, frames);
    if (start < chunk.length) {
      this.#pending.push(start === 0 ? chunk : chunk.subarray(start));
      this.#pendingBytes += chunk.length - start;
    }
    return frames;
  }

  /** What never saw its blank line, with one; undefined when nothing is left. */
  flush(): Frame | undefined {
    if (this.#pendingBytes === 0) return undefined;
    const missing = this.#awaitsFeed ? '' : this.#lineEmpty && !this.#afterReturn ? '\n' : '\n\n';
    return this.#frame(Buffer.from(missing), missing, 0, missing.length);
  }

  /** The usual case, with no CR around: two searches a frame. Returns where the open frame begins. */
  #splitFeedLines(chunk: Buffer, text: string, frames: Frame[]): number {
    let frameStart = 0;
    let lineStart = 0;
    let lineEmpty = this.#lineEmpty;
    for (let feed = text.indexOf(LINE_FEED); feed >= 0; feed = text.indexOf(LINE_FEED, lineStart)) {
      if (feed === lineStart && lineEmpty) {
        frames.push(this.#frame(chunk, text, frameStart, feed + 1));
        frameStart = feed + 1;
        this.#lineEnd = 'none';
      } else {
        this.#lineEnd = 'lf';
      }
      lineEmpty = true;
      lineStart = feed + 1;
    }
    this.#lineEmpty = lineStart === text.length ? lineEmpty : false;
    return frameStart;
  }

  #splitAnyLines(chunk: Buffer, text: string, frames: Frame[]): number {
    let frameStart = 0;
    const close = (end: number) => {
      frames.push(this.#frame(chunk, text, frameStart, end));
      frameStart = end;
      this.#lineEnd = 'none';
      this.#awaitsFeed = false;
    };
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at];
      if (this.#awaitsFeed && char !== LINE_FEED) close(at);
      if (char === LINE_FEED && this.#afterReturn) {
        this.#afterReturn = false;
        if (this.#awaitsFeed) close(at + 1);
        else if (this.#lineEnd === 'cr') this.#lineEnd = 'crlf';
        continue;
      }
      this.#afterReturn = char === CARRIAGE_RETURN;
      if (char !== LINE_FEED && char !== CARRIAGE_RETURN) {
        this.#lineEmpty = false;
        continue;
      }
      const blank = this.#lineEmpty;
      this.#lineEmpty = true;
      if (!blank) this.#lineEnd = char === LINE_FEED ? 'lf' : 'cr';
      else if (char === CARRIAGE_RETURN && this.#lineEnd === 'crlf') this.#awaitsFeed = true;
      else close(at + 1);
    }
    return frameStart;
  }

  #frame(chunk: Buffer, text: string, start: number, end: number): Frame {
    if (this.#pendingBytes === 0) return { text: text.slice(start, end), bytes: chunk, start, end };
    this.#pending.push(chunk.subarray(start, end));
    const bytes = Buffer.concat(this.#pending);
    this.#pending.length = 0;
    this.#pendingBytes = 0;
    return { text: bytes.toString('latin1'), bytes, start: 0, end: bytes.length };
  }
}
