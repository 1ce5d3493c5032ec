/** Patterns with `*` for any text, as configs write them for models, keys, projects and clients. */

const matchers = new WeakMap<readonly string[], (text: string) => boolean>();

/** True when one of the patterns is the whole text. Compiled once for every list; linear in time. */
export function matchesPattern(patterns: string | readonly string[], text: string): boolean {
  if (typeof patterns === 'string') return matchesOne(patterns, text);
  let matcher = matchers.get(patterns);
  if (matcher === undefined) {
    const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
    const open = patterns.filter((pattern) => pattern.includes('*'));
    matcher = (candidate) => exact.has(candidate) || open.some((pattern) => matchesOne(pattern, candidate));
    matchers.set(patterns, matcher);
  }
  return matcher(text);
}

/** Takes the earliest place for every piece between stars, which is enough, and never goes back. */
function matchesOne(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return pattern === text;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
