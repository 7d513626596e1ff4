import { selectAll, selectOne } from 'css-select';
import { DomHandler, isTag, isText } from 'domhandler';
import type { AnyNode, Document, Element } from 'domhandler';
import { Parser } from 'htmlparser2';
import { parseLimits } from '../limits/intake.ts';
import type { ListSelectors } from './feed-config.ts';
import { nothingBut } from './raw-item.ts';
import type { RawFeed, RawItem } from './raw-item.ts';

/**
 * Reads the announcements on an HTML page by CSS selectors. A page on which they find nothing is either a quiet day (the
 * list is there, and holds no link) or a redesign, which must be noticed: it is told by the list's own element, which is what
 * the item's selector says before its last step. Never throws but for selectors that are no CSS.
 */
export function parseList(html: string, selectors: ListSelectors): RawFeed {
  if (html.trim() === '') return nothingBut('empty', `${html.length} characters`);
  if (html.length > parseLimits.charsMax) return nothingBut('too-large', `${html.length} characters`);
  const page = readPage(html);
  if (page === null) return nothingBut('too-deep', `depth > ${parseLimits.htmlDepthMax}`);
  const found = selectAll<AnyNode, Element>(selectors.item, page);
  if (found.length === 0) {
    return isQuiet(page, selectors.item) ? nothing() : nothingBut('selectors-match-nothing', selectors.item);
  }
  const base = selectOne<AnyNode, Element>('base[href]', page)?.attribs['href'] ?? null;
  const items = found.slice(0, parseLimits.itemsMax).map((element) => rawItem(element, selectors, base));
  const missing = missingEverywhere(items, selectors);
  if (missing !== null) return nothingBut('selectors-match-nothing', missing);
  const tooMany = found.length > parseLimits.itemsMax;
  return {
    ...nothing(),
    items,
    problems: tooMany ? [{ code: 'too-many', detail: `items > ${parseLimits.itemsMax}` }] : [],
  };
}

function nothing(): RawFeed {
  return { items: [], problems: [], lastBuildDate: null, ttlMs: null, truncated: false };
}

function rawItem(element: Element, selectors: ListSelectors, base: string | null): RawItem {
  const title = within(element, selectors.title);
  const link = within(element, selectors.link);
  const date = selectors.date === null ? null : within(element, selectors.date);
  const href = link?.attribs['href']?.trim() ?? '';
  return {
    titles: title === null ? [] : [textOf(title)],
    links: href === '' ? [] : [{ href, base }],
    ids: [],
    dates: [date?.attribs['datetime'] ?? '', date === null ? '' : textOf(date)]
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  };
}

/** The element itself may be what a selector means: a list of bare links has nothing inside its items. */
function within(element: Element, selector: string): Element | null {
  return (
    selectOne<AnyNode, Element>(selector, element.children) ??
    selectAll<AnyNode, Element>(selector, [element]).find((candidate) => candidate === element) ??
    null
  );
}

/** What a browser shows of it: no scripts, a space for a line break. Recursion is bounded by the depth of the page. */
function textOf(element: Element): string {
  return shownText(element)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, parseLimits.titleCharsMax + 1);
}

function shownText(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!isTag(node) || node.name === 'script' || node.name === 'style') return '';
  return node.name === 'br' ? ' ' : node.children.map(shownText).join('');
}

/** Selectors that find something in no item at all belong to another page than this. */
function missingEverywhere(items: readonly RawItem[], selectors: ListSelectors): string | null {
  if (items.every(({ titles }) => (titles[0] ?? '') === '')) return selectors.title;
  if (items.every(({ links }) => links.length === 0)) return selectors.link;
  if (selectors.date !== null && items.every(({ dates }) => dates.length === 0)) return selectors.date;
  return null;
}

function isQuiet(page: AnyNode, item: string): boolean {
  const list = listSelector(item);
  const found = list === null ? null : selectOne<AnyNode, Element>(list, page);
  return found !== null && selectOne<AnyNode, Element>('a[href]', found.children) === null;
}

/** `ul.news > li` → `ul.news`; null where the selector names no element around the item. */
export function listSelector(item: string): string | null {
  const found = /^(.*[^\s>+~,])\s*(?:\s|>)\s*[^\s>+~,]+$/.exec(item.trim());
  return found?.[1] === undefined || item.includes(',') ? null : found[1];
}

/** Characters read between two looks at the depth. */
const PIECE = 16_384;

/** The page as a tree; null where it is too deep, and then the rest is not read: a reader's work grows with the square of the depth. */
function readPage(html: string): Document | null {
  const handler = new DepthHandler();
  const parser = new Parser(handler);
  for (let at = 0; at < html.length; at += PIECE) {
    parser.write(html.slice(at, at + PIECE));
    if (handler.deepest > parseLimits.htmlDepthMax) return null;
  }
  parser.end();
  return handler.root;
}

class DepthHandler extends DomHandler {
  deepest = 0;
  #depth = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    this.deepest = Math.max(this.deepest, this.#depth);
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}
