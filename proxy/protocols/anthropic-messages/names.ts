/** Names and ids that this protocol writes in fewer characters than others do. */

const NOT_ALLOWED = /[^a-zA-Z0-9_-]/g;
const TOOL_NAME_LENGTH_MAX = 128;

/** Codex groups tools in namespaces; one flat name stands for both, as `mcp__server__tool` does at home. */
export function flatToolName(tool: { readonly name: string; readonly namespace?: string | undefined }): string {
  const whole = tool.namespace === undefined ? tool.name : `${tool.namespace}__${tool.name}`;
  return whole.replace(NOT_ALLOWED, '_').slice(0, TOOL_NAME_LENGTH_MAX);
}

/**
 * Call ids of one conversation in the letters that are allowed here, the same id always to the same one and no two to one
 * (Codex joins two ids with `|`, Kimi numbers them `functions.f:0`).
 */
export class CallIds {
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(id: string): string {
    const known = this.#given.get(id);
    if (known !== undefined) return known;
    const base = cleanId(id) || 'call';
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}_${count}`;
    this.#given.set(id, name);
    this.#taken.add(name);
    return name;
  }
}

/** One id in the allowed letters; the same one always to the same. */
export function cleanId(id: string): string {
  return id.replace(NOT_ALLOWED, '_');
}
