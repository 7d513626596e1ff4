import { createHash } from 'node:crypto';
import { dateLimits, parseLimits } from '../limits/intake.ts';
import { detectLang } from './detect-lang.ts';
import type { FeedConfig } from './feed-config.ts';
import { cleanTitle } from './item-text.ts';
import type { EpochMs, Item, ItemProblem } from './item.ts';
import { parseDate } from './parse-date.ts';
import type { ReadDate } from './parse-date.ts';
import { publishableLink } from './publishable-link.ts';
import type { RawItem, RawLink } from './raw-item.ts';

/** What is true of the whole document and matters for each of its items; `lossy`: any text in it may have been misread. */
export type DocumentFacts = { feed: FeedConfig; finalUrl: string | null; truncated: boolean; lossy: boolean };

/** Cleans one item. Everything that makes it unfit for publication stands in its problems; nothing is left out silently. */
export function toItem(raw: RawItem, facts: DocumentFacts, now: EpochMs): Item {
  const { title, problems: titleProblems } = cleanTitle(raw.titles[0] ?? '');
  const link = chooseLink(raw.links, facts.finalUrl);
  const date = chooseDate(raw.dates, now);
  const problems = [...titleProblems, ...link.problems, ...date.problems];
  if (facts.truncated || raw.torn === true)
    problems.push({ code: 'document-truncated', detail: facts.finalUrl ?? '', blocking: true });
  // A guess that lost something elsewhere may have read this title wrong as well, without a visible scar.
  const scarred = titleProblems.some(({ code }) => code === 'title-lossy');
  if (facts.lossy && !scarred && !isAscii(title))
    problems.push({ code: 'title-lossy', detail: title, blocking: true });
  return {
    feed: facts.feed.name,
    id: idOf(raw, link.url, title),
    title,
    url: link.url,
    publishedAt: date.read?.at ?? null,
    dateOnly: date.read?.dateOnly ?? false,
    lang: facts.feed.lang ?? detectLang(title),
    problems,
  };
}

function chooseLink(
  links: readonly RawLink[],
  finalUrl: string | null,
): { url: string | null; problems: ItemProblem[] } {
  let refused: string | null = null;
  for (const { href, base } of links) {
    const link = publishableLink(href, absoluteBase(base, finalUrl));
    if (link.kind === 'link') return { url: link.url, problems: [] };
    if (link.kind === 'refused') refused ??= link.detail;
  }
  const code = refused === null ? 'link-missing' : 'link-refused';
  return { url: null, problems: [{ code, detail: refused ?? '', blocking: true }] };
}

function absoluteBase(base: string | null, finalUrl: string | null): string | null {
  if (base === null) return finalUrl;
  return URL.parse(base, finalUrl ?? undefined)?.href ?? finalUrl;
}

/** The first date that can be read; a later candidate only where the earlier ones can't. */
function chooseDate(
  dates: readonly string[],
  now: EpochMs,
): { read: ReadDate | null; problems: ItemProblem[] } {
  const first = dates[0];
  if (first === undefined)
    return { read: null, problems: [{ code: 'date-missing', detail: '', blocking: false }] };
  const read = dates.map(parseDate).find((date) => date !== null) ?? null;
  const detail = first.slice(0, 100);
  if (read === null) return { read, problems: [{ code: 'date-unreadable', detail, blocking: false }] };
  if (read.at > now + dateLimits.absurdFutureMs || read.at < dateLimits.absurdPastMs) {
    return { read, problems: [{ code: 'date-absurd', detail, blocking: true }] };
  }
  if (read.at > now + dateLimits.futureMs) {
    return { read, problems: [{ code: 'date-future', detail, blocking: true }] };
  }
  return { read, problems: [] };
}

function idOf(raw: RawItem, url: string | null, title: string): string {
  const id = raw.ids[0] ?? url ?? raw.links[0]?.href;
  if (id !== undefined && id.length <= parseLimits.fieldCharsMax) return id.toWellFormed();
  return `sha256:${createHash('sha256')
    .update(id ?? title)
    .digest('hex')}`;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
