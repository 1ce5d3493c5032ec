/** Names and ids under Bedrock's rules for their letters and lengths. */
import { createHash } from 'node:crypto';
import { GatehouseError } from '../../core/errors.ts';

const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const CALL_ID_NOT_ALLOWED = /[^a-zA-Z0-9_.:-]/g;
const CALL_ID_LENGTH_MAX = 64;
const HASH_LENGTH = 12;

interface NamedTool {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/**
 * Throws GatehouseError invalid_request for a name that Bedrock refuses: under another one the answer would call a tool
 * that the client does not have. Codex's namespaces are folded in, as everywhere.
 */
export function toolName({ name, namespace }: NamedTool, field: string): string {
  const whole = namespace === undefined ? name : `${namespace}__${name}`;
  if (TOOL_NAME.test(whole)) return whole;
  throw new GatehouseError(
    'invalid_request',
    `Bedrock takes tool names of 1 to 64 letters, digits, _ and -; rename the tool at ${field}`,
    { param: field },
  );
}

/** Call ids of one conversation in the letters and the length that are allowed, the same id always to the same one. */
export class CallIds {
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(id: string): string {
    const known = this.#given.get(id);
    if (known !== undefined) return known;
    const plain = id.replace(CALL_ID_NOT_ALLOWED, '_');
    const fits = plain !== '' && plain.length <= CALL_ID_LENGTH_MAX && !this.#taken.has(plain);
    const name = fits ? plain : `${plain.slice(0, CALL_ID_LENGTH_MAX - HASH_LENGTH - 1)}_${hashOf(id)}`;
    this.#given.set(id, name);
    this.#taken.add(name);
    return name;
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, HASH_LENGTH);
}

const DOCUMENT_NAME_LENGTH_MAX = 180;

/** Names of a request's documents: letters, digits, _, single spaces, hyphens and brackets, and no two the same. */
export class DocumentNames {
  readonly #taken = new Set<string>();

  of(wanted: string | undefined): string {
    const clean = (wanted ?? '')
      .replace(/[^a-zA-Z0-9_\s\-()[\]]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, DOCUMENT_NAME_LENGTH_MAX)
      .trim();
    const base = clean === '' ? 'Document' : clean;
    let name = clean === '' ? 'Document 1' : clean;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base} ${count}`;
    this.#taken.add(name);
    return name;
  }
}
