import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of documents collected elsewhere, with what other readers make of them; the suite does without it where it is not set. */
export const corpus = process.env['KOSATSU_CORPUS'];

/** One document of the corpus: where it is, and what its server said. */
export type Indexed = {
  path: string;
  source: string;
  format: string;
  headers: Readonly<Record<string, string>>;
};

/** What independent readers agree on for a document; dates in epoch milliseconds, any of which will do. */
export type Golden = {
  path: string;
  items: readonly {
    title: string | null;
    link: string | null;
    id: string | null;
    dates: readonly number[];
  }[];
};

/** Reads a file of JSON lines. */
export function lines(folder: string, name: string): unknown[] {
  return readFileSync(join(folder, 'feeds', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** The bytes of a document. */
export function bytesOf(folder: string, path: string): Uint8Array {
  return readFileSync(join(folder, 'feeds', path));
}
