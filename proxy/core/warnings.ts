/** What a translation could not carry over. Goes to the client as the header `x-gatehouse-warnings`, never silently. */
export interface Warning {
  /** Stable, e.g. `dropped_top_k`, `thinking_stripped`, `schema_rewritten`. */
  readonly code: string;
  /** The request field, e.g. `top_k` or `messages[3].content[1]`. Never a value. */
  readonly field?: string;
}

/** Collects without repeating: the same loss in forty messages is one warning. */
export class Warnings {
  readonly #seen = new Map<string, Warning>();

  add(code: string, field?: string): void {
    const key = `${code} ${field ?? ''}`;
    if (!this.#seen.has(key)) this.#seen.set(key, { code, ...(field === undefined ? {} : { field }) });
  }

  list(): readonly Warning[] {
    return [...this.#seen.values()];
  }
}
