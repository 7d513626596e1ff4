import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Folder of documents collected elsewhere, with what other readers make of them; the suite does without it where it is not set. */
export const corpus = process.env['KOSATSU_CORPUS'];
/** The same as a list: none or one. Tests that need it stand in a loop, since a skipped test proves nothing. */
export const corpora = corpus === undefined ? [] : [corpus];

/** What the collection that a document was taken from expects of it; whatever it says nothing of is left out. */
const expectation = z.object({
  count: z.number().optional(),
  encoding: z.string().optional(),
  items: z
    .array(
      z.object({
        title: z.string().nullish(),
        link: z.string().nullish(),
        id: z.string().nullish(),
        date: z.string().nullish(),
      }),
    )
    .optional(),
});
export type Expectation = z.infer<typeof expectation>;

/** One document of the corpus: where it is, what its server said, and what is expected of it. */
const indexed = z.object({
  path: z.string(),
  source: z.string(),
  headers: z.record(z.string(), z.string()),
  expect: expectation,
});
export type Indexed = z.infer<typeof indexed>;

/** What independent readers agree on for a document; dates in epoch milliseconds, any of which will do. */
const golden = z.object({
  path: z.string(),
  items: z.array(
    z.object({
      title: z.string().nullable(),
      link: z.string().nullable(),
      id: z.string().nullable(),
      dates: z.array(z.number()),
    }),
  ),
});
export type Golden = z.infer<typeof golden>;

export function readIndex(folder: string): Indexed[] {
  return lines(folder, 'index.jsonl').map((line) => indexed.parse(line));
}

export function readGolden(folder: string): Golden[] {
  return lines(folder, 'golden.jsonl').map((line) => golden.parse(line));
}

/** The bytes of a document. */
export function bytesOf(folder: string, path: string): Uint8Array {
  return readFileSync(join(folder, 'feeds', path));
}

function lines(folder: string, name: string): unknown[] {
  return readFileSync(join(folder, 'feeds', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
