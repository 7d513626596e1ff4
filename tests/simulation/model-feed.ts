import type { Item } from '../../src/feed/item.ts';
import type { SeenItem } from '../../src/feed/seen-item.ts';
import type { FeedChange } from './feed-changes.ts';

/** One wording of one page. Those of one matter stand in the order in which the institution published them. */
export type Version = {
  matter: number;
  url: string;
  title: string;
  /** A newer report takes the place of all before it; a new wording only that of its own page. */
  isReport: boolean;
  /** The feed shows it when everything has happened, so it must not be lost. */
  stands: boolean;
  /** The page was dated anew under this wording: where it is urgent, that may be told once more, as an update. */
  redated: boolean;
};

type Showing = { from: number; until: number; item: Item; version: Version };

/** The feed as the institution keeps it: pages come, are worded or dated anew, are taken down and return, and newer reports follow. */
export class ModelFeed {
  readonly versions: Version[] = [];
  /** From then on nothing changes any more. */
  readonly lastChangeAt: number;
  readonly #showings: Showing[] = [];
  readonly #standing: readonly Item[];
  /** Instants at which what it shows changes, and what it shows from each on. */
  readonly #steps: readonly { at: number; items: readonly Item[] }[];

  constructor(released: readonly { releasedAt: number; item: Item }[], changes: readonly FeedChange[]) {
    for (const [matter, { releasedAt, item }] of released.entries()) {
      this.#show(matter, releasedAt, item, false);
      let reports = 1;
      for (const change of changes.filter((one) => one.page === matter)) {
        const at = releasedAt + change.afterMs;
        const page = this.#showings.findLast((one) => one.item.url === item.url);
        if (page === undefined) continue;
        if (change.do === 'return') this.#show(matter, at, page.item, false);
        else if (change.do === 'report' || change.do === 'doubtful-report') {
          reports += 1;
          this.#show(matter, at, reportOn(page.item, reports, at - releasedAt, change.do), true);
        } else {
          page.until = at;
          if (change.do === 'retitle') this.#show(matter, at, retitled(page.item), false);
          if (change.do === 'redate') this.#show(matter, at, redated(page.item), false);
        }
      }
    }
    const times = this.#showings.flatMap(({ from, until }) => [from, until]).filter(Number.isFinite);
    this.lastChangeAt = Math.max(0, ...times);
    this.#steps = [...new Set(times)]
      .toSorted((a, b) => a - b)
      .map((at) => ({ at, items: this.#itemsAt(at) }));
    this.#standing = this.#steps.at(-1)?.items ?? [];
    for (const { until, version } of this.#showings)
      if (until === Number.POSITIVE_INFINITY) version.stands = true;
  }

  /** What it shows at the time, newest first, and a mark that is another for every state of it. */
  shown(now: number): { items: readonly Item[]; mark: string } {
    const at = this.#steps.findLastIndex((step) => step.at <= now);
    return { items: this.#steps[at]?.items ?? [], mark: `"${String(at)}"` };
  }

  /** Whether all that it will show for good has been read. */
  isRead(seen: Iterable<SeenItem>): boolean {
    const known = new Map<string, Set<string>>();
    for (const { url, title } of seen) known.set(url ?? '', (known.get(url ?? '') ?? new Set()).add(title));
    return this.#standing.every(({ url, title }) => known.get(url ?? '')?.has(title) === true);
  }

  #show(matter: number, from: number, item: Item, isReport: boolean): void {
    const url = item.url ?? '';
    const { title } = item;
    let version = this.versions.find((one) => one.url === url && one.title === title);
    if (version === undefined) {
      version = { matter, url, title, isReport, stands: false, redated: false };
      this.versions.push(version);
    }
    const shown = version;
    if (this.#showings.some((one) => one.version === shown && one.item.publishedAt !== item.publishedAt))
      version.redated = true;
    this.#showings.push({ from, until: Number.POSITIVE_INFINITY, item, version });
  }

  #itemsAt(now: number): readonly Item[] {
    return this.#showings
      .filter(({ from, until }) => from <= now && now < until)
      .toSorted((a, b) => b.from - a.from)
      .map(({ item }) => item);
  }
}

/** Whether the newer version takes the older one's place. */
export function replaces(newer: Version, older: Version, all: readonly Version[]): boolean {
  return (
    newer.matter === older.matter &&
    all.indexOf(newer) > all.indexOf(older) &&
    (newer.isReport || newer.url === older.url)
  );
}

/** Endings of a title, each a small correction of the one before; none contains another. */
const ENDINGS = [
  ['を公表しました', 'を公表いたしました', 'を公開しました'],
  ['の取扱いについて', 'のお取扱いについて', 'の取り扱いについて'],
] as const;

function retitled(item: Item): Item {
  for (const endings of ENDINGS) {
    const at = endings.findIndex((ending) => item.title.endsWith(ending));
    const [now, next] = [endings[at], endings[at + 1]];
    if (now !== undefined && next !== undefined)
      return { ...item, title: item.title.slice(0, -now.length) + next };
  }
  return item;
}

function redated(item: Item): Item {
  return { ...item, publishedAt: (item.publishedAt ?? 0) + 86_400_000 };
}

/** 第2報 and the like, on a page of its own. */
function reportOn(page: Item, number: number, laterMs: number, kind: 'report' | 'doubtful-report'): Item {
  const url = (page.url ?? '').replace('.html', `-${String(number)}.html`);
  return {
    ...page,
    id: url,
    url,
    title: `${page.title}（第${String(number)}報）`,
    publishedAt: (page.publishedAt ?? 0) + laterMs,
    problems:
      kind === 'report' ? [] : [{ code: 'title-lossy', detail: 'replacement character', blocking: true }],
  };
}
