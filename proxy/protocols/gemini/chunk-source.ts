/**
 * A stream's bytes as the chunks in it, whichever of its three forms it has: server-sent events (alt=sse), one JSON list (without
 * it), or a bare JSON object (an error under text/event-stream). The first byte that is no white space tells.
 */
import type { Json } from '../../core/json.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { type Frame, FrameSplitter } from '../sse/frame-splitter.ts';
import { parseFrame } from '../sse/parse-frame.ts';
import { JsonSplitter } from './json-splitter.ts';

/** `undefined` in `value`: the frame holds no JSON. `bytes`: as received, with the framing. */
export interface WireChunk {
  readonly value: Json | undefined;
  readonly bytes: Buffer;
  /** JSON without `data:` in a stream of events: some servers send their errors so. */
  readonly bare: boolean;
}

const DONE = '[DONE]';
const OPENERS = new Set([0x5b, 0x7b]);

export class ChunkSource {
  readonly #sse = new FrameSplitter();
  readonly #json = new JsonSplitter();
  #form: 'unknown' | 'sse' | 'json' = 'unknown';

  get pendingBytes(): number {
    return this.#form === 'json' ? this.#json.pendingBytes : this.#sse.pendingBytes;
  }

  get isList(): boolean {
    return this.#form === 'json';
  }

  push(chunk: Buffer): WireChunk[] {
    if (this.#form === 'unknown') {
      const first = chunk.findIndex((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
      if (first < 0) return [];
      this.#form = OPENERS.has(chunk[first] as number) ? 'json' : 'sse';
      return this.push(this.#form === 'json' ? chunk.subarray(first) : chunk);
    }
    if (this.#form === 'sse') {
      const data = this.#sse.pendingBytes === 0 ? onlyEvent(chunk) : undefined;
      if (data !== undefined) return [{ value: tryParseLossless(data), bytes: chunk, bare: false }];
      return this.#sse.push(chunk).flatMap((frame) => this.#fromFrame(frame));
    }
    const pieces = this.#json
      .push(chunk)
      .map(({ bytes, text }) => ({ value: tryParseLossless(text), bytes, bare: false }));
    // What stands between the objects is not JSON: nobody can tell where the next one begins.
    return this.#json.isBroken ? [...pieces, { value: undefined, bytes: Buffer.alloc(0), bare: false }] : pieces;
  }

  /** What the end of the stream completes. `cut`: it ended inside of something. */
  end(): { readonly chunks: WireChunk[]; readonly rest?: Buffer; readonly cut: boolean } {
    if (this.#form === 'json') return { chunks: [], rest: this.#json.rest(), cut: !this.#json.isDone };
    const frame = this.#sse.flush();
    if (frame === undefined || frame.text.trim() === '' || frame.text.startsWith(':'))
      return { chunks: [], cut: false };
    const chunks = this.#fromFrame(frame);
    // The end stands for a blank line that was left out, but not for the rest of an event.
    const whole = chunks.length > 0 && chunks.every(({ value }) => value !== undefined);
    return whole ? { chunks, cut: false } : { chunks: [], cut: true };
  }

  #fromFrame(frame: Frame): WireChunk[] {
    const bytes = frame.bytes.subarray(frame.start, frame.end);
    const event = parseFrame(frame);
    if (event === undefined) {
      if (!/^\s*[[{]/.test(frame.text)) return [];
      return [{ value: tryParseLossless(bytes.toString('utf8')), bytes, bare: true }];
    }
    if (event.data.trim() === DONE) return [];
    return [{ value: tryParseLossless(event.data), bytes, bare: false }];
  }
}

const DATA = 'data: ';
const BLANK_LINE = '\r\n\r\n';
const RETURN = 0x0d;
const FEED = 0x0a;

/** The data of a chunk that is one event as Google writes it, which most are; undefined for any other. */
function onlyEvent(chunk: Buffer): string | undefined {
  const end = chunk.length - BLANK_LINE.length;
  if (end <= DATA.length || chunk.indexOf(RETURN) !== end || chunk.indexOf(FEED) !== end + 1) return undefined;
  if (chunk.toString('latin1', 0, DATA.length) !== DATA || chunk.toString('latin1', end) !== BLANK_LINE)
    return undefined;
  const text = chunk.toString('utf8', DATA.length, end);
  return text === DONE ? undefined : text;
}
