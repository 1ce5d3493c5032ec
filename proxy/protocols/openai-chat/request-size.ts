/**
 * How many input tokens a request can have, without a tokenizer (one that meets a megabyte of one letter stops the event
 * loop for seconds). Text: byte-level encodings never make more tokens than bytes, and the JSON around each message has
 * more bytes than the few tokens its frame costs. Media: a bound per part, because a URL of forty bytes can be an image of
 * forty thousand tokens. The pipeline caps the sum at the model's context.
 */
import type { JsonVisitor } from '../json/scan.ts';
import { MarkReader } from '../request-marks.ts';

/** OpenAI's dearest: gpt-4o-mini in high detail, 2,833 + 8 tiles of 5,667 = 48,169 tokens. */
const IMAGE_TOKENS_MAX = 50_000;
/** Spoken audio is some 10 tokens a second; a reference to an earlier answer's audio has no bytes here at all. */
const AUDIO_TOKENS_MAX = 50_000;
/** A file or video by reference, a web page that the provider reads: no bound of its own but the context. */
const UNBOUNDED_TOKENS = 2_000_000;
/** What a provider adds unseen: a system line, the instructions around tool definitions. */
const HIDDEN_TOKENS_MAX = 1_000;

const IMAGE_TOKENS_LIKELY = 1_000;
const AUDIO_TOKENS_LIKELY = 500;
const FILE_TOKENS_LIKELY = 2_000;
const BYTES_PER_TOKEN_LIKELY = 4;

type Medium = 'image' | 'audio' | 'unbounded';

/** Keys that make a part of a message more than text, in the dialects of OpenAI-compatible servers. */
const MEDIA: ReadonlyMap<string, Medium> = new Map<string, Medium>([
  ['image_url', 'image'],
  ['input_image', 'image'],
  ['image', 'image'],
  ['input_audio', 'audio'],
  ['audio_url', 'audio'],
  ['audio', 'audio'],
  ['file', 'unbounded'],
  ['input_file', 'unbounded'],
  ['document_url', 'unbounded'],
  ['video_url', 'unbounded'],
  ['video', 'unbounded'],
]);
const MEDIA_KEY_BYTES_MAX = Math.max(...[...MEDIA.keys()].map((key) => key.length));
const MEDIA_INITIALS = new Uint8Array(256);
for (const key of MEDIA.keys()) MEDIA_INITIALS[key.charCodeAt(0)] = 1;
const LETTER_U = 'u'.charCodeAt(0);

/** Members that let the provider read things that are not in the request. */
const READS_ELSEWHERE: ReadonlySet<string> = new Set(['web_search_options', 'search_parameters', 'plugins']);

export interface RequestSize {
  readonly inputTokensMax: number;
  readonly inputTokensEstimate: number;
  /** Audio, or a file or video that may hold some. */
  readonly audio?: true;
}

/** Counts while the scanner reads the body. */
export class SizeVisitor implements JsonVisitor {
  readonly marks: MarkReader;
  readonly #body: Buffer;
  readonly #inputField: string;
  #inInput = false;
  #keyIsUrl = false;
  #images = 0;
  #audios = 0;
  #unbounded = 0;
  #imageBytes = 0;

  /** `inputField`: the member that holds what the model reads (`messages`, `input`). */
  constructor(body: Buffer, inputField: string) {
    this.marks = new MarkReader(body);
    this.#body = body;
    this.#inputField = inputField;
  }

  member(key: string): void {
    this.marks.member(key);
    this.#inInput = key === this.#inputField;
    if (READS_ELSEWHERE.has(key)) this.#unbounded += 1;
  }

  nestedKey(start: number, end: number, escaped: boolean): void {
    this.marks.key(start, end, escaped);
    if (!this.#inInput) return;
    this.#keyIsUrl = false;
    if (escaped) {
      // Nobody writes an escape in these keys; whoever hides a medium behind one shall not pass as text.
      this.#unbounded += 1;
      return;
    }
    const first = this.#body[start] as number;
    const length = end - start;
    if (first === LETTER_U) this.#keyIsUrl = length === 3 && this.#body.toString('latin1', start, end) === 'url';
    else if (MEDIA_INITIALS[first] === 1 && length <= MEDIA_KEY_BYTES_MAX) {
      this.#count(this.#body.toString('latin1', start, end));
    }
  }

  longString(start: number, end: number): void {
    if (this.#keyIsUrl && this.#body.toString('latin1', start, start + 11) === 'data:image/')
      this.#imageBytes += end - start;
  }

  size(): RequestSize {
    // Only as much data is taken out as there are images counted for it.
    const textBytes = this.#body.length - (this.#images > 0 ? this.#imageBytes : 0);
    return {
      inputTokensMax:
        textBytes +
        HIDDEN_TOKENS_MAX +
        this.#images * IMAGE_TOKENS_MAX +
        this.#audios * AUDIO_TOKENS_MAX +
        this.#unbounded * UNBOUNDED_TOKENS,
      inputTokensEstimate:
        Math.ceil(textBytes / BYTES_PER_TOKEN_LIKELY) +
        this.#images * IMAGE_TOKENS_LIKELY +
        this.#audios * AUDIO_TOKENS_LIKELY +
        this.#unbounded * FILE_TOKENS_LIKELY,
      ...(this.#audios + this.#unbounded > 0 ? { audio: true } : {}),
    };
  }

  #count(key: string): void {
    const medium = MEDIA.get(key);
    if (medium === 'image') this.#images += 1;
    else if (medium === 'audio') this.#audios += 1;
    else if (medium === 'unbounded') this.#unbounded += 1;
  }
}
