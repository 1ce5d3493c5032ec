/** Release notes as a feed writes them (text, HTML, or a list of releases), as plain text of a readable length. Pure. */

const NOTES_CHARACTERS_MAX = 2_000;

/** Undefined: there are none. */
export function plainNotes(notes: unknown): string | undefined {
  const text = textOf(notes).trim();
  if (text === '') return undefined;
  return text.length <= NOTES_CHARACTERS_MAX ? text : `${text.slice(0, NOTES_CHARACTERS_MAX - 1)}…`;
}

function textOf(notes: unknown): string {
  if (typeof notes === 'string') return withoutMarkup(notes);
  if (!Array.isArray(notes)) return '';
  return notes.map(entryText).join('\n');
}

function entryText(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const { version, note } = entry as { version?: unknown; note?: unknown };
  return [version, note]
    .filter((part) => typeof part === 'string')
    .map(withoutMarkup)
    .join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: ' ' };

/** It is shown as text in any case; this only makes it readable. */
function withoutMarkup(html: string): string {
  return html
    .replaceAll(/<(?:br|\/p|\/li|\/h[1-6]|\/div)\b[^>]*>/gi, '\n')
    .replaceAll(/<li\b[^>]*>/gi, '- ')
    .replaceAll(/<[a-z/!][^>]*>/gi, '')
    .replaceAll(/&(lt|gt|amp|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/\n{3,}/g, '\n\n');
}
