/** Signs with which a spreadsheet begins a formula, also in full width. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

/**
 * One line of a table for spreadsheets (RFC 4180), without its end. A cell that a spreadsheet would run as a formula is shown as text, with an
 * apostrophe before it.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return cells.map(csvCell).join(',');
}

/** So that Excel reads the file as UTF-8. */
export const CSV_BEGIN = '\uFEFF';

function csvCell(value: string | number | null): string {
  if (value === null) return '""';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
