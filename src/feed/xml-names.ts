/**
 * Names of elements as this program knows them: `title` for what belongs to the feed's own format (RSS of any version,
 * Atom), `dc:date` and so on for extensions, `?:x` for everything else. Prefixes in a document are arbitrary, and
 * namespace addresses are often misspelt (https, a slash more or less), so both are tolerated.
 */
const NAMESPACES: Readonly<Record<string, string>> = {
  'purl.org/rss/1.0': '',
  'purl.org/net/rss1.1': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'www.w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/atom-blog/ns': 'atom',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'search.yahoo.com/mrss': 'media',
  'www.w3.org/1999/xhtml': 'xhtml',
  'www.w3.org/2000/svg': '?',
  'www.w3.org/1998/math/mathml': '?',
  'purl.org/rss/1.0/modules/content': '?',
  'www.itunes.com/dtds/podcast-1.0.dtd': '?',
};

/** Prefixes that mean the same everywhere, for documents that forget to declare them. */
const WELL_KNOWN = new Set(['atom', 'rdf', 'dc', 'dcterms', 'feedburner', 'media', 'xhtml']);

/** Declared prefixes of an element and its ancestors; '' is the default namespace. */
export type Namespaces = ReadonlyMap<string, string>;

/** The namespaces in force inside an element with these attributes. Copies only where something is declared. */
export function namespacesWithin(
  outer: Namespaces,
  attributes: Readonly<Record<string, string>>,
): Namespaces {
  let inner: Map<string, string> | null = null;
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    inner ??= new Map(outer);
    inner.set(name.slice(6).toLowerCase(), value);
  }
  return inner ?? outer;
}

/** The name by which the reader knows an element (see above). `home` is the prefix of the feed's own format. */
export function knownName(name: string, namespaces: Namespaces, home: 'atom' | ''): string {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon).toLowerCase();
  const local = name.slice(colon + 1).toLowerCase();
  const space = spaceOf(prefix, namespaces);
  return space === home ? local : `${space}:${local}`;
}

function spaceOf(prefix: string, namespaces: Namespaces): string {
  const uri = namespaces.get(prefix);
  const known = uri === undefined ? undefined : NAMESPACES[plainUri(uri)];
  // An unknown default namespace on an RSS document is decoration: the elements are still RSS.
  if (prefix === '') return known ?? '';
  return known ?? (WELL_KNOWN.has(prefix) ? prefix : '?');
}

function plainUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
}
