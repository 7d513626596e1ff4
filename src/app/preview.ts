import type { FeedConfig } from '../feed/feed-config.ts';
import { feedFilter } from '../feed/poll-plan.ts';
import { feedProblemMessages } from '../messages/feed-problems.ts';
import { say } from '../messages/sentence.ts';
import { postCost } from '../policy/cost.ts';
import type { App } from './app.ts';
import { assessItems, type Assessed } from './assess-items.ts';
import { reasonLines } from './post-line.ts';

/** One item of a feed, with the post it would become and why (the shape of `preview --json`). */
export type PreviewLine = {
  feed: string;
  item: { id: string; title: string; url: string | null; publishedAt: string | null };
  classification: { kind: 'announce' | 'review' | 'ignore'; topic: 'main' | 'urgent' | null; rule: string };
  post: { text: string; weight: number; weightMax: number } | null;
  /** What posting it would cost, in the configured currency; null where nothing would be posted. */
  cost?: { amount: number; currency: string } | null;
  verdict: { kind: 'allow' | 'hold' | 'deny'; reasons: { rule: string; message: string }[] } | null;
  wouldPublish: boolean;
  /** True where the store knows the item already, so that it is no news. */
  known: boolean;
  lang: 'ja' | 'en';
  because: readonly string[];
};

export type PreviewResult = {
  lines: readonly PreviewLine[];
  problems: readonly { feed: string; message: string }[];
  feedsRead: number;
};

/** Reads the feeds afresh and says what each item would become now. Writes nothing and never speaks to X. */
export async function previewFeeds(app: App, signal: AbortSignal): Promise<PreviewResult> {
  const lines: PreviewLine[] = [];
  const problems: { feed: string; message: string }[] = [];
  let feedsRead = 0;
  for (const feed of app.config.feeds.filter((one) => one.enabled)) {
    const now = app.clock.now();
    // Without the validators of the last poll: a preview shows every item, changed or not.
    const reading = await app.reader.read(feed, null, now, signal);
    for (const problem of reading.problems) {
      const params = { feed: feed.name, detail: problem.detail };
      problems.push({
        feed: feed.name,
        message: say(feedProblemMessages[problem.code], app.config.operatorLang, params),
      });
    }
    if (reading.kind !== 'items') continue;
    feedsRead += 1;
    const items = reading.items.filter((item) => feedFilter(feed, item));
    const state = await app.store.feedState(app.scope, feed.name);
    const assessed = await assessItems(app, feed, items, state, now, 'all');
    lines.push(...assessed.map((one) => previewLine(app, feed, one, now)));
  }
  return { lines, problems, feedsRead };
}

function previewLine(app: App, feed: FeedConfig, one: Assessed, now: number): PreviewLine {
  const { item, classification, draft, verdict } = one;
  const known = one.news === 'known';
  const allowedNow = verdict?.kind === 'allow' && (verdict.notBefore === null || verdict.notBefore <= now);
  return {
    feed: feed.name,
    item: {
      id: item.id,
      title: item.title,
      url: item.url,
      publishedAt: item.publishedAt === null ? null : new Date(item.publishedAt).toISOString(),
    },
    classification: { kind: classification.kind, topic: classification.topic, rule: classification.rule },
    cost:
      draft === null
        ? null
        : {
            amount: postCost(draft.text, app.config.policy.prices),
            currency: app.config.policy.prices.currency,
          },
    post: draft === null ? null : { text: draft.text, weight: draft.weight, weightMax: draft.weightMax },
    verdict:
      verdict === null
        ? null
        : { kind: verdict.kind, reasons: reasonLines(verdict, app.config.operatorLang) },
    wouldPublish: allowedNow && !known,
    known,
    lang: item.lang,
    because: classification.because,
  };
}
