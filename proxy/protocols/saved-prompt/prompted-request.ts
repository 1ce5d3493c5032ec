/**
 * A request body that names a saved prompt, and the edits that put the prompt in its place: the `prompt` member makes room
 * for what the request lacks, and what it has keeps every byte.
 */
import type { Splice } from '../json/lower-numbers.ts';
import { invalid, REQUEST_BODY } from '../json/request-body.ts';
import type { JsonDocument, JsonRange } from '../json/scan.ts';
import { splice } from '../json/splice.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_BRACKET = 0x5d;
const FIRST_BYTES: Readonly<Record<number, JsonKind>> = { 34: 'string', 91: 'array', 123: 'object' };

type JsonKind = 'string' | 'array' | 'object';

export class PromptedRequest {
  readonly #body: Buffer;
  readonly #document: JsonDocument;
  /** Of the `prompt` member among the others. */
  readonly #index: number;
  readonly #nameOf: (key: string) => string;
  readonly #splices: Splice[] = [];
  readonly #added: string[] = [];

  /** `nameOf`: where a protocol allows several spellings of a name, the one that counts. */
  constructor(body: Buffer, document: JsonDocument, index: number, nameOf = (key: string) => key) {
    this.#body = body;
    this.#document = document;
    this.#index = index;
    this.#nameOf = nameOf;
  }

  has(name: string): boolean {
    return this.#range(name) !== undefined;
  }

  /** Undefined: absent or null, which is for `put`. Throws GatehouseError invalid_request when the field stands twice. */
  place(name: string): JsonRange | undefined {
    const range = this.#range(name);
    return range === undefined || this.text(range) === 'null' ? undefined : range;
  }

  kind({ start }: JsonRange): JsonKind | undefined {
    return FIRST_BYTES[this.#body[start] ?? 0];
  }

  text({ start, end }: JsonRange): string {
    return this.#body.toString('utf8', start, end);
  }

  bytes({ start, end }: JsonRange): Buffer {
    return this.#body.subarray(start, end);
  }

  /** `json` as the value of the field: in the place of what it says, or as a new one. */
  put(name: string, json: string): void {
    const range = this.#range(name);
    if (range === undefined) this.#added.push(`${JSON.stringify(name)}:${json}`);
    else this.#splices.push({ ...range, text: json });
  }

  /** What the request leaves out. A null is the client's word, too. */
  fill(values: Readonly<Record<string, string | number | undefined>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && !this.has(name)) this.put(name, JSON.stringify(value));
    }
  }

  /** Elements before those of a list. */
  prepend(list: JsonRange, elements: readonly string[]): void {
    if (elements.length === 0) return;
    const inside = list.start + 1;
    const comma = this.#body[skipSpace(this.#body, inside)] === CLOSE_BRACKET ? '' : ',';
    this.#splices.push({ start: inside, end: inside, text: elements.join(',') + comma });
  }

  /** The value stays as it is, with something before and behind it. */
  wrap({ start, end }: JsonRange, before: string, behind: string): void {
    this.#splices.push({ start, end: start, text: before }, { start: end, end, text: behind });
  }

  insert(at: number, text: string): void {
    this.#splices.push({ start: at, end: at, text });
  }

  /** The body without its `prompt` member and with all edits. */
  edited(): Buffer {
    return splice(this.#body, [...this.#splices, { ...this.#room(), text: this.#added.join(',') }]);
  }

  #range(name: string): JsonRange | undefined {
    const [found, again] = this.#document.members.filter(({ key }) => this.#nameOf(key) === name);
    if (again !== undefined) throw invalid(name, `"${name}" stands twice in ${REQUEST_BODY}; send it once`);
    return found?.value;
  }

  /** Where new members go: instead of the `prompt` member; without any, its comma goes too. */
  #room(): JsonRange {
    const { members, start } = this.#document;
    const member = members[this.#index];
    if (member === undefined) throw new RangeError('there is no such member');
    const { end } = member.value;
    const before = members[this.#index - 1]?.value.end;
    if (this.#added.length > 0) return { start: this.#body.indexOf(QUOTE, before ?? start), end };
    if (before !== undefined) return { start: before, end };
    return { start: start + 1, end: members.length === 1 ? end : this.#body.indexOf(COMMA, end) + 1 };
  }
}

function skipSpace(body: Buffer, from: number): number {
  let at = from;
  while ((body[at] ?? QUOTE) <= 0x20) at += 1;
  return at;
}
