/**
 * Tools with free text as input become functions with one text argument where the target knows no others, and the argument
 * is taken out again on the way back: `{"input":"*** Begin Patch\n..."}` to the patch itself, piece by piece in a stream.
 */
import { asObject } from '../../core/json-value.ts';

export const INPUT_ARGUMENT = 'input';

export function wrapInput(text: string): string {
  return JSON.stringify({ [INPUT_ARGUMENT]: text });
}

/** Models that did not keep to the schema sent the text itself, or as a JSON string: what they wrote is the input. */
export function unwrapInput(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return json;
    throw error;
  }
  if (typeof value === 'string') return value;
  const input = asObject(value)?.[INPUT_ARGUMENT];
  return typeof input === 'string' ? input : json;
}

const OPENING = /^\s*\{\s*"input"\s*:\s*"/;
/** White space aside, an opening is shorter. */
const OPENING_LENGTH_MAX = 64;
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads the argument while the JSON arrives. */
export class InputReader {
  #state: 'opening' | 'inside' | 'closed' | 'whole' = 'opening';
  /** Not decoded yet: all of it before the opening quote is found, half an escape inside the text. */
  #pending = '';

  /** The text that this piece of JSON adds. */
  push(json: string): string {
    this.#pending += json;
    if (this.#state === 'opening') this.#open();
    return this.#state === 'inside' ? this.#decode() : '';
  }

  /** What is left when the arguments are complete. */
  end(): string {
    const left = this.#state === 'opening' || this.#state === 'whole' ? unwrapInput(this.#pending) : '';
    this.#state = 'closed';
    this.#pending = '';
    return left;
  }

  #open(): void {
    const found = OPENING.exec(this.#pending);
    if (found !== null) {
      this.#state = 'inside';
      this.#pending = this.#pending.slice(found[0].length);
    } else if (this.#pending.trimStart().length > OPENING_LENGTH_MAX) {
      this.#state = 'whole';
    }
  }

  #decode(): string {
    const text = this.#pending;
    let out = '';
    let at = 0;
    while (at < text.length) {
      const char = text[at];
      if (char === '"') {
        this.#state = 'closed';
        this.#pending = '';
        return out;
      }
      const plainEnd = char === '\\' ? at : nextSpecial(text, at);
      if (plainEnd > at) {
        out += text.slice(at, plainEnd);
        at = plainEnd;
        continue;
      }
      const escaped = readEscape(text, at);
      if (escaped === undefined) break;
      out += escaped.text;
      at = escaped.end;
    }
    this.#pending = text.slice(at);
    return out;
  }
}

function nextSpecial(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"' && text[at] !== '\\') at += 1;
  return at;
}

/** Undefined when the escape is not complete. A surrogate pair written as two escapes is one character. */
function readEscape(text: string, at: number): { text: string; end: number } | undefined {
  const letter = text[at + 1];
  if (letter === undefined) return undefined;
  if (letter !== 'u') return { text: ESCAPED[letter] ?? letter, end: at + 2 };
  const first = codeUnit(text, at);
  if (first === undefined) return undefined;
  if (first < 0xd800 || first > 0xdbff) return { text: String.fromCharCode(first), end: at + 6 };
  if (text.length < at + 8) return undefined;
  if (!text.startsWith('\\u', at + 6)) return { text: String.fromCharCode(first), end: at + 6 };
  const second = codeUnit(text, at + 6);
  if (second === undefined) return undefined;
  return { text: String.fromCharCode(first, second), end: at + 12 };
}

function codeUnit(text: string, at: number): number | undefined {
  const digits = text.slice(at + 2, at + 6);
  return digits.length < 4 ? undefined : Number.parseInt(digits, 16);
}
