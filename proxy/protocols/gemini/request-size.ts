/**
 * How many input tokens a request can have, without a tokenizer: text by its UTF-8 bytes, which no tokenizer exceeds; images by a
 * bound each; documents, videos, files by reference and what Google reads by itself have none but the model's context. Read from
 * the keys while the body is scanned.
 */
import type { JsonVisitor } from '../json/scan.ts';
import { MarkReader } from '../request-marks.ts';

/** Tiles of 258 tokens for the largest image of 2.5, 2,240 tokens in the highest resolution of 3: double what is known. */
const IMAGE_TOKENS_MAX = 10_000;
const UNBOUNDED_TOKENS = 2_000_000;
/** What Google adds unseen around tools. */
const HIDDEN_TOKENS_MAX = 1_000;

const IMAGE_TOKENS_LIKELY = 500;
const FILE_TOKENS_LIKELY = 2_000;
const BYTES_PER_TOKEN_LIKELY = 4;

const CONTENT_MEMBERS: ReadonlySet<string> = new Set([
  'contents',
  'systemInstruction',
  'system_instruction',
  'generateContentRequest',
  'generate_content_request',
]);

type Medium = 'image' | 'unbounded';

/** Audio inside the request has fewer tokens (32 a second) than bytes, and its bytes are counted. */
const KEYS: ReadonlyMap<string, Medium> = new Map<string, Medium>([
  ['inlineData', 'image'],
  ['inline_data', 'image'],
  ['fileData', 'unbounded'],
  ['file_data', 'unbounded'],
]);
const TYPE_KEYS: ReadonlySet<string> = new Set(['mimeType', 'mime_type']);
const DATA_KEY = 'data';
const KEY_BYTES_MAX = 12;
/** The value behind a key, from the quote that closes it: pages and seconds that a few bytes can hold. */
const LARGE_TYPE = /^"\s*:\s*"(?:application\/(?!json|xml|javascript)|video\/)/i;
const TYPE_BYTES_MAX = 64;
/** Base64 of PNG, JPEG, GIF and WebP files: bytes that are no text. */
const IMAGE_MAGIC = /^(?:iVBORw|\/9j\/|R0lGOD|UklGR)/;

/** Members and tools by which Google reads what is not in the request. */
const CACHED: ReadonlySet<string> = new Set(['cachedContent', 'cached_content']);
const READING_TOOLS =
  /^(?:google_?search|google_?search_?retrieval|url_?context|code_?execution|file_?search|google_?maps|mcp_?servers|computer_?use)$/i;
const TOOL_KEY_BYTES_MAX = 24;

export interface RequestSize {
  readonly inputTokensMax: number;
  readonly inputTokensEstimate: number;
  /** Data of any kind, which may be or hold audio. */
  readonly audio?: true;
}

/** Counts while the scanner reads the body. */
export class SizeVisitor implements JsonVisitor {
  readonly marks: MarkReader;
  readonly #body: Buffer;
  #inContents = false;
  #inTools = false;
  #keyIsData = false;
  #images = 0;
  #unbounded = 0;
  #imageBytes = 0;

  constructor(body: Buffer) {
    this.marks = new MarkReader(body);
    this.#body = body;
  }

  member(key: string): void {
    this.marks.member(key);
    this.#inContents = CONTENT_MEMBERS.has(key);
    this.#inTools = key === 'tools';
    if (CACHED.has(key)) this.#unbounded += 1;
  }

  nestedKey(start: number, end: number, escaped: boolean, depth: number): void {
    this.marks.key(start, end, escaped);
    this.#keyIsData = false;
    if (!(this.#inContents || this.#inTools)) return;
    if (escaped) {
      // Nobody writes an escape in these keys; whoever hides a medium behind one shall not pass as text.
      this.#unbounded += 1;
      return;
    }
    const length = end - start;
    if (this.#inTools) {
      if (depth <= 3 && length <= TOOL_KEY_BYTES_MAX && READING_TOOLS.test(this.#body.toString('latin1', start, end)))
        this.#unbounded += 1;
      return;
    }
    if (length > KEY_BYTES_MAX) return;
    const key = this.#body.toString('latin1', start, end);
    this.#keyIsData = key === DATA_KEY;
    const medium = KEYS.get(key);
    if (medium === 'image') this.#images += 1;
    else if (medium === 'unbounded') this.#unbounded += 1;
    else if (TYPE_KEYS.has(key) && LARGE_TYPE.test(this.#body.toString('latin1', end, end + TYPE_BYTES_MAX)))
      this.#unbounded += 1;
  }

  longString(start: number, end: number): void {
    if (this.#keyIsData && IMAGE_MAGIC.test(this.#body.toString('latin1', start, start + 8)))
      this.#imageBytes += end - start;
  }

  size(): RequestSize {
    // Only as much data is taken out as there are images counted for it.
    const textBytes = this.#body.length - (this.#images > 0 ? this.#imageBytes : 0);
    return {
      inputTokensMax:
        textBytes + HIDDEN_TOKENS_MAX + this.#images * IMAGE_TOKENS_MAX + this.#unbounded * UNBOUNDED_TOKENS,
      inputTokensEstimate:
        Math.ceil(textBytes / BYTES_PER_TOKEN_LIKELY) +
        this.#images * IMAGE_TOKENS_LIKELY +
        this.#unbounded * FILE_TOKENS_LIKELY,
      ...(this.#images + this.#unbounded > 0 ? { audio: true } : {}),
    };
  }
}
