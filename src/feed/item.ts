/** Language of a text that people read. Everything the program says exists in both. */
export type Lang = 'ja' | 'en';

/** Milliseconds since 1970-01-01T00:00:00Z. The program stores instants, and shows them in Asia/Tokyo. */
export type EpochMs = number;

/**
 * What can be wrong with one item. An item with a `blocking` problem is shown to people and never published as it is.
 * `code` picks the sentence in the catalogue, `detail` is the evidence in the item's own words.
 */
export type ItemProblem = {
  code:
    | 'title-missing'
    | 'title-lossy'
    | 'title-mojibake'
    | 'title-cut'
    | 'link-missing'
    | 'link-refused'
    | 'date-missing'
    | 'date-unreadable'
    | 'date-future'
    | 'date-absurd'
    | 'document-truncated';
  detail: string;
  blocking: boolean;
};

/** One thing a feed offers, cleaned, but not yet judged. Plain data: it crosses a worker thread and a database. */
export type Item = {
  /** The feed's name in the configuration. */
  feed: string;
  /** What the feed calls the item: guid, Atom id, rdf:about; where it gives none, the link, else a hash of the title. */
  id: string;
  /** Markup, control, bidi and zero-width characters removed, entities decoded, white space folded, NFC. */
  title: string;
  /** Absolute http(s) link without tracking parameters, or null where the item has none that may be followed. */
  url: string | null;
  publishedAt: EpochMs | null;
  /** True where the feed gives a date without a usable time of day, so that only the day may be shown. */
  dateOnly: boolean;
  lang: Lang;
  problems: readonly ItemProblem[];
};
