/**
 * The engine of `promptMatches`: RE2, linear in time whatever the pattern. It is eight megabytes in memory, and most
 * configs have no such rule, so it is loaded with the first config that has one.
 */
import type { RE2JS } from 're2js';

export type Pattern = Pick<RE2JS, 'test'>;

let compile: ((pattern: string) => RE2JS) | undefined;

/** To be awaited before a config is checked or compiled. `text`: the config as YAML or JSON. */
export async function patternsReady(text: string): Promise<void> {
  if (compile !== undefined || !text.includes('promptMatches')) return;
  const { RE2JS } = await import('re2js');
  compile = (pattern) => RE2JS.compile(pattern);
}

/** Throws the pattern's own complaint (an Error whose message says where) when it is no regular expression. */
export function compilePattern(pattern: string): Pattern {
  if (compile === undefined) throw new TypeError('patternsReady has to be awaited before a rule is compiled');
  return compile(pattern);
}
