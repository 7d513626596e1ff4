import RssParser from 'rss-parser';
import { canonical } from './canonical.ts';
import { nothingBut } from './raw-item.ts';
import type { RawFeed, RawItem, RawLink } from './raw-item.ts';

/** Names under which the reader hands over each element as the list of all its occurrences, with attributes. */
const ELEMENTS = [
  ...['title', 'link', 'guid', 'id', 'pubDate', 'published', 'updated', 'issued', 'modified', 'created', 'date'],
  ...['dc:title', 'dc:date', 'dc:identifier', 'dcterms:issued', 'dcterms:created', 'dcterms:modified', 'rdf:about'],
  ...['atom:title', 'atom:link', 'atom:id', 'atom:published', 'atom:updated', 'feedburner:origLink', 'media:title'],
] as const;
const CHANNEL_ELEMENTS = ['lastBuildDate', 'updated', 'atom:updated', 'dc:date', 'pubDate', 'ttl'] as const;

type Element = { text: string; attributes: Readonly<Record<string, string>> };

// `normalizeTags`, `strict: false` and other xml2js options lose links and dates; the defaults are measured to be best.
// The reader's own types know the triples for items only.
const feedFields = keepAll(CHANNEL_ELEMENTS) as unknown as string[];
const reader = new RssParser<Record<string, unknown>, Record<string, unknown>>({
  customFields: { feed: feedFields, item: keepAll(ELEMENTS) },
});

/** Reads RSS of any version, RDF and Atom. Never throws: a document that is none of them gives a problem and no items. */
export async function parseFeed(text: string): Promise<RawFeed> {
  const made = canonical(text);
  if (made.kind === 'problem') return nothingBut(made.problem.code, made.problem.detail);
  const feed = await reader.parseString(made.xml);
  const ttlMinutes = Number(elements(feed, 'ttl')[0]?.text.trim() || Number.NaN);
  const built = CHANNEL_ELEMENTS.filter((name) => name !== 'ttl').flatMap((name) => elements(feed, name));
  return {
    items: feed.items.map(rawItem),
    problems: made.problems,
    lastBuildDate: built.find(({ text: date }) => date.trim() !== '')?.text.trim() ?? null,
    ttlMs: Number.isFinite(ttlMinutes) && ttlMinutes > 0 ? ttlMinutes * 60_000 : null,
    truncated: made.truncated,
  };
}

function rawItem(item: Record<string, unknown>): RawItem {
  const all = (...names: (typeof ELEMENTS)[number][]): Element[] => names.flatMap((name) => elements(item, name));
  const texts = (found: readonly Element[]): string[] => found.map(({ text }) => text.trim()).filter((t) => t !== '');
  return {
    titles: all('title', 'atom:title', 'dc:title', 'media:title').map(titleText).filter((t) => t.trim() !== ''),
    links: [
      ...pages(all('link', 'atom:link')),
      ...all('guid').filter(isPermalink).map(toLink),
      ...all('feedburner:origLink').map(toLink),
    ].filter(({ href }) => href !== ''),
    ids: texts(all('guid', 'id', 'atom:id', 'rdf:about', 'dc:identifier')),
    dates: texts([
      ...all('pubDate', 'published', 'issued', 'atom:published', 'dc:date', 'dcterms:issued', 'date'),
      ...all('created', 'dcterms:created', 'updated', 'atom:updated', 'modified', 'dcterms:modified'),
    ]),
  };
}

/**
 * Links to the item's own page. An edit, enclosure or reply link is none; among alternates, HTML comes first, since the
 * others are the same thing for machines.
 */
function pages(links: readonly Element[]): RawLink[] {
  const alternates = links.filter(({ attributes }) => /^(?:alternate|.*#alternate)?$/i.test(attributes['rel'] ?? ''));
  const isOther = ({ attributes }: Element): number => (/html|^$/i.test(attributes['type'] ?? '') ? 0 : 1);
  return alternates.toSorted((a, b) => isOther(a) - isOther(b)).map(toLink);
}

function toLink({ text, attributes }: Element): RawLink {
  return { href: (attributes['href'] ?? text).trim(), base: attributes['base'] ?? null };
}

function isPermalink({ text, attributes }: Element): boolean {
  return !/^\s*false\s*$/i.test(attributes['isPermaLink'] ?? '') && /^\s*https?:\/\//i.test(text);
}

/** Atom 0.3 allows base64; what is none stays as it is, and its oddity is seen by people. */
function titleText({ text, attributes }: Element): string {
  if (attributes['mode'] !== 'base64') return text;
  const bytes = Buffer.from(text.trim(), 'base64');
  return bytes.length === 0 ? text : new TextDecoder().decode(bytes);
}

/** All occurrences of an element, whatever shape xml2js gave them. */
function elements(parent: object, name: string): Element[] {
  const value: unknown = (parent as Record<string, unknown>)[`_${name}`];
  return Array.isArray(value) ? value.map(toElement) : [];
}

function toElement(value: unknown): Element {
  if (typeof value === 'string') return { text: value, attributes: {} };
  const { _: text, $: attributes } = value as { _?: unknown; $?: Record<string, string> };
  return { text: typeof text === 'string' ? text : '', attributes: attributes ?? {} };
}

function keepAll<Name extends string>(names: readonly Name[]): [Name, string, { keepArray: true }][] {
  return names.map((name) => [name, `_${name}`, { keepArray: true }]);
}
