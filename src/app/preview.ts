import type { FeedConfig } from '../feed/feed-config.ts';
import type { EpochMs } from '../feed/item.ts';
import { feedFilter } from '../feed/poll-plan.ts';
import { feedProblemMessages } from '../messages/feed-problems.ts';
import { say } from '../messages/sentence.ts';
import type { Mode } from '../outbox/entry.ts';
import { postCost } from '../policy/cost.ts';
import type { App } from './app.ts';
import { assessItems, type Assessed } from './assess-items.ts';
import { accountName } from './know-account.ts';
import type { FeedReading, KeptDocument } from './ports.ts';
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

/** Whose posts a preview shows, as X names them, and when it was made. `name` is null as long as X was not asked. */
export type PreviewHeading = { account: string; name: string | null; mode: Mode; at: EpochMs };

/** The heading of a preview that is made now. Asks nobody. */
export async function previewHeading(app: App): Promise<PreviewHeading> {
  const { account, mode } = app.scope;
  return { account, name: await accountName(app), mode, at: app.clock.now() };
}

/** Reads the feeds afresh and says what each item would become now. Writes nothing and never speaks to X. */
export async function previewFeeds(app: App, signal: AbortSignal): Promise<PreviewResult> {
  const results: PreviewResult[] = [];
  for (const feed of app.config.feeds.filter((one) => one.enabled)) {
    // Without the validators of the last poll: a preview shows every item, changed or not.
    const reading = await app.reader.read(feed, null, app.clock.now(), signal);
    results.push(await previewReading(app, feed, reading));
  }
  return {
    lines: results.flatMap(({ lines }) => lines),
    problems: results.flatMap(({ problems }) => problems),
    feedsRead: results.reduce((sum, { feedsRead }) => sum + feedsRead, 0),
  };
}

/** The same for one document that was kept or pasted, read as a poll of this feed would read it. Asks nobody. */
export async function previewDocument(
  app: App,
  feed: FeedConfig,
  document: KeptDocument,
): Promise<PreviewResult> {
  return previewReading(app, feed, await app.readKept(feed, document));
}

async function previewReading(app: App, feed: FeedConfig, reading: FeedReading): Promise<PreviewResult> {
  const problems = reading.problems.map((problem) => ({
    feed: feed.name,
    message: say(feedProblemMessages[problem.code], app.config.operatorLang, {
      feed: feed.name,
      detail: problem.detail,
    }),
  }));
  if (reading.kind !== 'items') return { lines: [], problems, feedsRead: 0 };
  const now = app.clock.now();
  const items = reading.items.filter((item) => feedFilter(feed, item));
  const state = await app.store.feedState(app.scope, feed.name);
  const assessed = await assessItems(app, feed, items, state, now, { depth: 'all' });
  return { lines: assessed.map((one) => previewLine(app, feed, one, now)), problems, feedsRead: 1 };
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
