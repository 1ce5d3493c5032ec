/** What stands between two tokens of JSON with comments. */

/** The offset of the next token, or of the end of the text. */
export function afterTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const end = trivia(text, at);
    if (end === at) return at;
    at = end;
  }
}

/** Behind a comment that ends on the same line as `from`, else `from` itself: the comment belongs to what is before it. */
export function sameLineTrivia(text: string, from: number): number {
  let at = from;
  let kept = from;
  for (;;) {
    const blanks = /^[ \t]*/.exec(text.slice(at, at + 1_000))?.[0].length ?? 0;
    const end = comment(text, at + blanks);
    if (end === undefined || text.slice(at, end).includes('\n')) return kept;
    at = end;
    kept = end;
  }
}

function trivia(text: string, at: number): number {
  if (/[ \t\r\n]/.test(text[at] ?? '')) return at + 1;
  return comment(text, at) ?? at;
}

function comment(text: string, at: number): number | undefined {
  if (text.startsWith('//', at)) {
    const end = /\r?\n/.exec(text.slice(at));
    return end === null ? text.length : at + end.index;
  }
  if (!text.startsWith('/*', at)) return undefined;
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? undefined : close + 2;
}
