/** One cell of a CSV file: RFC 4180, and no cell that a spreadsheet would run. */

/**
 * Names come from clients: one that begins like a formula gets an apostrophe. A negative amount is a number and stays one;
 * numbers are written the same in every locale.
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)) return String(value);
  const safe = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
