import type { Handler } from 'htmlparser2';
import { parseLimits } from '../limits/intake.ts';
import type { ParseProblem } from './raw-item.ts';
import { knownName, namespacesWithin } from './xml-names.ts';
import type { Namespaces } from './xml-names.ts';

/** One wanted element of an item: its known name, its text, and the attributes that a reader needs. */
export type Field = { name: string; text: string; attributes: Readonly<Record<string, string>> };

/** What the document holds, before it is written down again in the one form that the feed reader gets. */
export type Collected = {
  root: 'feed' | 'html' | 'other' | null;
  items: Field[][];
  channel: Field[];
  /** The root's end tag was seen. */
  complete: boolean;
  /** Items that another element's end, or the document's, closed: what they held is not certain. */
  leftOpen: number;
  /** Items that hold text or an element which something else's end closed: a part of them is damaged, and which is not certain. */
  torn: number;
  problem: ParseProblem | null;
  tooMany: boolean;
};

/** Our own mark in the canonical form; no feed can write it, since only wanted names are copied. */
export const TORN = 'x-torn';

/** Elements that are read inside an item, by known name. Bodies are not read: nothing here needs them, and readers choke on them. */
const ITEM_FIELDS = new Set(
  (
    'title link guid id pubdate published updated issued modified created date dc:title dc:date dc:identifier ' +
    'dcterms:issued dcterms:created dcterms:modified atom:title atom:link atom:id atom:published atom:updated ' +
    'feedburner:origlink media:title'
  ).split(' '),
);
const CHANNEL_FIELDS = new Set(['lastbuilddate', 'pubdate', 'updated', 'dc:date', 'ttl', 'atom:updated']);
const TITLES = new Set(['title', 'dc:title', 'atom:title', 'media:title']);
/** Attributes that say what a link or an id is. */
const FIELD_ATTRIBUTES = ['href', 'rel', 'type', 'isPermaLink', 'mode'] as const;
const ROOTS = new Set(['rss', 'rdf:rdf', ':rdf', 'rdf', '?:rdf', 'feed', 'atom:feed', 'channel']);
/** Markup that separates words when it stands inside a title. */
const SEPARATING = /(?:^|:)(?:br|p|div|li|td|h[1-6])$/i;

type Frame = {
  name: string;
  namespaces: Namespaces;
  base: string | null;
  /** Fields of this element if it is an item. */
  item: Field[] | null;
  field: Field | null;
  empty: boolean;
  /** Of an item: a part of it is damaged. */
  torn: boolean;
};

/** Listens to htmlparser2 and keeps what a feed reader needs. Holds the first limit that was passed in `problem`. */
export class FieldCollector implements Partial<Handler> {
  readonly collected: Collected = {
    root: null,
    items: [],
    channel: [],
    complete: false,
    leftOpen: 0,
    torn: 0,
    problem: null,
    tooMany: false,
  };
  readonly #frames: Frame[] = [];
  /** The field whose text is being read; elements inside it are markup. */
  #open: Field | null = null;
  #home: 'atom' | '' = '';
  #elements = 0;
  /** Tells whether the tag that is just being closed closed itself (`<link/>`), which htmlparser2 reports as implied. */
  readonly #closesItself: () => boolean;

  constructor(closesItself: () => boolean) {
    this.#closesItself = closesItself;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.collected.problem !== null) return;
    const parent = this.#frames.at(-1);
    if (parent !== undefined) parent.empty = false;
    if (this.#exceeds(attributes)) return;
    if (parent === undefined && !this.#openRoot(name, attributes)) return;
    const namespaces = namespacesWithin(parent?.namespaces ?? new Map(), attributes);
    const known = knownName(name, namespaces, this.#home);
    const base = resolveBase(attributes['xml:base'], parent?.base ?? null);
    const frame: Frame = { name: known, namespaces, base, item: null, field: null, empty: true, torn: false };
    this.#frames.push(frame);
    if (this.#open !== null) {
      if (TITLES.has(this.#open.name) && SEPARATING.test(name)) addText(this.#open, ' ');
    } else if (known === 'item' || known === 'entry' || known === 'atom:entry') {
      frame.item = aboutOf(attributes);
    } else if (parent !== undefined && isWanted(known, parent)) {
      frame.field = { name: known, text: '', attributes: fieldAttributes(attributes, base) };
      this.#open = frame.field;
    }
  }

  ontext(data: string): void {
    if (this.collected.problem !== null) return;
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    frame.empty = false;
    // An item holds elements; words of its own are what is left of a tag.
    if (frame.item !== null && data.trim() !== '') frame.torn = true;
    if (this.#open !== null && !/^(?:\?|xhtml)?:?(?:script|style)$/.test(frame.name))
      addText(this.#open, data);
  }

  onclosetag(_name: string, isImplied: boolean): void {
    if (this.collected.problem !== null) return;
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const certain = !isImplied || (frame.empty && this.#closesItself());
    if (this.#frames.length === 0 && certain) this.collected.complete = true;
    const parent = this.#frames.at(-1);
    if (frame.item !== null) this.#closeItem(frame.item, certain, frame.torn);
    else if (!certain && parent !== undefined && parent.item !== null) parent.torn = true;
    if (frame.field === null) return;
    this.#open = null;
    if (!certain || parent === undefined) return;
    (parent.item ?? this.collected.channel).push(frame.field);
  }

  #closeItem(fields: Field[], certain: boolean, torn: boolean): void {
    if (!certain) this.collected.leftOpen += 1;
    else if (this.collected.items.length >= parseLimits.itemsMax) this.collected.tooMany = true;
    else {
      if (torn) this.collected.torn += 1;
      this.collected.items.push(torn ? [...fields, { name: TORN, text: '1', attributes: {} }] : fields);
    }
  }

  /** False where the element can't be the root of a feed, or a second root. */
  #openRoot(name: string, attributes: Record<string, string>): boolean {
    if (this.collected.root !== null) return false;
    const namespaces = namespacesWithin(new Map(), attributes);
    const own = knownName(name, namespaces, '');
    this.#home = own === 'atom:feed' ? 'atom' : '';
    const isFeed = ROOTS.has(own) || /^(?:.*:)?(?:rss|rdf|feed)$/.test(own);
    this.collected.root = isFeed ? 'feed' : own.endsWith('html') ? 'html' : 'other';
    return isFeed;
  }

  #exceeds(attributes: Record<string, string>): boolean {
    this.#elements += 1;
    const detail =
      this.#elements > parseLimits.elementsMax
        ? `elements > ${parseLimits.elementsMax}`
        : Object.keys(attributes).length > parseLimits.attributesMax
          ? `attributes > ${parseLimits.attributesMax}`
          : null;
    if (detail !== null) this.collected.problem = { code: 'too-many', detail };
    else if (this.#frames.length >= parseLimits.depthMax) {
      this.collected.problem = { code: 'too-deep', detail: `depth > ${parseLimits.depthMax}` };
    }
    return this.collected.problem !== null;
  }
}

function isWanted(known: string, parent: Frame): boolean {
  if (parent.item !== null) return ITEM_FIELDS.has(known);
  return (parent.name === 'channel' || parent.name === 'feed') && CHANNEL_FIELDS.has(known);
}

function aboutOf(attributes: Record<string, string>): Field[] {
  const about = Object.entries(attributes).find(([name]) => /^(?:\w+:)?about$/i.test(name));
  return about === undefined ? [] : [{ name: 'rdf:about', text: about[1], attributes: {} }];
}

function fieldAttributes(attributes: Record<string, string>, base: string | null): Record<string, string> {
  const kept: Record<string, string> = base === null ? {} : { base };
  for (const wanted of FIELD_ATTRIBUTES) {
    const found = Object.entries(attributes).find(([name]) => name.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) kept[wanted] = found[1].slice(0, parseLimits.fieldCharsMax);
  }
  return kept;
}

function addText(field: Field, data: string): void {
  // One more than the limit is kept, so that whoever reads the field can see that it was too long.
  const room =
    (TITLES.has(field.name) ? parseLimits.titleCharsMax : parseLimits.fieldCharsMax) + 1 - field.text.length;
  if (room > 0) field.text += data.slice(0, room);
}

function resolveBase(own: string | undefined, outer: string | null): string | null {
  if (own === undefined || own.length > parseLimits.fieldCharsMax) return outer;
  if (outer !== null && URL.canParse(own, outer)) return new URL(own, outer).href;
  return own;
}
