/** The fields of a request body that this gateway acts on, read from their places in the bytes. */
import { GatehouseError } from '../../core/errors.ts';
import { asObject } from '../../core/json-value.ts';
import { checkEncoding, invalid, REQUEST_BODY } from '../json/request-body.ts';
import { type JsonMember, type JsonRange, type JsonVisitor, scanJson } from '../json/scan.ts';

/** Some clients write a huge number for "no limit". No model writes this much, and sums of money stay whole numbers. */
const OUTPUT_TOKENS_MAX = 10_000_000;
/** OpenAI takes 128. */
const CHOICES_MAX = 1_000;

export class RequestFields<Name extends string> {
  readonly #body: Buffer;
  readonly #ranges: ReadonlyMap<string, JsonRange>;
  /** Of the whole body, in order. */
  readonly members: readonly JsonMember[];

  /**
   * Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request. A field that stands twice is refused:
   * which one counts would be the provider's guess, not ours.
   */
  constructor(body: Buffer, names: readonly Name[], visitor: JsonVisitor) {
    checkEncoding(body);
    const document = scanJson(body, REQUEST_BODY, { visitor });
    if (document.kind !== 'object')
      throw new GatehouseError('invalid_request', `${REQUEST_BODY} must be a JSON object`);
    const wanted: ReadonlySet<string> = new Set(names);
    const ranges = new Map<string, JsonRange>();
    for (const { key, value } of document.members) {
      if (!wanted.has(key)) continue;
      if (ranges.has(key)) throw invalid(key, `"${key}" stands twice in ${REQUEST_BODY}; send it once`);
      ranges.set(key, value);
    }
    this.#body = body;
    this.#ranges = ranges;
    this.members = document.members;
  }

  range(name: Name): JsonRange | undefined {
    return this.#ranges.get(name);
  }

  /** The bytes of a field; undefined when it is absent. */
  bytes(name: Name): Buffer | undefined {
    const range = this.#ranges.get(name);
    return range === undefined ? undefined : this.#body.subarray(range.start, range.end);
  }

  /** Undefined for null too. Long ones (a model name of a megabyte) cost what they cost: the body limit bounds it. */
  value(name: Name): unknown {
    const bytes = this.bytes(name);
    const value: unknown = bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'));
    return value === null ? undefined : value;
  }

  text(name: Name, missing: string, wrong: string): string {
    const bytes = this.bytes(name);
    const text: unknown = bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'));
    if (typeof text === 'string' && text !== '') return text;
    throw invalid(name, text === undefined ? missing : wrong);
  }

  flag(name: Name): boolean {
    const value = this.value(name) ?? false;
    if (typeof value !== 'boolean') throw invalid(name, `"${name}" must be true or false`);
    return value;
  }

  object(name: Name): Readonly<Record<string, unknown>> | undefined {
    const value = this.value(name);
    const object = asObject(value);
    if (value !== undefined && object === undefined) throw invalid(name, `"${name}" must be an object`);
    return object;
  }

  integer(name: Name, min: 0 | 1): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min) {
      throw invalid(name, `"${name}" must be a whole number from ${min} up`);
    }
    return value;
  }

  /** How many tokens the client allows; the larger of several names. */
  outputTokens(names: readonly Name[], min: 0 | 1): { readonly maxOutputTokens?: number } {
    const limits = names.flatMap((name) => this.integer(name, min) ?? []);
    return limits.length === 0 ? {} : { maxOutputTokens: Math.min(Math.max(...limits), OUTPUT_TOKENS_MAX) };
  }

  /** `n` and its like. */
  count(name: Name): number {
    const count = this.integer(name, 1) ?? 1;
    if (count > CHOICES_MAX) throw invalid(name, `"${name}" must be ${CHOICES_MAX} at most`);
    return count;
  }
}

export function readModel(fields: RequestFields<'model'>): string {
  return fields.text(
    'model',
    'the field "model" is missing; name a model, as in provider/model-id',
    '"model" must be a non-empty string, as in provider/model-id',
  );
}

/** `stream`, and whether usage was asked for in it. */
export function readStream(fields: RequestFields<'stream' | 'stream_options'>): {
  stream: boolean;
  wantsUsage: boolean;
} {
  const stream = fields.flag('stream');
  const options = fields.object('stream_options');
  return { stream, wantsUsage: stream && options?.include_usage === true };
}
