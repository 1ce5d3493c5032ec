/** Lines of a form that hold one name each. Pure. */

export interface NamedLine {
  /** For React; not part of the config. */
  readonly key: number;
  readonly name: string;
}

/** At least one line, so that there is something to type into. */
export function linesOf(names: readonly string[]): readonly NamedLine[] {
  return names.length === 0 ? [{ key: 0, name: '' }] : names.map((name, key) => ({ key, name }));
}

export function namesOf(lines: readonly NamedLine[]): string[] {
  return lines.map(({ name }) => name.trim());
}

export function nextKey(lines: readonly { readonly key: number }[]): number {
  return Math.max(-1, ...lines.map(({ key }) => key)) + 1;
}
