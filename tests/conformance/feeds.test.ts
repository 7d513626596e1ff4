import { describe, expect, test } from 'vitest';
import { cleanTitle } from '../../src/feed/item-text.ts';
import type { Item } from '../../src/feed/item.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import type { Parsed } from '../../src/feed/parsed-feed.ts';
import { publishableLink } from '../../src/feed/publishable-link.ts';
import { fixtures } from '../fixtures/feed/documents.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { bytesOf, corpus, readGolden, readIndex } from './corpus.ts';
import type { Golden, Indexed } from './corpus.ts';

const NOW = Date.UTC(2026, 10, 22);
const JST_MS = 9 * 3_600_000;
const ADDRESS = 'https://feed.example/news/feed.xml';

type Row = {
  documents: number;
  parsed: number;
  items: number;
  withProblems: number;
  threw: number;
  slowestMs: number;
};

function read(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Parsed> {
  const location = headers['content-location'];
  const finalUrl = location !== undefined && URL.canParse(location) ? location : ADDRESS;
  return parseDocument({
    bytes,
    contentType: headers['content-type'] ?? null,
    finalUrl,
    feed: feedConfig(),
    now: NOW,
  });
}

function finalUrlOf({ headers }: Pick<Indexed, 'headers'>): string {
  const location = headers['content-location'];
  return location !== undefined && URL.canParse(location) ? location : ADDRESS;
}

async function count(
  rows: Map<string, Row>,
  group: string,
  bytes: Uint8Array,
  headers: Indexed['headers'],
): Promise<void> {
  const row = rows.get(group) ?? {
    documents: 0,
    parsed: 0,
    items: 0,
    withProblems: 0,
    threw: 0,
    slowestMs: 0,
  };
  rows.set(group, row);
  row.documents += 1;
  const begun = performance.now();
  try {
    const { items, problems } = await read(bytes, headers);
    if (problems.some(({ code }) => code === 'parse-failed')) row.threw += 1;
    if (problems.length === 0) row.parsed += 1;
    row.items += items.length;
    row.withProblems += items.filter((item) => item.problems.some(({ blocking }) => blocking)).length;
  } catch {
    row.threw += 1;
  }
  row.slowestMs = Math.max(row.slowestMs, Math.round(performance.now() - begun));
}

/** Prints one line a group, and returns the groups below the floor: no exception and no hang. */
function failures(rows: ReadonlyMap<string, Row>): unknown[] {
  const table = [...rows].map(([group, row]) => ({ group, ...row }));
  // The table is the point of the run: people compare it between versions.
  process.stdout.write(`${formatted(table)}\n`);
  return table.filter(({ threw, slowestMs }) => threw > 0 || slowestMs > 2_000);
}

function formatted(table: readonly Record<string, string | number>[]): string {
  const columns = Object.keys(table[0] ?? {});
  const width = (column: string): number =>
    Math.max(column.length, ...table.map((row) => String(row[column]).length));
  const line = (cells: readonly (readonly [string, string])[]): string =>
    cells
      .map(([column, cell]) =>
        column === columns[0] ? cell.padEnd(width(column)) : cell.padStart(width(column)),
      )
      .join('  ');
  return [
    line(columns.map((c) => [c, c])),
    ...table.map((row) => line(columns.map((c) => [c, String(row[c])]))),
  ].join('\n');
}

describe('every odd document of our own is read', () => {
  test('no exception, no hang', async () => {
    const rows = new Map<string, Row>();
    for (const { name, bytes, contentType } of fixtures) {
      await count(
        rows,
        name.slice(0, 60),
        bytes,
        contentType === null ? {} : { 'content-type': contentType },
      );
    }
    expect(failures(rows)).toEqual([]);
  });
});

describe.runIf(corpus !== undefined)('every document of the corpus is read', () => {
  const folder = corpus ?? '';

  test('no exception, no hang', async () => {
    const rows = new Map<string, Row>();
    for (const { path, source, headers } of readIndex(folder)) {
      await count(rows, source, bytesOf(folder, path), headers);
    }
    expect(failures(rows)).toEqual([]);
  });

  test('at least 99 % give the titles, links and dates on which independent readers agree', async () => {
    const index = new Map(readIndex(folder).map((one) => [one.path, one]));
    const golden = readGolden(folder);
    const different: string[] = [];
    for (const expected of golden) {
      const { headers } = index.get(expected.path) ?? { headers: {} };
      const { items } = await read(bytesOf(folder, expected.path), headers);
      const why = difference(items, expected, finalUrlOf({ headers }));
      if (why !== null) different.push(`${expected.path}: ${why}`);
    }
    const share = 1 - different.length / golden.length;
    process.stdout.write(`${(share * 100).toFixed(2)} % of ${golden.length}\n${different.join('\n')}\n`);
    expect(golden.length).toBeGreaterThan(1_000);
    expect(share).toBeGreaterThanOrEqual(0.99);
  });
});

/** What differs first, or null. */
function difference(items: readonly Item[], golden: Golden, base: string): string | null {
  if (items.length !== golden.items.length) return `${items.length} items instead of ${golden.items.length}`;
  for (const [at, expected] of golden.items.entries()) {
    const item = items[at];
    if (item === undefined) return 'missing';
    const title = plain(expected.title);
    if (plain(item.title) !== title) return `“${item.title}” instead of “${title}”`;
    const link = publishableLink(expected.link ?? '', base);
    const url = link.kind === 'link' ? link.url : null;
    // The reference takes an id for a link where none is given; an Atom id is a name and leads nowhere.
    const isGuessed = item.url === null && expected.link !== null && sameAddress(expected.link, expected.id);
    if (item.url !== url && !isGuessed) return `${item.url} instead of ${url}`;
    if (!isSameDate(item.publishedAt, expected.dates))
      return `${item.publishedAt} instead of ${expected.dates.join()}`;
  }
  return null;
}

/** The reference folds every white space into a plain one. */
function plain(title: string | null): string {
  return cleanTitle(title ?? '')
    .title.replace(/\s+/g, ' ')
    .trim();
}

function sameAddress(a: string, b: string | null): boolean {
  return b !== null && (a === b || URL.parse(a, ADDRESS)?.href === URL.parse(b, ADDRESS)?.href);
}

/** To the second. The reference reads a date without a zone as Greenwich's, we as Japan's. */
function isSameDate(at: number | null, dates: readonly number[]): boolean {
  if (dates.length === 0) return true;
  return (
    at !== null && dates.some((date) => Math.abs(date - at) <= 1_000 || Math.abs(date - JST_MS - at) <= 1_000)
  );
}
