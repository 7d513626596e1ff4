/** What one item of any format says, in its own words: decoded, but neither cleaned nor judged. */
export type RawItem = {
  /** Candidates for the title, best first; may hold markup and entities. */
  titles: readonly string[];
  /** Candidates for the link, best first, not yet resolved against `base`. */
  links: readonly RawLink[];
  /** What the format calls the item (guid, Atom id, rdf:about), best first. */
  ids: readonly string[];
  /** Dates in their own notation, best first: publication before creation before change. */
  dates: readonly string[];
  /** A part of it was damaged, and which is not certain; left out where the format can't tell. */
  torn?: boolean;
};

/** `base` is the address against which a relative link is meant (xml:base, else the document's own). */
export type RawLink = { href: string; base: string | null };

/** What a reader made of a whole document. Readers return problems instead of throwing. */
export type RawFeed = {
  items: readonly RawItem[];
  problems: readonly ParseProblem[];
  lastBuildDate: string | null;
  /** The feed's own wish, milliseconds. */
  ttlMs: number | null;
  /** The document ends before its root element does, or an item has no end: what else is in it is not certain either. */
  truncated: boolean;
};

/** A problem of the whole document; `code` is one of FeedProblem's, `detail` the evidence. */
export type ParseProblem = {
  code:
    | 'empty'
    | 'html'
    | 'not-xml'
    | 'not-a-feed'
    | 'too-large'
    | 'too-deep'
    | 'too-many'
    | 'truncated'
    | 'lossy-encoding'
    | 'parse-timeout'
    | 'parse-failed'
    | 'selectors-match-nothing';
  detail: string;
};

/** A document that gave nothing but a problem. */
export function nothingBut(code: ParseProblem['code'], detail: string): RawFeed {
  return { items: [], problems: [{ code, detail }], lastBuildDate: null, ttlMs: null, truncated: false };
}
