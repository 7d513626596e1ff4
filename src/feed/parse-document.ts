import { identityLimits } from '../limits/intake.ts';
import { decode } from './decode.ts';
import type { Item } from './item.ts';
import { parseFeed } from './parse-feed.ts';
import { parseJsonFeed } from './parse-json-feed.ts';
import { parseList } from './parse-list.ts';
import type { Parsed, ParseInput } from './parsed-feed.ts';
import { nothingBut } from './raw-item.ts';
import type { ParseProblem, RawFeed } from './raw-item.ts';
import { toItem } from './to-item.ts';

/**
 * Reads one document whole: bytes to cleaned items. Never throws; what can't be read is a problem, and a title that is not
 * certain carries a blocking one. Runs for as long as the document makes it run, so callers bound it (adapters/parser).
 */
export async function parseDocument(input: ParseInput): Promise<Parsed> {
  const { bytes, contentType, finalUrl, feed, now } = input;
  const { text, encoding, lossy } = decode(bytes, contentType);
  const raw = await readText(text, input);
  // Damage to UTF-8 shows where it is; in the other sets a lost byte can also change what follows it.
  const facts = { feed, finalUrl, truncated: raw.truncated, lossy: lossy && encoding !== 'utf-8' };
  const items = raw.items.map((item) => toItem(item, facts, now));
  const problems: ParseProblem[] = [...raw.problems];
  if (lossy) problems.push({ code: 'lossy-encoding', detail: encoding });
  return {
    items: withoutRepeatedTimes(items),
    problems,
    lastBuildDate: raw.lastBuildDate?.slice(0, 100) ?? null,
    ttlMs: raw.ttlMs,
    doubledGuids: hasDoubledGuids(raw),
  };
}

async function readText(text: string, { feed }: ParseInput): Promise<RawFeed> {
  try {
    if (feed.kind === 'html-list') {
      if (feed.selectors === null) return nothingBut('selectors-match-nothing', '');
      return parseList(text, feed.selectors);
    }
    const isJson = /^\s*\{/.test(text.slice(0, 200));
    return isJson ? parseJsonFeed(text) : await parseFeed(text);
  } catch (error) {
    // Readers return problems. What still throws is a defect of ours or of a package, and must not stop other feeds.
    return nothingBut('parse-failed', String(error).slice(0, 200));
  }
}

/** This many items with one time of day are no coincidence: a ministry's system stamps every item 05:00. */
const REPEATED_MIN = 4;
const REPEATED_SHARE = 0.6;
const DAY_MS = 86_400_000;

/** Marks dates whose time of day is the same on nearly all items of the feed: it tells when a system ran, nothing else. */
function withoutRepeatedTimes(items: readonly Item[]): Item[] {
  const counts = new Map<number, number>();
  let dated = 0;
  for (const { publishedAt } of items) {
    if (publishedAt === null) continue;
    dated += 1;
    counts.set(publishedAt % DAY_MS, (counts.get(publishedAt % DAY_MS) ?? 0) + 1);
  }
  const isStamp = (at: number): boolean => {
    const same = counts.get(at % DAY_MS) ?? 0;
    return same >= REPEATED_MIN && same >= dated * REPEATED_SHARE;
  };
  return items.map((item) =>
    item.publishedAt !== null && !item.dateOnly && isStamp(item.publishedAt)
      ? { ...item, dateOnly: true }
      : item,
  );
}

/** Two items under one guid are two announcements if their titles differ; the same item given twice proves nothing. */
function hasDoubledGuids({ items }: RawFeed): boolean {
  const titles = new Map<string, string>();
  let doubled = 0;
  for (const {
    ids,
    titles: [title = ''],
  } of items) {
    const id = ids[0];
    if (id === undefined) continue;
    const first = titles.get(id);
    if (first === undefined) titles.set(id, title);
    else if (first !== title) doubled += 1;
  }
  return doubled > items.length * identityLimits.doubledGuidShare;
}
