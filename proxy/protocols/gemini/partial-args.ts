/**
 * Arguments that come piece by piece: `partialArgs` name a place by a JSON path (`$.items[0].price`) and give a value, strings in
 * several pieces. Written as JSON text as they come, as long as the places follow each other as in a document. A place that
 * was closed already can't be written to again: that is malformed.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { printLossless } from '../json/lossless.ts';
import { asJsonObject, booleanField, field, listField, textField } from './wire.ts';

type Step = string | number;

interface OpenContainer {
  /** Where it stands in the one around it; undefined for the outermost. */
  readonly step: Step | undefined;
  readonly isArray: boolean;
  readonly keys: Set<Step>;
}

const DEPTH_MAX = 64;

export class PartialArguments {
  readonly #open: OpenContainer[] = [];
  /** The path of a string that goes on. */
  #string: string | undefined;

  /** A string was begun and not ended. */
  get isHalf(): boolean {
    return this.#string !== undefined;
  }

  /** The JSON text these pieces add; undefined when they can't be understood. */
  push(call: JsonObject): string | undefined {
    let json = '';
    for (const value of listField(call, 'partialArgs')) {
      const piece = asJsonObject(value);
      const added = piece === undefined ? undefined : this.#piece(piece);
      if (added === undefined) return undefined;
      json += added;
    }
    return json;
  }

  /** What closes the document. */
  end(): string {
    let json = this.#endString();
    if (this.#open.length === 0) json += '{';
    else while (this.#open.length > 1) json += this.#close();
    return `${json}}`;
  }

  #piece(piece: JsonObject): string | undefined {
    const path = textField(piece, 'jsonPath');
    if (path === undefined) return undefined;
    const text = field(piece, 'stringValue');
    const goesOn = booleanField(piece, 'willContinue') === true;
    if (this.#string === path) {
      if (typeof text !== 'string') return undefined;
      const more = printLossless(text).slice(1, -1);
      return goesOn ? more : more + this.#endString();
    }
    const before = this.#endString();
    const steps = parsePath(path);
    const value = givenValue(piece);
    if (steps === undefined || value === undefined) return undefined;
    const way = this.#goTo(steps);
    if (way === undefined) return undefined;
    const json = printLossless(value);
    if (typeof value !== 'string' || !goesOn) return before + way + json;
    this.#string = path;
    return before + way + json.slice(0, -1);
  }

  #endString(): string {
    if (this.#string === undefined) return '';
    this.#string = undefined;
    return '"';
  }

  /** Closes and opens containers until the last step's is open, and writes its key. */
  #goTo(steps: readonly Step[]): string | undefined {
    let json = '';
    if (this.#open.length === 0) {
      this.#open.push({ step: undefined, isArray: false, keys: new Set() });
      json = '{';
    }
    let shared = 0;
    while (shared < steps.length - 1 && this.#open[shared + 1]?.step === steps[shared]) shared += 1;
    while (this.#open.length > shared + 1) json += this.#close();
    for (let at = shared; at < steps.length; at += 1) {
      const step = steps[at] as Step;
      const entry = this.#enter(step);
      if (entry === undefined) return undefined;
      json += entry;
      const next = steps[at + 1];
      if (next === undefined) break;
      const isArray = typeof next === 'number';
      this.#open.push({ step, isArray, keys: new Set() });
      json += isArray ? '[' : '{';
    }
    return json;
  }

  /** The comma and the key of a new member. */
  #enter(step: Step): string | undefined {
    const container = this.#open.at(-1);
    if (container === undefined || container.isArray !== (typeof step === 'number')) return undefined;
    // Elements must come in order, members once.
    if (container.isArray ? step !== container.keys.size : container.keys.has(step)) return undefined;
    const comma = container.keys.size === 0 ? '' : ',';
    container.keys.add(step);
    return container.isArray ? comma : `${comma}${JSON.stringify(step)}:`;
  }

  #close(): string {
    return this.#open.pop()?.isArray === true ? ']' : '}';
  }
}

function givenValue(piece: JsonObject): Json | undefined {
  for (const name of ['stringValue', 'numberValue', 'boolValue']) {
    const value = field(piece, name);
    if (value !== undefined) return value;
  }
  return 'nullValue' in piece || 'null_value' in piece ? null : undefined;
}

const STEP = /\.([^.[\]]+)|\[(\d{1,9})\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/y;

/** `$.a[0]['b c']`; undefined for anything else. */
function parsePath(path: string): Step[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: Step[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (found === null || steps.length === DEPTH_MAX) return undefined;
    const quoted = found[3] ?? found[4];
    if (found[2] !== undefined) steps.push(Number(found[2]));
    else steps.push(found[1] ?? (quoted ?? '').replace(/\\(.)/g, '$1'));
  }
  return steps.length === 0 ? undefined : steps;
}
