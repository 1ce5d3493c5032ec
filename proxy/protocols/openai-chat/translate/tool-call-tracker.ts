/**
 * Which tool call a streamed piece belongs to. By the protocol its `index` says so; servers leave it out (Mistral), give every
 * call the same one, or repeat id and name in every piece.
 */
import type { JsonObject } from '../../../core/json.ts';
import { asCount, asText } from '../../../core/json-value.ts';
import { argumentsText, toSignature } from './decode-tool-call.ts';
import { asJsonObject } from './json.ts';

export interface TrackedCall {
  /** Of the server; undefined when it gave none. */
  id: string | undefined;
  name: string | undefined;
  custom: boolean;
  /** Set once the call was told of. */
  block: number | undefined;
  /** Its call stands for structured output. */
  asText: boolean;
  /** Arguments that came before the name. */
  waiting: string;
  /** Gemini's proof. */
  signature: string | undefined;
}

export interface CallPiece {
  readonly call: TrackedCall;
  readonly arguments: string;
}

export class ToolCallTracker {
  readonly calls: TrackedCall[] = [];
  readonly #byIndex = new Map<number, TrackedCall>();

  take(entry: JsonObject): CallPiece {
    const custom = asJsonObject(entry.custom);
    const body = custom ?? asJsonObject(entry.function);
    const id = asText(entry.id);
    const name = asText(body?.name);
    const call = this.#find(asCount(entry.index), id, name);
    call.id ??= id;
    call.name ??= name;
    if (custom !== undefined) call.custom = true;
    call.signature ??= toSignature(entry).signature;
    return { call, arguments: argumentsText(custom === undefined ? body?.arguments : custom.input) };
  }

  #find(index: number | undefined, id: string | undefined, name: string | undefined): TrackedCall {
    const known = index === undefined ? this.#withoutIndex(id, name) : this.#byIndex.get(index);
    if (known !== undefined && !isAnother(known, id, name)) return known;
    const call: TrackedCall = {
      id: undefined,
      name: undefined,
      custom: false,
      block: undefined,
      asText: false,
      waiting: '',
      signature: undefined,
    };
    this.calls.push(call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }

  #withoutIndex(id: string | undefined, name: string | undefined): TrackedCall | undefined {
    if (id !== undefined) return this.calls.find((call) => call.id === id);
    // A name alone begins a call; a piece with neither goes on with the last one.
    return name === undefined ? this.calls.at(-1) : undefined;
  }
}

/** The same index for the next call: a new id beside a name tells. */
function isAnother(known: TrackedCall, id: string | undefined, name: string | undefined): boolean {
  return id !== undefined && known.id !== undefined && id !== known.id && name !== undefined;
}
