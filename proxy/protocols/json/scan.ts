/**
 * Reads the structure of a JSON document from its bytes without building it: accepts what RFC 8259 (and JSON.parse)
 * accepts, notes where the members or elements of the outermost value lie, and tells a visitor of the rest. A body that
 * is only passed on is never turned into objects and back, which would lose big integers, repeated keys and spacing.
 * Beyond JSON.parse it refuses nesting deeper than `depthMax`. That the bytes are UTF-8 is the caller's check.
 */
import { GatehouseError } from '../../core/errors.ts';
import { describePosition } from './position.ts';
import { StringFinder } from './string-end.ts';

export const DEPTH_MAX = 128;

/** Offsets into the document; `end` is exclusive. */
export interface JsonRange {
  readonly start: number;
  readonly end: number;
}

export interface JsonMember {
  /** Decoded. */
  readonly key: string;
  readonly value: JsonRange;
}

export interface JsonDocument extends JsonRange {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal';
  /** Of the outermost object, in order, repeated keys included. */
  readonly members: readonly JsonMember[];
  /** Of the outermost array. */
  readonly elements: readonly JsonRange[];
}

export interface JsonVisitor {
  /** A member of the outermost object begins. */
  member(key: string): void;
  /** A key further inside, by its bytes between the quotes. `depth` would be 1 for the outermost value's own members. */
  nestedKey(start: number, end: number, escaped: boolean, depth: number): void;
  /** A string value further inside of at least `LONG_STRING_BYTES`, without its quotes. */
  longString(start: number, end: number): void;
}

export const LONG_STRING_BYTES = 256;

/** Throws GatehouseError invalid_json or too_deep; `what` names the document in the message, e.g. `the request body`. */
export function scanJson(
  bytes: Buffer,
  what: string,
  options: { depthMax?: number; visitor?: JsonVisitor } = {},
): JsonDocument {
  return new Scanner(bytes, what, options.depthMax ?? DEPTH_MAX, options.visitor).document();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const MINUS = 0x2d;
const ZERO = 0x30;
/** What may follow a backslash, but for u: " \ / b f n r t */
const IS_SIMPLE_ESCAPE = new Uint8Array(256);
for (const letter of '"\\/bfnrt') IS_SIMPLE_ESCAPE[letter.charCodeAt(0)] = 1;
const LITERALS: ReadonlyMap<number, Buffer> = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]),
);
/** Never a byte of JSON text, so a read past the end matches nothing. */
const END = -1;

class Scanner {
  readonly #bytes: Buffer;
  readonly #what: string;
  readonly #depthMax: number;
  readonly #visitor: JsonVisitor | undefined;
  readonly #strings: StringFinder;
  readonly #members: JsonMember[] = [];
  readonly #elements: JsonRange[] = [];
  #at = 0;
  /** Of the string read last. */
  #escaped = false;

  constructor(bytes: Buffer, what: string, depthMax: number, visitor: JsonVisitor | undefined) {
    this.#bytes = bytes;
    this.#what = what;
    this.#depthMax = depthMax;
    this.#visitor = visitor;
    this.#strings = new StringFinder(bytes);
  }

  document(): JsonDocument {
    this.#skipSpace();
    if (this.#at === this.#bytes.length) throw this.#invalid('it is empty');
    const start = this.#at;
    const kind = kindOf(this.#bytes[start] as number);
    this.#value(0);
    const end = this.#at;
    this.#skipSpace();
    if (this.#at < this.#bytes.length) throw this.#invalid('something follows the end of the JSON value');
    return { kind, start, end, members: this.#members, elements: this.#elements };
  }

  /** `depth`: how many objects and arrays are open around this value. */
  #value(depth: number): void {
    const byte = this.#peek();
    if (byte === QUOTE) {
      const start = this.#at + 1;
      this.#string();
      const end = this.#at - 1;
      if (depth > 1 && end - start >= LONG_STRING_BYTES) this.#visitor?.longString(start, end);
    } else if (byte === OPEN_BRACE) this.#object(depth + 1);
    else if (byte === OPEN_BRACKET) this.#array(depth + 1);
    else if (byte === MINUS || isDigit(byte)) this.#number();
    else this.#literal(byte);
  }

  #object(depth: number): void {
    this.#checkDepth(depth);
    this.#at += 1;
    this.#skipSpace();
    if (this.#peek() === CLOSE_BRACE) {
      this.#at += 1;
      return;
    }
    while (true) {
      if (this.#peek() !== QUOTE) throw this.#invalid('a member must begin with a name in double quotes');
      const key = this.#key(depth);
      this.#skipSpace();
      if (this.#peek() !== COLON) throw this.#invalid('a colon must follow a member name');
      this.#at += 1;
      this.#skipSpace();
      const start = this.#at;
      this.#value(depth);
      if (key !== undefined) this.#members.push({ key, value: { start, end: this.#at } });
      this.#skipSpace();
      const next = this.#peek();
      this.#at += 1;
      if (next === CLOSE_BRACE) return;
      if (next !== COMMA) throw this.#invalid('a comma or a closing brace must follow a member', this.#at - 1);
      this.#skipSpace();
    }
  }

  /** Decoded for the outermost object only. */
  #key(depth: number): string | undefined {
    const start = this.#at + 1;
    this.#string();
    const end = this.#at - 1;
    if (depth > 1) {
      this.#visitor?.nestedKey(start, end, this.#escaped, depth);
      return undefined;
    }
    const raw = this.#bytes.toString('utf8', start, end);
    const key = this.#escaped ? String(JSON.parse(`"${raw}"`)) : raw;
    this.#visitor?.member(key);
    return key;
  }

  #array(depth: number): void {
    this.#checkDepth(depth);
    this.#at += 1;
    this.#skipSpace();
    if (this.#peek() === CLOSE_BRACKET) {
      this.#at += 1;
      return;
    }
    while (true) {
      const start = this.#at;
      this.#value(depth);
      if (depth === 1) this.#elements.push({ start, end: this.#at });
      this.#skipSpace();
      const next = this.#peek();
      this.#at += 1;
      if (next === CLOSE_BRACKET) return;
      if (next !== COMMA) throw this.#invalid('a comma or a closing bracket must follow an element', this.#at - 1);
      this.#skipSpace();
    }
  }

  /** From the opening quote to behind the closing one. */
  #string(): void {
    const bytes = this.#bytes;
    this.#escaped = false;
    let at = this.#strings.next(this.#at + 1);
    while (true) {
      if (at >= bytes.length) throw this.#invalid('a string is not closed', bytes.length);
      const byte = bytes[at] as number;
      if (byte === QUOTE) break;
      if (byte !== BACKSLASH) throw this.#invalid('a control character inside a string must be escaped', at);
      this.#escaped = true;
      at = this.#strings.next(this.#escapeEnd(at));
    }
    this.#at = at + 1;
  }

  /** From a backslash to behind its escape. */
  #escapeEnd(at: number): number {
    const letter = at + 1 < this.#bytes.length ? (this.#bytes[at + 1] as number) : 0;
    if (IS_SIMPLE_ESCAPE[letter] === 1) return at + 2;
    if (letter !== 0x75) throw this.#invalid('a backslash begins no known escape', at);
    for (let digit = at + 2; digit < at + 6; digit += 1) {
      if (!isHexDigit(this.#bytes[digit] ?? END)) throw this.#invalid('\\u needs four hexadecimal digits', at);
    }
    return at + 6;
  }

  #number(): void {
    if (this.#peek() === MINUS) this.#at += 1;
    if (this.#peek() === ZERO) this.#at += 1;
    else this.#digits();
    if (this.#peek() === 0x2e) {
      this.#at += 1;
      this.#digits();
    }
    if ((this.#peek() | 0x20) === 0x65 && this.#peek() !== END) {
      this.#at += 1;
      if (this.#peek() === 0x2b || this.#peek() === MINUS) this.#at += 1;
      this.#digits();
    }
  }

  #digits(): void {
    if (!isDigit(this.#peek())) throw this.#invalid('a number is not written as JSON wants it');
    do this.#at += 1;
    while (isDigit(this.#peek()));
  }

  #literal(first: number): void {
    const word = LITERALS.get(first);
    if (word === undefined) {
      throw this.#invalid(first === END ? 'it ends too early' : 'a value must begin here');
    }
    if (this.#bytes.compare(word, 0, word.length, this.#at, Math.min(this.#at + word.length, this.#bytes.length)) !== 0)
      throw this.#invalid('a bare word must be true, false or null');
    this.#at += word.length;
  }

  #skipSpace(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < bytes.length && isSpace(bytes[at] as number)) at += 1;
    this.#at = at;
  }

  #peek(): number {
    return this.#at < this.#bytes.length ? (this.#bytes[this.#at] as number) : END;
  }

  #checkDepth(depth: number): void {
    if (depth <= this.#depthMax) return;
    throw new GatehouseError(
      'too_deep',
      `${this.#what} nests deeper than ${this.#depthMax} levels at ${describePosition(this.#bytes, this.#at)}; flatten it and send it again`,
    );
  }

  #invalid(problem: string, offset = this.#at): GatehouseError {
    return new GatehouseError(
      'invalid_json',
      `${this.#what} is not valid JSON: ${problem}, at ${describePosition(this.#bytes, Math.min(offset, this.#bytes.length))}`,
    );
  }
}

function kindOf(byte: number): JsonDocument['kind'] {
  if (byte === OPEN_BRACE) return 'object';
  if (byte === OPEN_BRACKET) return 'array';
  if (byte === QUOTE) return 'string';
  return byte === MINUS || isDigit(byte) ? 'number' : 'literal';
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66 && byte > 0);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
