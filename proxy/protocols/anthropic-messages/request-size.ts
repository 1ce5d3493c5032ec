/**
 * How many input tokens a request can have, without a tokenizer: text by its UTF-8 bytes, which no tokenizer exceeds; images
 * and documents by a bound each; what the provider reads by itself (web search, MCP servers, containers) has none but the
 * context. Read from the types of the blocks while the body is scanned.
 */
import type { JsonVisitor } from '../json/scan.ts';
import { MarkReader } from '../request-marks.ts';

/** 4,784 tokens for the largest image of the newest models; double for what comes next. */
const IMAGE_TOKENS_MAX = 10_000;
/** A document may have hundreds of pages, each both text and image. */
const UNBOUNDED_TOKENS = 2_000_000;
/** The provider's own instructions around tools: some hundred tokens each kind. */
const HIDDEN_TOKENS_MAX = 2_000;

const IMAGE_TOKENS_LIKELY = 1_500;
const DOCUMENT_TOKENS_LIKELY = 3_000;
const ELSEWHERE_TOKENS_LIKELY = 3_000;
/** Claude's tokens are shorter than others'. */
const BYTES_PER_TOKEN_LIKELY = 3.5;

const TYPE_KEY = 'type';
/** The value behind `"type"`, from the quote that closes the key. */
const TYPE_VALUE = /^"\s*:\s*"([a-z_0-9]{1,40})"/;
const TYPE_VALUE_BYTES_MAX = 64;
/** Base64 of PNG, JPEG, GIF, WebP and PDF files: bytes that are no text. */
const MEDIA_MAGIC = /^(?:iVBORw|\/9j\/|R0lGOD|UklGR|JVBERi)/;
/** Members that let the provider read or remember things that are not in the request. */
const READS_ELSEWHERE: ReadonlySet<string> = new Set(['mcp_servers', 'container', 'thread']);
/** `web_search_20250305`: the dated types of tools that the provider knows. */
const SERVER_TOOL = /_20\d{6}$/;

export interface RequestSize {
  readonly inputTokensMax: number;
  readonly inputTokensEstimate: number;
}

/** Counts while the scanner reads the body. */
export class SizeVisitor implements JsonVisitor {
  readonly marks: MarkReader;
  readonly #body: Buffer;
  #inMessages = false;
  #inTools = false;
  #images = 0;
  #documents = 0;
  #elsewhere = 0;
  #mediaBytes = 0;

  constructor(body: Buffer) {
    this.marks = new MarkReader(body);
    this.#body = body;
  }

  member(key: string): void {
    this.marks.member(key);
    this.#inMessages = key === 'messages';
    this.#inTools = key === 'tools';
    if (READS_ELSEWHERE.has(key)) this.#elsewhere += 1;
  }

  nestedKey(start: number, end: number, escaped: boolean): void {
    this.marks.key(start, end, escaped);
    if (!(this.#inMessages || this.#inTools)) return;
    if (escaped) {
      // Nobody writes an escape in these keys; whoever hides a medium behind one shall not pass as text.
      this.#elsewhere += 1;
      return;
    }
    if (end - start !== TYPE_KEY.length || this.#body.toString('latin1', start, end) !== TYPE_KEY) return;
    const type = TYPE_VALUE.exec(this.#body.toString('latin1', end, end + TYPE_VALUE_BYTES_MAX))?.[1];
    if (type !== undefined) this.#count(type);
  }

  longString(start: number, end: number): void {
    if (this.#inMessages && MEDIA_MAGIC.test(this.#body.toString('latin1', start, start + 8))) {
      this.#mediaBytes += end - start;
    }
  }

  size(): RequestSize {
    const media = this.#images + this.#documents;
    // Only where something is counted for the bytes are they taken out.
    const textBytes = this.#body.length - (media > 0 ? this.#mediaBytes : 0);
    return {
      inputTokensMax:
        textBytes +
        HIDDEN_TOKENS_MAX +
        this.#images * IMAGE_TOKENS_MAX +
        (this.#documents + this.#elsewhere) * UNBOUNDED_TOKENS,
      inputTokensEstimate:
        Math.ceil(textBytes / BYTES_PER_TOKEN_LIKELY) +
        this.#images * IMAGE_TOKENS_LIKELY +
        this.#documents * DOCUMENT_TOKENS_LIKELY +
        this.#elsewhere * ELSEWHERE_TOKENS_LIKELY,
    };
  }

  #count(type: string): void {
    if (this.#inTools) {
      if (SERVER_TOOL.test(type)) this.#elsewhere += 1;
      return;
    }
    if (type === 'image') this.#images += 1;
    else if (type === 'document' || type === 'container_upload') this.#documents += 1;
  }
}
