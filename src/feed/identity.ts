import { identityLimits } from '../limits/intake.ts';
import type { FeedState } from './feed-state.ts';
import { digitsOf, foldTitle, likeness } from './fold-title.ts';
import { isGuidKey, jstDay, keysOf, listed } from './identity-keys.ts';
import type { ItemKeys } from './identity-keys.ts';
import type { EpochMs, Item } from './item.ts';
import type { SeenItem } from './seen-item.ts';

export { announcementKey, identityKeys } from './identity-keys.ts';

/**
 * Whether an item is news. `known`: it was met before, under this or another key, in this or another feed; `inThisPoll`
 * where it only repeats an earlier item of the same poll, whose record already holds its keys. `edited`: the page is known
 * and its title was changed. `seen` inside a verdict is the record as it was; beside it, as it is to be stored.
 */
export type Identified = {
  item: Item;
  verdict:
    | { kind: 'new' }
    | { kind: 'known'; seen: SeenItem; inThisPoll: boolean }
    | { kind: 'edited'; seen: SeenItem };
  seen: SeenItem;
};

/** What identify() works on; `known` are all records, of any feed, that share a key with one of the items. */
export type IdentifyInput = {
  items: readonly Item[];
  known: readonly SeenItem[];
  /** State before this poll; null at the first one. */
  feed: FeedState | null;
  now: EpochMs;
  newSeenId: (index: number) => string;
};

type Match = { record: SeenItem; edited: boolean };

/**
 * Tells news from what is known. Neither the link alone (pages carry one announcement after another), nor the title alone
 * (several pages share one), nor a date, nor a guid (systems make them anew) decides; link and title together do. The
 * weaker marks only explain how a known record came to look different, and only while that record itself is gone.
 */
export function identify({ items, known, feed, now, newSeenId }: IdentifyInput): readonly Identified[] {
  const before = new Map(known.map((record) => [record.seenId, record]));
  const poll = new Poll(items, before, feed, now);
  const verdicts = items.map((_, index): { verdict: Identified['verdict']; seenId: string } => {
    const match = poll.match(index);
    if (match === null) return { verdict: { kind: 'new' }, seenId: poll.remember(index, newSeenId(index)) };
    const { seenId } = match.record;
    const inThisPoll = poll.isClaimed(seenId);
    poll.merge(index, match);
    const seen = before.get(seenId) ?? match.record;
    if (match.edited) return { verdict: { kind: 'edited', seen }, seenId };
    return { verdict: { kind: 'known', seen, inThisPoll }, seenId };
  });
  // Records are complete only after the last item, since later ones may add keys to earlier ones.
  return items.map((item, index) => {
    const { verdict, seenId } = verdicts[index] ?? failed();
    return { item, verdict, seen: poll.records.get(seenId) ?? failed() };
  });
}

/** One poll's items against what is remembered; records change as items are matched. */
class Poll {
  readonly records: Map<string, SeenItem>;
  readonly #items: readonly { item: Item; keys: ItemKeys; folded: string }[];
  readonly #feed: FeedState | null;
  readonly #now: EpochMs;
  readonly #byKey = new Map<string, Set<string>>();
  /** Announcements in this poll; a record that holds one of them is present and explains nothing else. */
  readonly #present: ReadonlySet<string>;
  /** The distinct announcements in this poll under each key. */
  readonly #sharing = new Map<string, Set<string>>();
  readonly #claimed = new Set<string>();

  constructor(
    items: readonly Item[],
    before: ReadonlyMap<string, SeenItem>,
    feed: FeedState | null,
    now: EpochMs,
  ) {
    this.#items = items.map((item) => ({
      item,
      keys: keysOf(item, item.feed),
      folded: foldTitle(item.title),
    }));
    this.#feed = feed;
    this.#now = now;
    this.records = new Map(before);
    for (const record of before.values()) this.#index(record);
    this.#present = new Set(this.#items.map(({ keys }) => keys.announcement));
    for (const { keys } of this.#items) {
      for (const key of listed(keys)) {
        this.#sharing.set(key, (this.#sharing.get(key) ?? new Set()).add(keys.announcement));
      }
    }
  }

  /** The record that the item is, if any. */
  match(index: number): Match | null {
    const { keys } = this.#at(index);
    const same = this.#holding(keys.announcement)[0];
    if (same !== undefined) return { record: same, edited: false };
    return this.#byGuid(index) ?? this.#byMove(index) ?? this.#byEdit(index) ?? this.#byOtherFeed(index);
  }

  /** A guid counts only with a second mark: a reused one is no evidence. A page retitled under its own guid was edited. */
  #byGuid(index: number): Match | null {
    const { item, keys, folded } = this.#at(index);
    if (keys.guid === null || this.#isUnreliable(keys.guid)) return null;
    for (const record of this.#holding(keys.guid)) {
      const title = foldTitle(record.title);
      if (title === folded) return { record, edited: false };
      const samePage = keys.page !== null && record.keys.includes(keys.page);
      if ((samePage || isEditOf(title, folded)) && !this.#isPresent(record)) {
        return { record, edited: item.title !== '' };
      }
    }
    return null;
  }

  /** The same title on the same day, at an address that replaced the old one. Two pages may share a title; then none moved. */
  #byMove(index: number): Match | null {
    const { keys } = this.#at(index);
    if (keys.titleDay === null || this.#count(keys.titleDay) > 1) return null;
    const gone = this.#holding(keys.titleDay).filter((record) => !this.#isPresent(record));
    const [record, another] = gone;
    return record === undefined || another !== undefined ? null : { record, edited: false };
  }

  /** The same page and day, a similar title with the same digits, and the old title gone: somebody corrected it. */
  #byEdit(index: number): Match | null {
    const { item, keys, folded } = this.#at(index);
    if (keys.page === null || this.#count(keys.page) > 1) return null;
    const [record, another] = this.#holding(keys.page);
    // Two records on one page: it is a list of announcements, and a new title on it is a new one.
    if (record === undefined || another !== undefined || this.#isPresent(record)) return null;
    const isRecent = record.lastSeenAt >= this.#now - identityLimits.editWindowMs;
    const sameDay = jstDay(record.publishedAt) === jstDay(item.publishedAt);
    return isRecent && sameDay && isEditOf(foldTitle(record.title), folded) ? { record, edited: true } : null;
  }

  /**
   * The same title on the same day in another feed, at another address: two offices tell of one announcement on pages of
   * their own. What was set aside from the other feed is no reason to be silent about this one.
   */
  #byOtherFeed(index: number): Match | null {
    const { item, keys } = this.#at(index);
    if (keys.title === null) return null;
    const record = this.#holding(keys.title).find(
      (one) =>
        one.feed !== item.feed &&
        one.disposition !== 'ignored' &&
        !this.#isPresent(one) &&
        isSameDay(one, item, this.#now),
    );
    return record === undefined ? null : { record, edited: false };
  }

  /** An earlier item of this poll already is this record. */
  isClaimed(seenId: string): boolean {
    return this.#claimed.has(seenId);
  }

  remember(index: number, seenId: string): string {
    const { item, keys } = this.#at(index);
    const record: SeenItem = {
      seenId,
      feed: item.feed,
      keys: this.#usable(keys),
      title: item.title,
      url: item.url,
      lang: item.lang,
      publishedAt: item.publishedAt,
      firstSeenAt: this.#now,
      lastSeenAt: this.#now,
      // The caller knows better once it has judged the item; until then nothing may take it for posted.
      disposition: this.#feed?.baselineDone === true ? 'ignored' : 'baseline',
      entryId: null,
    };
    this.records.set(seenId, record);
    this.#claimed.add(seenId);
    this.#index(record);
    return seenId;
  }

  /** Adds the item's keys to the record. Another feed's wording doesn't replace that of the feed that brought it first. */
  merge(index: number, { record }: Match): void {
    const { item, keys } = this.#at(index);
    const isOwn = record.feed === item.feed && item.title !== '';
    const { title, url, lang, publishedAt } = isOwn ? item : record;
    const merged: SeenItem = {
      ...record,
      title,
      url,
      lang,
      publishedAt,
      keys: grown(record.keys, this.#usable(keys)),
      lastSeenAt: Math.max(this.#now, record.lastSeenAt),
    };
    this.records.set(record.seenId, merged);
    this.#claimed.add(record.seenId);
    this.#index(merged);
  }

  #usable(keys: ItemKeys): string[] {
    return listed(keys.guid !== null && this.#isUnreliable(keys.guid) ? { ...keys, guid: null } : keys);
  }

  #isUnreliable(guid: string): boolean {
    return this.#feed?.guidsUnreliable === true || this.#count(guid) > 1;
  }

  #isPresent(record: SeenItem): boolean {
    return this.#claimed.has(record.seenId) || record.keys.some((key) => this.#present.has(key));
  }

  #holding(key: string): SeenItem[] {
    return [...(this.#byKey.get(key) ?? [])].flatMap((seenId) => this.records.get(seenId) ?? []);
  }

  #count(key: string): number {
    return this.#sharing.get(key)?.size ?? 0;
  }

  #index(record: SeenItem): void {
    for (const key of record.keys) {
      this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(record.seenId));
    }
  }

  #at(index: number): { item: Item; keys: ItemKeys; folded: string } {
    return this.#items[index] ?? failed();
  }
}

/** Where one of the two has no date, the day on which it was met stands for it, and midnight may lie between. */
function isSameDay(record: SeenItem, item: Item, now: EpochMs): boolean {
  const dated = record.publishedAt !== null && item.publishedAt !== null;
  const before = jstDay(record.publishedAt ?? record.firstSeenAt) ?? 0;
  const after = jstDay(item.publishedAt ?? now) ?? 0;
  return Math.abs(after - before) <= (dated ? 0 : 1);
}

/** The keys with the item's present ones last, so that only those which it has long lost may ever be dropped. */
function grown(old: readonly string[], present: readonly string[]): string[] {
  const all = [...old.filter((key) => !present.includes(key)), ...present];
  const guids = new Set(all.filter(isGuidKey).slice(-identityLimits.guidsMax));
  return all.filter((key) => !isGuidKey(key) || guids.has(key)).slice(-identityLimits.keysMax);
}

/** Similar enough to be a correction. Another number is another announcement: 第1報, 第2報; 1月, 2月. */
function isEditOf(before: string, after: string): boolean {
  return digitsOf(before) === digitsOf(after) && likeness(before, after) >= identityLimits.likenessMin;
}

function failed(): never {
  throw new RangeError('index outside of the poll');
}
