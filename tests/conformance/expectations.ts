import { decode } from '../../src/feed/decode.ts';
import type { Decoded } from '../../src/feed/decode.ts';
import type { Item } from '../../src/feed/item.ts';
import { bytesOf } from './corpus.ts';
import type { Expectation, Indexed } from './corpus.ts';
import { finalUrlOf, isSameDate, plain, published, read } from './read.ts';
import { Tally } from './table.ts';

/** How often we read what a collection expects, field by field. */
export type Agreement = Record<'count' | 'title' | 'link' | 'id' | 'date' | 'encoding', Tally>;

export function noAgreement(): Agreement {
  const tally = (): Tally => new Tally();
  return { count: tally(), title: tally(), link: tally(), id: tally(), date: tally(), encoding: tally() };
}

/** Reads one document and counts where we agree with what its collection expects; says what differs. */
export async function compare(folder: string, one: Indexed, agreement: Agreement): Promise<string[]> {
  const { expect: expected, headers, path } = one;
  const bytes = bytesOf(folder, path);
  const different: string[] = [];
  const note = (field: keyof Agreement, same: boolean, got: unknown, wanted: unknown): void => {
    agreement[field].add(same);
    if (!same) different.push(`${path}: ${field} ${shown(got)} instead of ${shown(wanted)}`);
  };
  if (expected.encoding !== undefined) {
    const decoded = decode(bytes, headers['content-type'] ?? null);
    note('encoding', isSameSet(decoded, expected.encoding, bytes), decoded.encoding, expected.encoding);
  }
  if (expected.count === undefined && expected.items === undefined) return different;
  const { items } = await read(bytes, headers);
  if (expected.count !== undefined)
    note('count', items.length === expected.count, items.length, expected.count);
  for (const [at, wanted] of (expected.items ?? []).entries()) {
    compareItem(items[at], wanted, finalUrlOf(headers), note);
  }
  return different;
}

function shown(value: unknown): string {
  return String(value).trim().slice(0, 60);
}

function compareItem(
  item: Item | undefined,
  wanted: NonNullable<Expectation['items']>[number],
  base: string,
  note: (field: keyof Agreement, same: boolean, got: unknown, wanted: unknown) => void,
): void {
  const { title, link, id, date } = wanted;
  // Some collections expect what their own reader garbled.
  if (title !== undefined && title !== null && !title.includes('\ufffd'))
    note('title', plain(item?.title) === plain(title), item?.title, title);
  if (link !== undefined && link !== null) {
    const url = published(link, base);
    note('link', (item?.url ?? null) === url, item?.url, url);
  }
  if (id !== undefined && id !== null) note('id', item?.id === id.trim(), item?.id, id);
  if (date !== undefined && date !== null) {
    note('date', isSameDate(item?.publishedAt ?? null, [Date.parse(date)]), item?.publishedAt, date);
  }
}

/** The same characters from the same bytes. Where a document is plain ASCII, many sets are the right one. */
function isSameSet({ text, encoding }: Decoded, theirs: string, bytes: Uint8Array): boolean {
  if (encoding === theirs.toLowerCase()) return true;
  try {
    return new TextDecoder(theirs, { fatal: true }).decode(bytes) === text;
  } catch {
    return false;
  }
}
