import RssParser from 'rss-parser';
import { canonical } from './canonical.ts';
import { TORN } from './collect-fields.ts';
import { nothingBut } from './raw-item.ts';
import type { RawFeed, RawItem, RawLink } from './raw-item.ts';

/** Elements that the reader hands over as the list of all their occurrences, with attributes. */
const ELEMENTS = (
  'title link guid id pubDate published updated issued modified created date dc:title dc:date dc:identifier ' +
  'dcterms:issued dcterms:created dcterms:modified rdf:about atom:title atom:link atom:id atom:published ' +
  `atom:updated feedburner:origLink media:title ${TORN}`
).split(' ');
/** The first of these that the feed gives says when it was last made. */
const BUILT = ['lastBuildDate', 'updated', 'atom:updated', 'dc:date', 'pubDate'];

type Element = { text: string; attributes: Readonly<Record<string, string>> };

type Lists = Record<string, unknown>;

// `normalizeTags`, `strict: false` and other xml2js options lose links and dates; the defaults are measured to be best.
const reader = new RssParser<Lists, Lists>({
  customFields: { feed: keepAll([...BUILT, 'ttl']), item: keepAll(ELEMENTS) },
});

/** Reads RSS of any version, RDF and Atom. Never throws: a document that is none of them gives a problem and no items. */
export async function parseFeed(text: string): Promise<RawFeed> {
  const made = canonical(text);
  if (made.kind === 'problem') return nothingBut(made.problem.code, made.problem.detail);
  const feed = await reader.parseString(made.xml);
  const ttlMinutes = Number(elements(feed, 'ttl')[0]?.text.trim() || Number.NaN);
  const built = BUILT.flatMap((name) => elements(feed, name));
  return {
    items: feed.items.map(rawItem),
    problems: made.problems,
    lastBuildDate: built.find(({ text: date }) => date.trim() !== '')?.text.trim() ?? null,
    ttlMs: Number.isFinite(ttlMinutes) && ttlMinutes > 0 ? ttlMinutes * 60_000 : null,
    truncated: made.truncated,
  };
}

function rawItem(item: Lists): RawItem {
  const all = (...names: string[]): Element[] => names.flatMap((name) => elements(item, name));
  const texts = (found: readonly Element[]): string[] =>
    found.map(({ text }) => text.trim()).filter((t) => t !== '');
  return {
    titles: all('title', 'atom:title', 'dc:title', 'media:title')
      .map(titleText)
      .filter((t) => t.trim() !== ''),
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
    torn: all(TORN).length > 0,
  };
}

/**
 * Links to the item's own page. An edit, enclosure or reply link is none; among alternates, HTML comes first, since the
 * others are the same thing for machines.
 */
function pages(links: readonly Element[]): RawLink[] {
  const alternates = links.filter(({ attributes }) =>
    /^(?:alternate|.*#alternate)?$/i.test(attributes['rel'] ?? ''),
  );
  const isOther = ({ attributes }: Element): number => (/html|^$/i.test(attributes['type'] ?? '') ? 0 : 1);
  return alternates.toSorted((a, b) => isOther(a) - isOther(b)).map(toLink);
}

function toLink({ text, attributes }: Element): RawLink {
  return { href: (attributes['href'] ?? text).trim(), base: attributes['base'] ?? null };
}

function isPermalink({ text, attributes }: Element): boolean {
  return !/^\s*false\s*$/i.test(attributes['isPermaLink'] ?? '') && /^\s*https?:\/\//i.test(text);
}

/** Atom allows base64 for a title as for any text. */
function titleText({ text, attributes }: Element): string {
  const isBase64 = attributes['mode'] === 'base64' || attributes['type'] === 'application/octet-stream';
  if (!isBase64) return text;
  const bytes = Buffer.from(text.trim(), 'base64');
  return bytes.length === 0 ? text : new TextDecoder().decode(bytes);
}

/** All occurrences of an element, whatever shape xml2js gave them: a text, or an object with text and attributes. */
function elements(parent: Lists, name: string): Element[] {
  const value = parent[`_${name}`];
  return Array.isArray(value) ? value.map(toElement) : [];
}

function toElement(value: unknown): Element {
  if (typeof value === 'string') return { text: value, attributes: {} };
  if (!isObject(value)) return { text: '', attributes: {} };
  const { _: text, $: attributes } = value;
  const pairs = isObject(attributes) ? Object.entries(attributes) : [];
  return {
    text: typeof text === 'string' ? text : '',
    attributes: Object.fromEntries(pairs.map(([key, pair]) => [key, String(pair)])),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Asks the reader for all occurrences under a name of our own, so that its own reading of the element can't interfere. */
function keepAll(names: readonly string[]): never[] {
  const triples: unknown = names.map((name) => [name, `_${name}`, { keepArray: true }]);
  // oxlint-disable-next-line no-unsafe-type-assertion -- the reader takes triples everywhere, its types don't say so
  return triples as never[];
}
