import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedState } from '../feed/feed-state.ts';
import type { EpochMs } from '../feed/item.ts';
import { parseDate } from '../feed/parse-date.ts';
import type { App } from './app.ts';
import { feedOfAlert } from './tell-about-feed.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** A feed that answers and yet says nothing new; `detail` is the evidence, the code picks the sentence. */
export type Silence = { feed: string; code: 'silent' | 'unchanged-build-date'; detail: string };

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether a feed has been quiet for longer than its configuration calls normal; null where it has not. `watchedSince` is when
 * it was first looked at: a feed that never had an item of interest is quiet from then on.
 * A feed that was never read is not judged.
 */
export function silenceOf(
  feed: FeedConfig,
  state: FeedState | null,
  watchedSince: EpochMs,
  now: EpochMs,
): Silence | null {
  if (state === null || !feed.enabled || !state.baselineDone) return null;
  const quietSince = state.lastNewItemAt ?? watchedSince;
  if (now - quietSince <= feed.longestSilenceMs) return null;
  const builtAt = state.lastBuildDate === null ? null : (parseDate(state.lastBuildDate)?.at ?? null);
  // A build date that stands still says more than the silence: the site has stopped making the feed.
  if (builtAt !== null && now - builtAt > feed.longestSilenceMs) {
    return { feed: feed.name, code: 'unchanged-build-date', detail: `lastBuildDate ${dayOf(builtAt)}` };
  }
  const days = Math.floor((now - quietSince) / DAY_MS);
  return { feed: feed.name, code: 'silent', detail: `${dayOf(quietSince)}, ${days} d` };
}

/** Looks at every configured feed, and at the account; people are told of a silence when it begins, and daily while it lasts. */
export async function watchSilence(app: App): Promise<readonly Silence[]> {
  const found: Silence[] = [];
  const now = app.clock.now();
  for (const feed of app.config.feeds) {
    const key = `silence:${feed.name}`;
    const state = await app.store.feedState(app.scope, feed.name);
    // Of a feed that fails people know already; a silence that was told before stays as it was told.
    if (state !== null && state.failures > 0) continue;
    const silence = silenceOf(feed, state, await firstWatchedAt(app, feed.name, now), now);
    if (silence === null) {
      await clearAlert(app, key);
      continue;
    }
    found.push(silence);
    const { code, detail } = silence;
    await raiseAlert(app, key, {
      code: 'feed-problem',
      params: { feed: feed.name, problem: code, detail },
      severity: 'warning',
    });
  }
  if (found.length === 0) await watchAccount(app, now);
  else await clearAlert(app, ACCOUNT);
  await forgetUnread(app);
  return found;
}

const ACCOUNT = 'silence-of-account';
/** A post is made shortly before it goes out: the last to go out is among the last that were made. */
const LOOKED_AT = 20;

/** An account that says nothing while its feeds have news: all is held, left out or stopped, and nobody noticed. */
async function watchAccount(app: App, now: EpochMs): Promise<void> {
  const longestMs = Math.max(
    0,
    ...app.config.feeds.filter(({ enabled }) => enabled).map((feed) => feed.longestSilenceMs),
  );
  const filter = { scope: app.scope, states: ['published'] as const, newestFirst: true, limit: LOOKED_AT };
  const posted = (await app.store.list(filter)).map(({ publishedAt }) => publishedAt ?? 0);
  const quietSince = Math.max(await firstWatchedAt(app, ACCOUNT, now), ...posted);
  if (longestMs === 0 || now - quietSince <= longestMs) return clearAlert(app, ACCOUNT);
  await raiseAlert(app, ACCOUNT, {
    code: 'account-silent',
    params: {
      account: app.scope.account,
      since: dayOf(quietSince),
      days: Math.floor((now - quietSince) / DAY_MS),
    },
    severity: 'warning',
  });
}

/** Takes alerts of feeds that are no longer read off the board: nothing would ever clear them. */
async function forgetUnread(app: App): Promise<void> {
  const read = new Set(app.config.feeds.filter((feed) => feed.enabled).map((feed) => feed.name));
  for (const { key } of await app.store.alerts(app.scope)) {
    const feed = feedOfAlert(key);
    if (feed !== null && !read.has(feed)) await clearAlert(app, key);
  }
}

/** When it was first watched; remembered, so that a restart does not begin the wait anew. */
async function firstWatchedAt(app: App, watched: string, now: EpochMs): Promise<EpochMs> {
  const name = `watched-since:${watched}`;
  const known = Number(await app.store.fact(app.scope, name));
  if (known > 0 && known <= now) return known;
  await app.store.setFact(app.scope, name, String(now));
  return now;
}

/** The day in Japan, as the page shows it. */
function dayOf(at: EpochMs): string {
  return new Date(at + 9 * HOUR_MS).toISOString().slice(0, 10);
}
