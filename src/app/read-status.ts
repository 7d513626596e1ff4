import type { EpochMs } from '../feed/item.ts';
import { describeFeedEffect } from '../messages/feed-effects.ts';
import { describeFeedProblem } from '../messages/feed-problems.ts';
import { describeNotice } from '../messages/notices.ts';
import type { Entry, Mode, State } from '../outbox/entry.ts';
import type { Alert } from '../outbox/outbox-store.ts';
import { postAddress } from '../publish/post-address.ts';
import type { App } from './app.ts';
import { armedCorrection, correctionClocks, type Armed, type CorrectionClock } from './correction.ts';
import { costOf, type Cost } from './cost.ts';
import { feedTroubles } from './feed-trouble.ts';
import { standingStops } from './publishing-stops.ts';
import { readBaseline } from './tell-about-feed.ts';

/** The state of the program as `status --json` gives it; every time is ISO 8601 UTC. */
export type Status = {
  mode: Mode;
  account: string;
  paused: boolean;
  stops: readonly {
    kind: 'pause' | 'account';
    /** What it reaches: one topic, one feed, or (both null) everything. */
    topic: 'main' | 'urgent' | null;
    feed: string | null;
    reason: string;
    by: string;
    since: string;
    until: string | null;
  }[];
  worker: { running: boolean; holder: string | null };
  feeds: readonly FeedStatus[];
  queue: Readonly<Record<State, number>>;
  needsPerson: number;
  lastPost: {
    id: string;
    text: string;
    remoteId: string | null;
    publishedAt: string | null;
    url: string;
  } | null;
  alerts: readonly { code: string; message: string; since: string }[];
  consoleUrl: string | null;
  /** The newest urgent post, with the correction that one step would publish; left out where there is none. */
  armed?: Armed;
  /** Wrong posts that are not done with; left out where there are none. */
  corrections?: readonly (Omit<CorrectionClock, 'reportedAt' | 'postedAt'> & {
    since: string;
    postedAt: string | null;
    elapsedMs: number;
  })[];
  cost?: Cost;
};

export type FeedStatus = {
  name: string;
  location: string;
  enabled: boolean;
  lastPollAt: string | null;
  lastSuccessAt: string | null;
  nextPollAt: string | null;
  lastNewItemAt: string | null;
  itemCount: number | null;
  /** What the first reading marked as known without posting it; null before it. */
  baseline?: { at: string; items: number } | null;
  /** What is wrong with the feed now, silence included, and what is not posted because of it. */
  problems: readonly FeedProblemStatus[];
};

export type FeedProblemStatus = {
  code: string;
  message: string;
  since: string;
  /** In words, what was not posted because of it. */
  notPosted: string;
  /** Posts that wait for a person because of it. */
  held: number;
  /** Posts that were refused because of it; nobody could post them as they are. */
  refused: number;
  /** Nothing has been read since; null where the feed is read all the same, or never was. */
  unreadSince: string | null;
};

/** Every state, also those in which no entry is. */
const NONE: Readonly<Record<State, number>> = {
  queued: 0,
  held: 0,
  refused: 0,
  attempting: 0,
  uncertain: 0,
  published: 0,
  rejected: 0,
  cancelled: 0,
  expired: 0,
  withdrawing: 0,
  withdrawn: 0,
};

const iso = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Reads how things stand from the store alone, so that it works whether or not a worker runs. Writes nothing. */
export async function readStatus(app: App): Promise<Status> {
  const { store, scope, config } = app;
  const lang = config.operatorLang;
  const stops = await standingStops(app, app.clock.now());
  const last = await store.lastPublished(scope);
  const alerts = await store.alerts(scope);
  const holder = await app.lease.holder();
  const counts = await store.countByState(scope);
  const queue = { ...NONE, ...counts };
  const unposted = [
    ...(await store.list({ scope, states: ['held'] })),
    ...(await store.list({ scope, states: ['refused'], newestFirst: true })),
  ];
  const uncertain = await store.list({ scope, states: ['uncertain'] });
  return {
    mode: scope.mode,
    account: scope.account,
    paused: stops.some((stop) => stop.kind === 'pause'),
    stops: stops.map(({ kind, topic, feed, reason, by, since, until }) => ({
      kind,
      topic,
      feed,
      reason,
      by,
      since: new Date(since).toISOString(),
      until: iso(until),
    })),
    worker: { running: holder !== null, holder },
    feeds: await Promise.all(config.feeds.map((feed) => feedStatus(app, feed, alerts, unposted))),
    queue,
    needsPerson: uncertain.filter((entry) => entry.needsPerson).length + queue.held,
    lastPost:
      last === null
        ? null
        : {
            id: last.id,
            text: last.text,
            remoteId: last.remoteId,
            publishedAt: iso(last.publishedAt),
            url: postAddress(last, config.x.apiUrl),
          },
    alerts: alerts.map((alert) => ({
      code: alert.code,
      message: describeNotice(alert, lang),
      since: new Date(alert.since).toISOString(),
    })),
    consoleUrl: await knownAddress(app),
    ...(await correctionStatus(app)),
    cost: await costOf(app, null, app.clock.now()),
  };
}

/** Where people open the pages that are served there: behind a proxy at another address. */
export function consoleAddress({ config }: Pick<App, 'config'>, served: string): string {
  const { origin } = config.console;
  return origin === null ? served : `${origin}/`;
}

/** The same by the record; null: no worker has served them yet. */
async function knownAddress(app: App): Promise<string | null> {
  const served = await app.store.fact(app.scope, 'console-url');
  return served === null ? null : consoleAddress(app, served);
}

async function correctionStatus(app: App): Promise<Pick<Status, 'armed' | 'corrections'>> {
  const armed = await armedCorrection(app);
  const now = app.clock.now();
  const corrections = (await correctionClocks(app)).map(({ reportedAt, postedAt, ...clock }) => ({
    ...clock,
    postedAt: postedAt === null ? null : new Date(postedAt).toISOString(),
    since: new Date(reportedAt).toISOString(),
    elapsedMs: Math.max(0, now - reportedAt),
  }));
  return { ...(armed === null ? {} : { armed }), ...(corrections.length === 0 ? {} : { corrections }) };
}

async function feedStatus(
  app: App,
  feed: App['config']['feeds'][number],
  alerts: readonly Alert[],
  unposted: readonly Entry[],
): Promise<FeedStatus> {
  const state = await app.store.feedState(app.scope, feed.name);
  const baseline = await readBaseline(app, feed.name);
  const lang = app.config.operatorLang;
  const silence = alerts.find(({ key }) => key === `silence:${feed.name}`);
  return {
    name: feed.name,
    location: feed.location.kind === 'url' ? feed.location.url : feed.location.path,
    enabled: feed.enabled,
    lastPollAt: iso(state?.lastPollAt ?? null),
    lastSuccessAt: iso(state?.lastSuccessAt ?? null),
    nextPollAt: iso(state?.nextPollAt ?? null),
    lastNewItemAt: iso(state?.lastNewItemAt ?? null),
    itemCount: state?.itemCount ?? null,
    baseline: baseline === null ? null : { at: new Date(baseline.at).toISOString(), items: baseline.items },
    problems: feedTroubles({ feed: feed.name, state, silence, unposted, now: app.clock.now() }).map(
      ({ effect, ...problem }) => ({
        code: problem.code,
        message: describeFeedProblem(problem, lang),
        since: new Date(problem.since).toISOString(),
        notPosted: describeFeedEffect(effect, lang),
        held: effect.kind === 'held' ? effect.count : 0,
        refused: effect.kind === 'held' ? effect.refused : 0,
        unreadSince: effect.kind === 'unread' ? iso(effect.since) : null,
      }),
    ),
  };
}
