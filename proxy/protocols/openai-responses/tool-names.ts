/**
 * One flat function name for every tool of a call, and the way back. Codex groups tools in namespaces and has tools whose
 * input is free text; other protocols know functions by one name of up to 64 letters. The names follow from the tools alone,
 * so the answer's encoder finds the same ones as the request's did, without anything kept between them.
 */
import { createHash } from 'node:crypto';
import type { Tool } from '../../core/call.ts';

const LENGTH_MAX = 64;
const NOT_ALLOWED = /[^a-zA-Z0-9_-]/g;
const HASH_LENGTH = 8;

export interface ToolIdentity {
  readonly name: string;
  readonly namespace?: string;
  readonly custom: boolean;
}

type Named = Pick<Tool, 'name' | 'namespace'>;

export class ToolNames {
  readonly #flat = new Map<string, string>();
  readonly #known = new Map<string, ToolIdentity>();
  /** Other spellings that models come back with; undefined where two tools share one. */
  readonly #guessed = new Map<string, ToolIdentity | undefined>();

  constructor(tools: readonly Tool[]) {
    const named = tools.filter((tool) => tool.kind !== 'provider');
    // Names that need no change keep theirs, whatever else would like to be called so.
    const plain = named.filter((tool) => plainName(tool) === tool.name);
    const changed = named.filter((tool) => plainName(tool) !== tool.name);
    for (const tool of [...plain, ...changed]) this.#add(tool);
  }

  /** The flat name; tools that the call does not offer (any more) have one too. */
  outward(tool: Named): string {
    const given = this.#flat.get(keyOf(tool));
    if (given !== undefined) return given;
    const name = plainName(tool);
    return this.#known.has(name) ? hashed(tool) : name;
  }

  /** Undefined for a name that no offered tool has. */
  inward(name: string): ToolIdentity | undefined {
    return this.#known.get(name) ?? this.#guessed.get(name);
  }

  #add(tool: Tool): void {
    const key = keyOf(tool);
    if (this.#flat.has(key)) return;
    const wanted = plainName(tool);
    const name = this.#known.has(wanted) ? hashed(tool) : wanted;
    const identity: ToolIdentity = {
      name: tool.name,
      ...(tool.namespace === undefined ? {} : { namespace: tool.namespace }),
      custom: tool.kind === 'custom',
    };
    this.#flat.set(key, name);
    this.#known.set(name, identity);
    for (const spelling of spellings(tool)) {
      this.#guessed.set(spelling, this.#guessed.has(spelling) ? undefined : identity);
    }
  }
}

function plainName(tool: Named): string {
  const name = wholeName(tool);
  return name.length > LENGTH_MAX ? hashed(tool) : name;
}

function wholeName({ name, namespace }: Named): string {
  return (namespace === undefined ? name : `${namespace}__${name}`).replace(NOT_ALLOWED, '_');
}

/** Shortened names and colliding ones are told apart by a hash of the whole, which is the same in every request. */
function hashed(tool: Named): string {
  const hash = createHash('sha256').update(keyOf(tool)).digest('hex').slice(0, HASH_LENGTH);
  return `${wholeName(tool).slice(0, LENGTH_MAX - HASH_LENGTH - 1)}_${hash}`;
}

function keyOf({ name, namespace }: Named): string {
  return `${namespace ?? ''}\u0000${name}`;
}

function spellings(tool: Named): string[] {
  const { name, namespace } = tool;
  const whole = wholeName(tool);
  const forms = [name, whole, whole.slice(0, 128), whole.slice(0, LENGTH_MAX)];
  if (namespace !== undefined) forms.push(`${namespace}.${name}`, `${namespace}/${name}`, `${namespace}${name}`);
  return [...new Set(forms)];
}
