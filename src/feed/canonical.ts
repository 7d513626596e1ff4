import { Parser } from 'htmlparser2';
import { parseLimits } from '../limits/intake.ts';
import { FieldCollector } from './collect-fields.ts';
import type { Collected, Field } from './collect-fields.ts';
import type { ParseProblem } from './raw-item.ts';

/** `xml` is RSS 2.0 with a closed list of elements and prefixes, without DTD; safe for any feed reader. */
export type Canonical =
  | { kind: 'xml'; xml: string; problems: readonly ParseProblem[]; truncated: boolean }
  | { kind: 'problem'; problem: ParseProblem };

/** Characters given to the parser at once; a limit is noticed after at most this much more text. */
const CHUNK = 65_536;

/**
 * Rewrites a feed of any kind (RSS 0.9x to 2.0, RDF, Atom, well-formed or not) in one form. Half of what feeds do wrong
 * (entities, unclosed tags, odd prefixes, items in the wrong place) never reaches the feed reader, and three inputs that
 * would stop the reader or the process can't be written in that form at all. Linear in the length of the text.
 */
export function canonical(text: string): Canonical {
  if (text.length > parseLimits.charsMax) return refused('too-large', `${text.length} characters`);
  const prepared = withoutDoctype(text.replace(ILLEGAL, ''));
  if (prepared.trim() === '')
    return refused(text.trim() === '' ? 'empty' : 'not-xml', `${text.length} characters`);
  const collected = collect(prepared);
  if (collected.problem !== null) return { kind: 'problem', problem: collected.problem };
  return collected.root === 'feed'
    ? {
        kind: 'xml',
        xml: write(collected),
        problems: problemsOf(collected),
        truncated: !collected.complete || collected.leftOpen > 0,
      }
    : refused(refusalOf(collected.root, prepared), excerpt(prepared));
}

function refusalOf(root: 'html' | 'other' | null, text: string): ParseProblem['code'] {
  if (root === null) return 'not-xml';
  return root === 'html' || /<html[\s>]/i.test(text) ? 'html' : 'not-a-feed';
}

/** Control characters that XML forbids; they would otherwise travel into titles. */
// oxlint-disable-next-line no-control-regex -- removing them is the purpose
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function collect(text: string): Collected {
  const collector = new FieldCollector(() => text.charCodeAt(parser.endIndex - 1) === SLASH);
  const parser: Parser = new Parser(collector, { xmlMode: true, decodeEntities: true });
  for (let at = 0; at < text.length && collector.collected.problem === null; at += CHUNK) {
    parser.write(text.slice(at, at + CHUNK));
  }
  if (collector.collected.problem === null) parser.end();
  return collector.collected;
}

const SLASH = 0x2f;

function problemsOf({ complete, leftOpen, torn, tooMany }: Collected): ParseProblem[] {
  const problems: ParseProblem[] = [];
  if (!complete) problems.push({ code: 'truncated', detail: 'end tag of the root element missing' });
  else if (leftOpen > 0) problems.push({ code: 'truncated', detail: `items without end tag: ${leftOpen}` });
  else if (torn > 0) problems.push({ code: 'truncated', detail: `items with damaged parts: ${torn}` });
  if (tooMany) problems.push({ code: 'too-many', detail: `items > ${parseLimits.itemsMax}` });
  return problems;
}

/**
 * Removes the document type declaration by walking the prolog. A search for `<!DOCTYPE` would also hit comments and
 * CDATA sections; and entities that a document defines for itself are never expanded, so bombs stay paper.
 */
function withoutDoctype(text: string): string {
  let at = 0;
  for (;;) {
    const next = text.indexOf('<', at);
    if (next < 0) return text;
    if (text.startsWith('<!--', next)) at = after(text, '-->', next);
    else if (text.startsWith('<?', next)) at = after(text, '?>', next);
    else if (/^<!doctype/i.test(text.slice(next, next + 9))) {
      return text.slice(0, next) + text.slice(doctypeEnd(text, next + 9));
    } else return text;
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** The index behind a DOCTYPE's closing `>`, minding its internal subset, quotes and comments. */
function doctypeEnd(text: string, from: number): number {
  let inSubset = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") at = after(text, char, at + 1) - 1;
    else if (char === '<' && text.startsWith('<!--', at)) at = after(text, '-->', at) - 1;
    else if (char === '[') inSubset = true;
    else if (char === ']') inSubset = false;
    else if (char === '>' && !inSubset) return at + 1;
  }
  return text.length;
}

/** The elements' names in the canonical form, where they differ from the known names: feed readers heed their case. */
const WRITTEN: Readonly<Record<string, string>> = {
  pubdate: 'pubDate',
  lastbuilddate: 'lastBuildDate',
  'feedburner:origlink': 'feedburner:origLink',
};

function write({ items, channel }: Collected): string {
  const parts = ['<rss version="2.0"><channel>', ...channel.map(writeField)];
  for (const fields of items) parts.push('<item>', ...fields.map(writeField), '</item>');
  parts.push('</channel></rss>');
  return parts.join('');
}

function writeField({ name, text, attributes }: Field): string {
  const written = WRITTEN[name] ?? name;
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  return `<${written}${pairs.join('')}>${escape(text)}</${written}>`;
}

function escape(text: string): string {
  return text
    .replace(ILLEGAL, '')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function refused(code: ParseProblem['code'], detail: string): Canonical {
  return { kind: 'problem', problem: { code, detail } };
}

function excerpt(text: string): string {
  return text.trim().slice(0, 80);
}
