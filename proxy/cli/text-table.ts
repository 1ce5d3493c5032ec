/** Columns for a terminal. */

/** Left-aligned columns two spaces apart; the header is the first row. No trailing blanks. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `2026-11-20 14:03` in UTC; `-` for never. */
export function shortInstant(atMs: number | undefined): string {
  return atMs === undefined ? '-' : new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}
