import { followUpOf, stemOf, type FollowUp } from '../classify/follow-up.ts';
import { digitsOf, foldTitle, likeness } from '../feed/fold-title.ts';
import { keysOf } from '../feed/identity-keys.ts';
import type { EpochMs, Item } from '../feed/item.ts';
import type { SeenItem } from '../feed/seen-item.ts';
import { identityLimits } from '../limits/intake.ts';
import { followUpLimits } from '../limits/words.ts';
import type { Entry, State } from '../outbox/entry.ts';
import type { App } from './app.ts';

/**
 * The earlier announcement: an entry, or an item of the same poll of which none is made yet. `publishedAt` is when the institution
 * published it.
 */
export type Earlier = { publishedAt: EpochMs | null } & (
  { kind: 'entry'; id: string } | { kind: 'sibling'; originKey: string }
);

/** That an item follows an earlier announcement, and which one, where it is known. */
export type Following = { followUp: FollowUp; predecessor: Earlier | null };

/** What an earlier announcement is known by. */
type Told = { title: string; url: string | null; lang: Item['lang'] };

/** An entry that never became, and never will become, a post has no follow-up. */
const TOLD: readonly State[] = [
  'queued',
  'held',
  'attempting',
  'uncertain',
  'published',
  'withdrawing',
  'withdrawn',
  'rejected',
  'expired',
];

/** States of a report that readers have seen, or are about to. */
const OUT: readonly State[] = ['queued', 'attempting', 'uncertain', 'published', 'withdrawing'];

/** News of the same poll, and the mark under which an entry is made of it. */
type Sibling = { item: Item; originKey: string };

/** 第2報 and what comes after it. `stem` is folded. */
type Report = { title: string; lang: Item['lang']; number: number; stem: string };

/** Asks for the earlier announcements of the scope once, and only where some item speaks of one. */
export class Predecessors {
  readonly #app: App;
  readonly #now: EpochMs;
  /** News of the same poll, oldest first. */
  readonly #siblings: readonly Sibling[];
  /** What the feed lists now. */
  readonly #titles: ReadonlySet<string>;
  /** Marks of what a feed listed of late. */
  readonly #recentKeys: ReadonlySet<string>;
  #entries: Promise<readonly Entry[]> | null = null;
  #reports: Promise<readonly Report[]> | null = null;

  constructor(
    app: App,
    {
      siblings,
      items,
      remembered,
    }: { siblings: readonly Sibling[]; items: readonly Item[]; remembered: readonly SeenItem[] },
    now: EpochMs,
  ) {
    this.#app = app;
    this.#siblings = siblings;
    this.#titles = new Set(items.map(({ title }) => title));
    const recent = remembered.filter(({ lastSeenAt }) => lastSeenAt >= now - identityLimits.editWindowMs);
    this.#recentKeys = new Set(recent.flatMap(({ keys }) => keys));
    this.#now = now;
  }

  /** null where the item follows nothing, or its title only sounds so and no earlier announcement is known. */
  async of(item: Item, isUrgent: boolean): Promise<Following | null> {
    const followUp = followUpOf(item.title);
    if (followUp === null) return isUrgent ? this.#retitled(item) : null;
    const predecessor = this.#sibling(item, followUp) ?? (await this.#entry(item, followUp));
    return predecessor === null && !followUp.marked ? null : { followUp, predecessor };
  }

  /**
   * The title of a later report of the same matter that has gone out, or is about to, before this one came; null where there is none. Sent
   * after it, this one would tell readers what is no longer so.
   */
  async overtakenBy(item: Item): Promise<string | null> {
    const own = rankOf(followUpOf(item.title));
    if (own === null) return null;
    this.#reports ??= this.#furtherReports();
    const stem = foldTitle(stemOf(item.title));
    const later = (await this.#reports).find(
      (told) => told.lang === item.lang && told.number > own && isSameMatter(stem, told.stem),
    );
    return later?.title ?? null;
  }

  /** Read once: a poll may bring hundreds of items, and few of the posts are such reports. */
  async #furtherReports(): Promise<readonly Report[]> {
    this.#entries ??= this.#recent();
    return (await this.#entries).flatMap(({ source, lang, state }) => {
      const number = source === null || !OUT.includes(state) ? null : rankOf(followUpOf(source.title));
      if (source === null || number === null || number <= 1) return [];
      return [{ title: source.title, lang, number, stem: foldTitle(stemOf(source.title)) }];
    });
  }

  /** Both reports may come at once, and a feed may list them in either order. */
  #sibling(item: Item, followUp: FollowUp): Earlier | null {
    const at = this.#siblings.findIndex((one) => one.item === item);
    const before = this.#siblings
      .map((sibling, index) => ({ sibling, index, rank: rankOf(followUpOf(sibling.item.title)) }))
      .filter(
        ({ sibling, index, rank }) =>
          sibling.item !== item && isBefore({ rank, index }, { rank: rankOf(followUp), index: at }),
      )
      .toSorted((a, b) => (isBefore(a, b) ? 1 : -1));
    const found = before.find(({ sibling }) => isEarlier(item, followUp, sibling.item))?.sibling;
    if (found === undefined) return null;
    return { kind: 'sibling', originKey: found.originKey, publishedAt: found.item.publishedAt };
  }

  async #entry(item: Item, followUp: FollowUp): Promise<Earlier | null> {
    this.#entries ??= this.#recent();
    const entries = await this.#entries;
    const lastOf = (isOne: (told: Told) => boolean): Entry | undefined => {
      const told = entries.filter(
        ({ source, lang }) =>
          source !== null &&
          isOne({ ...source, lang }) &&
          !isLater(rankOf(followUpOf(source.title)), rankOf(followUp)),
      );
      // The last of its line, whatever the dates say: a clock that has jumped since may have dated the first one after it.
      const followed = new Set(told.map(({ predecessorId }) => predecessorId));
      return told.find(({ id }) => !followed.has(id));
    };
    const found =
      lastOf((told) => isEarlier(item, followUp, told)) ??
      (followUp.marked ? lastOf((told) => isSameRelief(item, followUp, told)) : undefined);
    if (found === undefined) return null;
    return { kind: 'entry', id: found.id, publishedAt: found.source?.publishedAt ?? null };
  }

  /**
   * An urgent page whose title was changed beyond likeness (a second typhoon was added) is still the page that was announced; one that
   * no feed has listed for long carries another announcement.
   */
  async #retitled(item: Item): Promise<Following | null> {
    const { page } = keysOf(item, item.feed);
    if (item.url === null || page === null || !this.#recentKeys.has(page)) return null;
    this.#entries ??= this.#recent();
    const found = (await this.#entries).find(
      ({ topic, lang, source }) =>
        topic === 'urgent' &&
        lang === item.lang &&
        source?.url === item.url &&
        !this.#titles.has(source.title),
    );
    if (found === undefined) return null;
    const followUp: FollowUp = { kind: 'update', number: null, marked: true, stem: item.title };
    const publishedAt = found.source?.publishedAt ?? null;
    return { followUp, predecessor: { kind: 'entry', id: found.id, publishedAt } };
  }

  async #recent(): Promise<readonly Entry[]> {
    const { scope, store } = this.#app;
    const limit = followUpLimits.entriesMax;
    const entries = await store.list({ scope, states: TOLD, newestFirst: true, limit });
    return entries.filter(({ createdAt }) => this.#now - createdAt <= followUpLimits.reachMs);
  }
}

/** The number of a report, 1 for what speaks of none before it; null where only the order of publication can tell. */
function rankOf(followUp: FollowUp | null): number | null {
  return followUp === null ? 1 : followUp.number;
}

/** 第3報 is no earlier announcement of 第2報, though the feed brought it first. */
function isLater(told: number | null, own: number | null): boolean {
  return told !== null && own !== null && told > own;
}

type Place = { rank: number | null; index: number };

function isBefore(a: Place, b: Place): boolean {
  return a.rank !== null && b.rank !== null && a.rank !== b.rank ? a.rank < b.rank : a.index < b.index;
}

/**
 * Whether it is an earlier announcement of the same matter in the same language: the same page, or the same title but for the marks.
 * Figures must agree (台風第15号 is not 第16号), and near likeness is not enough: two disasters are worded alike.
 */
function isEarlier(item: Told, followUp: FollowUp, told: Told): boolean {
  if (told.lang !== item.lang) return false;
  if (item.url !== null && item.url === told.url) return true;
  return isSameMatter(...stemsOf(followUp, told));
}

/** Both titles without their marks, folded. */
function stemsOf(followUp: FollowUp, told: Told): [stem: string, earlier: string] {
  return [foldTitle(followUp.stem), foldTitle(stemOf(told.title))];
}

/** Folded titles of relief: the event, and what is said of procedures because of it. */
const RELIEF: readonly RegExp[] = [
  /^(?<event>.+?)(?:により|による|に伴う|に係る|の影響).*手続.*(?:取扱|取り扱|延長|期間|期限|特例|措置|救済)/u,
  /(?:procedure|timelimit|period|deadline|relief|bailout).*?(?:affectedby|dueto|becauseof|followingthe)(?:the)?(?<event>.+)$/u,
];

/**
 * One disaster's relief goes from 影響を受けた手続の取扱い to 手続期間の延長 while its reports count on: a marked one follows what was said
 * of procedures because of the very same event.
 */
function isSameRelief(item: Told, followUp: FollowUp, told: Told): boolean {
  const [stem, earlier] = stemsOf(followUp, told);
  if (told.lang !== item.lang) return false;
  return RELIEF.some((form) => {
    const event = form.exec(stem)?.groups?.['event'] ?? '';
    return event.length >= followUpLimits.eventMin && event === form.exec(earlier)?.groups?.['event'];
  });
}

function isSameMatter(stem: string, earlier: string): boolean {
  if (stem === '' || earlier === '' || digitsOf(stem) !== digitsOf(earlier)) return false;
  const [short, long] = stem.length < earlier.length ? [stem, earlier] : [earlier, stem];
  if (short.length >= followUpLimits.stemMin && long.startsWith(short)) return true;
  return likeness(stem, earlier) >= followUpLimits.likenessMin;
}
