/** Comma-separated values as providers' consoles write them: RFC 4180, also with semicolons or tabs, with or without BOM. */

const SEPARATORS = [',', ';', '\t'] as const;

/** Rows of cells, empty lines left out. The separator is the one the first line has most of. */
export function csvRows(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '');
  const head = body.slice(0, body.search(/[\r\n]|$/));
  const separator = SEPARATORS.reduce((best, other) => (count(head, other) > count(head, best) ? other : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    cell = '';
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (body.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === separator) {
      row.push(cell);
      cell = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
