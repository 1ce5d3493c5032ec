/**
 * How many input tokens a request can have, without a tokenizer. Text: byte-level encodings never make more tokens than
 * bytes, and the JSON around it has more bytes than the few tokens its frame costs. Media: a bound for each image and file.
 * What the provider keeps (earlier responses, conversations) or looks up (searches, tools it runs) has no bytes here at all
 * and no bound but the model's context, at which the pipeline caps the sum.
 */
import type { JsonVisitor } from '../json/scan.ts';
import { MarkReader } from '../request-marks.ts';

/** OpenAI's dearest: gpt-4o-mini in high detail, 2,833 + 8 tiles of 5,667 = 48,169 tokens. */
const IMAGE_TOKENS_MAX = 50_000;
const UNBOUNDED_TOKENS = 2_000_000;
/** What a provider adds unseen: a system line, the instructions around tool definitions. */
const HIDDEN_TOKENS_MAX = 1_000;

const IMAGE_TOKENS_LIKELY = 1_000;
const FILE_TOKENS_LIKELY = 2_000;
const BYTES_PER_TOKEN_LIKELY = 4;

type Medium = 'image' | 'unbounded';

/** Keys that make a part of an item more than text. */
const MEDIA: ReadonlyMap<string, Medium> = new Map<string, Medium>([
  ['image_url', 'image'],
  ['file_id', 'unbounded'],
  ['file_data', 'unbounded'],
  ['file_url', 'unbounded'],
  ['input_audio', 'unbounded'],
]);
const MEDIA_LENGTHS: ReadonlySet<number> = new Set([...MEDIA.keys()].map((key) => key.length));

/** Members that bring in what is not in the request. */
const READS_ELSEWHERE: ReadonlySet<string> = new Set(['previous_response_id', 'conversation', 'prompt']);

/** Tools the provider runs by itself, whose results it reads as input. */
const HOSTED_TOOL =
  /"type"\s*:\s*"(?:web_search|file_search|code_interpreter|mcp|computer|image_generation|shell|programmatic)/;

export interface RequestSize {
  readonly inputTokensMax: number;
  readonly inputTokensEstimate: number;
  /** Audio, or a file that may hold some. */
  readonly audio?: true;
}

/** Counts while the scanner reads the body. */
export class SizeVisitor implements JsonVisitor {
  readonly marks: MarkReader;
  readonly #body: Buffer;
  #member = '';
  #keyIsImage = false;
  #images = 0;
  #unbounded = 0;
  #imageBytes = 0;

  constructor(body: Buffer) {
    this.marks = new MarkReader(body);
    this.#body = body;
  }

  member(key: string): void {
    this.marks.member(key);
    this.#member = key;
  }

  nestedKey(start: number, end: number, escaped: boolean): void {
    this.marks.key(start, end, escaped);
    if (this.#member !== 'input') return;
    this.#keyIsImage = false;
    if (escaped) {
      // Nobody writes an escape in these keys; whoever hides a medium behind one shall not pass as text.
      this.#unbounded += 1;
      return;
    }
    if (!MEDIA_LENGTHS.has(end - start)) return;
    const medium = MEDIA.get(this.#body.toString('latin1', start, end));
    if (medium === 'unbounded') this.#unbounded += 1;
    if (medium !== 'image') return;
    this.#images += 1;
    this.#keyIsImage = true;
  }

  longString(start: number, end: number): void {
    if (this.#keyIsImage && this.#body.toString('latin1', start, start + 11) === 'data:image/') {
      this.#imageBytes += end - start;
    }
  }

  /** `present`: the members that are there and not null. */
  size(present: ReadonlySet<string>, tools: Buffer | undefined): RequestSize {
    let unbounded = this.#unbounded;
    for (const member of READS_ELSEWHERE) if (present.has(member)) unbounded += 1;
    if (tools !== undefined && HOSTED_TOOL.test(tools.toString('latin1'))) unbounded += 1;
    // Only as much data is taken out as there are images counted for it.
    const textBytes = this.#body.length - (this.#images > 0 ? this.#imageBytes : 0);
    return {
      inputTokensMax: textBytes + HIDDEN_TOKENS_MAX + this.#images * IMAGE_TOKENS_MAX + unbounded * UNBOUNDED_TOKENS,
      inputTokensEstimate:
        Math.ceil(textBytes / BYTES_PER_TOKEN_LIKELY) +
        this.#images * IMAGE_TOKENS_LIKELY +
        unbounded * FILE_TOKENS_LIKELY,
      ...(unbounded > 0 ? { audio: true } : {}),
    };
  }
}
