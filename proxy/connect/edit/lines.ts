/** Where lines begin and end in a text. */

/** Of its first line; a text of one line gets the system's oldest habit. */
export function lineBreakOf(text: string): '\r\n' | '\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The offset of the line's break, or of the end of the text. */
export function lineEnd(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  if (feed < 0) return text.length;
  return feed > 0 && text[feed - 1] === '\r' && feed - 1 >= at ? feed - 1 : feed;
}

/** Behind the line's break. */
export function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
}

/** The blanks that the line of `at` begins with. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), lineEnd(text, at)))?.[0] ?? '';
}

export function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Where the break before the line of `at` begins; 0 on the first line. */
export function breakBefore(text: string, at: number): number {
  const start = lineStart(text, at);
  if (start === 0) return 0;
  return start > 1 && text[start - 2] === '\r' ? start - 2 : start - 1;
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}
