import { classify } from '../classify/classify.ts';
import type { Classification } from '../classify/classification.ts';
import { compose } from '../compose/compose.ts';
import type { Draft } from '../compose/draft.ts';
import { textKey } from '../compose/text-key.ts';
import { canonicalLink } from '../feed/canonical-link.ts';
import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedState } from '../feed/feed-state.ts';
import { floodOf, type FloodKind } from '../feed/flood.ts';
import { identify, identityKeys, type Identified } from '../feed/identity.ts';
import type { EpochMs, Item } from '../feed/item.ts';
import { progressLimits } from '../limits/running.ts';
import { TEXT_FREE_STATES } from '../outbox/due.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { App } from './app.ts';
import { Predecessors, type Following } from './find-predecessor.ts';
import { judgeDraft } from './judge-draft.ts';
import { originKeyOf, withRedated } from './known-page.ts';
import { breathe } from './progress.ts';
import { inOrderOfPublication } from './publication-order.ts';
import { toldByHand } from './told-by-hand.ts';
import { newestVersion } from './versions.ts';

/** One item with everything the program thinks of it. Nothing has been written yet. */
export type Assessed = {
  item: Item;
  identity: Identified;
  /** What it is to the outbox: news, an edited page, or nothing new (also where an entry was made of it under another record). */
  news: 'new' | 'edited' | 'known';
  /** The entry that was made of it before. */
  madeBefore: string | null;
  classification: Classification;
  draft: Draft | null;
  verdict: Verdict | null;
  /** Set where a new page follows an earlier announcement. */
  following: Following | null;
  /** The entry that it updates, in the version that stands now; null where none is known, or where that one is an item of the same poll. */
  predecessorId: string | null;
  /** Unique within the scope; two sources of one announcement share it. */
  originKey: string;
};

/** How far the items are taken, and who is told of each. */
export type Assessing = {
  /**
   * What is composed and judged: `news`, since nearly everything that a poll reads is known already; `all` for people who want to see
   * it; `none` at a first reading, which only marks what it finds, often thousands of items.
   */
  depth: 'news' | 'all' | 'none';
  /** Given where a person watches: told how many are done, and the rest of the program has its turn meanwhile. */
  onStep?: (done: number) => void;
};

/**
 * Takes items through identity, classification, composition and judgement, in the feed's order.
 * The preview and the worker both call this, so what one shows is what the other posts.
 */
export async function assessItems(
  app: App,
  feed: FeedConfig,
  items: readonly Item[],
  state: FeedState | null,
  now: EpochMs,
  { depth, onStep }: Assessing,
): Promise<readonly Assessed[]> {
  const keys = [...new Set(items.flatMap((item) => identityKeys(item, feed.name)))];
  const remembered = await app.store.findSeen(app.scope, keys);
  const newSeenId = (): string => app.random.entryId(now);
  const classes = new Map<Item, Classification>();
  const classOf = (item: Item): Classification => {
    const known = classes.get(item) ?? classify(item, app.config.rules);
    classes.set(item, known);
    return known;
  };
  const identified = withRedated(
    identify({ items, known: remembered, feed: state, now, newSeenId }),
    (item) => isUrgent(classOf(item)),
  );
  const recorded = await app.store.findByOriginKeys(app.scope, identified.map(originKeyOf));
  const alreadyMade = new Map<string | null, string | null>(
    recorded.map((entry) => [entry.originKey, entry.id]),
  );
  const fresh = identified.filter(
    (one) => one.verdict.kind !== 'known' && !alreadyMade.has(originKeyOf(one)),
  );
  const flood = floodOf({ identified, fresh, remembered, feed, state });
  const siblings = fresh
    .filter(({ item }) => classOf(item).kind !== 'ignore')
    .map((one) => ({ item: one.item, originKey: originKeyOf(one) }));
  const oldestFirst = inOrderOfPublication(siblings, ({ item }) => item.publishedAt);
  const predecessors = new Predecessors(app, { siblings: oldestFirst, items, remembered }, now);
  const byHand = depth === 'none' ? new Map<string, string>() : await toldByHand(app, now);
  const taken = new Set<string>();
  const assessed: Assessed[] = [];
  for (const identity of identified) {
    const { item } = identity;
    const originKey = originKeyOf(identity);
    // Made into an entry before, by another feed or before an edit was undone: never a second time.
    const news = alreadyMade.has(originKey) ? 'known' : identity.verdict.kind;
    const madeBefore = alreadyMade.get(originKey) ?? null;
    alreadyMade.set(originKey, madeBefore);
    const classification = classOf(item);
    const isWanted = depth === 'all' || (depth === 'news' && news !== 'known');
    const skipped = classification.kind === 'ignore' || !isWanted;
    const following =
      skipped || news === 'edited' ? null : await predecessors.of(item, isUrgent(classification));
    const later = skipped || news !== 'new' ? null : await predecessors.overtakenBy(item);
    const composed = skipped ? null : composeItem(app, identity, classification, following, now);
    const draft = overtaken(composed, later);
    const alsoTaken = news === 'known' ? new Set<string>() : taken;
    const burst: false | FloodKind = news === 'known' ? false : (flood ?? false);
    const predecessorId = await predecessorOf(app, identity, following);
    const toldOfPage = byHand.get(canonicalLink(item.url) ?? '') ?? null;
    const before = { news, following, predecessorId, toldOfPage };
    const neverPosted = mustFollowPost(draft, following) && (await isUnposted(app, before));
    const toldBy = news !== 'edited' && following === null ? toldOfPage : null;
    const context = { classification, burst, neverPosted, toldByHand: toldBy, selfId: madeBefore, alsoTaken };
    const verdict = draft === null ? null : await judgeItem(app, draft, context, now);
    if (draft !== null && news !== 'known') taken.add(textKey(draft.text));
    const judged = { classification, draft, verdict, following, predecessorId, originKey };
    assessed.push({ item, identity, news, madeBefore, ...judged });
    if (onStep !== undefined && assessed.length % progressLimits.itemsABreath === 0) {
      onStep(assessed.length);
      await breathe();
    }
  }
  return assessed;
}

function isUrgent(classification: Classification): boolean {
  return classification.kind === 'announce' && classification.topic === 'urgent';
}

/**
 * What tells of a change means nothing to readers who never saw what was changed. An urgent one goes out all the same, because missing it
 * costs somebody a right; but that something has ended costs nobody one.
 */
function mustFollowPost(draft: Draft | null, following: Following | null): boolean {
  return draft?.topic === 'main' || following?.followUp.kind === 'cancellation';
}

/** Held for a person, as an item with a fault of its own is. */
function overtaken(draft: Draft | null, laterTitle: string | null): Draft | null {
  const source = draft?.source ?? null;
  if (draft === null || source === null || laterTitle === null) return draft;
  const problem = { code: 'report-overtaken', detail: laterTitle, blocking: true };
  return { ...draft, source: { ...source, problems: [...source.problems, problem] } };
}

/** Whether the account never posted, nor is about to post, what is edited or followed now. */
async function isUnposted(
  app: App,
  {
    news,
    following,
    predecessorId,
    toldOfPage,
  }: Pick<Assessed, 'news' | 'following' | 'predecessorId'> & { toldOfPage: string | null },
): Promise<boolean> {
  // What follows nothing misses no first post, nor does what follows an item of the same poll or a notice that a person typed.
  const isTold = following === null || following.predecessor?.kind === 'sibling' || toldOfPage !== null;
  if (news !== 'edited' && isTold) return false;
  const before = predecessorId === null ? null : await app.store.find(predecessorId);
  return before === null || TEXT_FREE_STATES.includes(before.state);
}

/** An item remembers the entry that was made of it first; a person may have edited that one since. */
async function predecessorOf(
  app: App,
  { verdict }: Identified,
  following: Following | null,
): Promise<string | null> {
  const first = verdict.kind === 'edited' ? verdict.seen.entryId : null;
  if (first !== null) return newestVersion(app, first);
  const earlier = following?.predecessor ?? null;
  return earlier?.kind === 'entry' ? earlier.id : null;
}

function judgeItem(
  app: App,
  draft: Draft,
  context: {
    classification: Classification;
    burst: false | FloodKind;
    neverPosted: boolean;
    toldByHand: string | null;
    selfId: string | null;
    alsoTaken: ReadonlySet<string>;
  },
  now: EpochMs,
): Promise<Verdict> {
  const classification = context.classification.kind === 'review' ? 'review' : 'announce';
  const facts = { ...context, classification, forced: false, approvalsGiven: 0, covered: [] } as const;
  return judgeDraft(app, draft, facts, now);
}

function composeItem(
  app: App,
  identity: Identified,
  classification: Classification,
  following: Following | null,
  now: EpochMs,
): Draft {
  const topic = classification.kind === 'announce' ? classification.topic : 'main';
  const base = { item: identity.item, topic, templates: app.config.templates, now };
  if (identity.verdict.kind !== 'edited') {
    if (following === null) return compose(base);
    const { kind, number } = following.followUp;
    return compose({ ...base, followUp: { kind, number, of: following.predecessor, at: now } });
  }
  return compose({ ...base, update: { of: { publishedAt: identity.verdict.seen.publishedAt }, at: now } });
}
