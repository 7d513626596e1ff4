import { classify } from '../classify/classify.ts';
import type { Classification } from '../classify/classification.ts';
import { compose } from '../compose/compose.ts';
import type { Draft } from '../compose/draft.ts';
import { textKey } from '../compose/text-key.ts';
import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedState } from '../feed/feed-state.ts';
import { announcementKey, identify, identityKeys, type Identified } from '../feed/identity.ts';
import type { EpochMs, Item } from '../feed/item.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { App } from './app.ts';
import { judgeDraft } from './judge-draft.ts';

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
  /** Unique within the scope; two sources of one announcement share it. */
  originKey: string;
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
): Promise<readonly Assessed[]> {
  const keys = [...new Set(items.flatMap((item) => identityKeys(item, feed.name)))];
  const known = await app.store.findSeen(app.scope, keys);
  const identified = identify({ items, known, feed: state, now, newSeenId: () => app.random.entryId(now) });
  const fresh = identified.filter((one) => one.verdict.kind !== 'known').length;
  const recorded = await app.store.findByOriginKeys(app.scope, items.map(announcementKey));
  const alreadyMade = new Map<string | null, string | null>(
    recorded.map((entry) => [entry.originKey, entry.id]),
  );
  const burst = state?.baselineDone === true && fresh > feed.burst;
  const taken = new Set<string>();
  const assessed: Assessed[] = [];
  for (const identity of identified) {
    const { item } = identity;
    const classification = classify(item, app.config.rules);
    const draft = classification.kind === 'ignore' ? null : composeItem(app, identity, classification, now);
    const originKey = announcementKey(item);
    // Made into an entry before, by another feed or before an edit was undone: never a second time.
    const madeBefore = alreadyMade.get(originKey) ?? null;
    const news = alreadyMade.has(originKey) ? 'known' : identity.verdict.kind;
    const isKnown = news === 'known';
    alreadyMade.set(originKey, madeBefore);
    const verdict =
      draft === null || classification.kind === 'ignore'
        ? null
        : await judgeDraft(
            app,
            draft,
            {
              classification: classification.kind,
              forced: false,
              approvalsGiven: 0,
              covered: [],
              burst: burst && !isKnown,
              selfId: madeBefore,
              alsoTaken: isKnown ? new Set() : taken,
            },
            now,
          );
    if (draft !== null && !isKnown) taken.add(textKey(draft.text));
    assessed.push({ item, identity, news, madeBefore, classification, draft, verdict, originKey });
  }
  return assessed;
}

function composeItem(app: App, identity: Identified, classification: Classification, now: EpochMs): Draft {
  const topic = classification.kind === 'announce' ? classification.topic : 'main';
  const base = { item: identity.item, topic, templates: app.config.templates, now };
  if (identity.verdict.kind !== 'edited') return compose(base);
  return compose({ ...base, update: { of: { publishedAt: identity.verdict.seen.publishedAt }, at: now } });
}
