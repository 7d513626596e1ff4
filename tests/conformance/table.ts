type Cell = string | number;

/** Prints rows as a table under their keys. The table is the point of such a run: people compare it between versions. */
export function printTable(heading: string, rows: readonly Readonly<Record<string, Cell>>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const widths = new Map(
    columns.map((column) => [
      column,
      Math.max(column.length, ...rows.map((row) => String(row[column]).length)),
    ]),
  );
  const line = (cell: (column: string) => Cell | undefined): string =>
    columns
      .map((column, at) => {
        const text = String(cell(column));
        const width = widths.get(column) ?? 0;
        return at === 0 ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ');
  const table = [line((column) => column), ...rows.map((row) => line((column) => row[column]))];
  process.stdout.write(`\n${heading}\n${table.join('\n')}\n`);
}

/** Hits of tries, for a table and for a floor. */
export class Tally {
  hits = 0;
  tries = 0;

  add(hit: boolean): void {
    this.tries += 1;
    if (hit) this.hits += 1;
  }

  /** 1 where nothing was tried. */
  get share(): number {
    return this.tries === 0 ? 1 : this.hits / this.tries;
  }

  toString(): string {
    return this.tries === 0 ? '' : `${this.hits}/${this.tries}`;
  }
}
