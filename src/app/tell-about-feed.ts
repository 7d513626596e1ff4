import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedProblem, FeedState } from '../feed/feed-state.ts';
import { pollLimits } from '../limits/intake.ts';
import type { App } from './app.ts';
import type { FeedReading } from './ports.ts';
import { clearAlert, raiseAlert, tell } from './tell-people.ts';

/** What may be gone at the next poll: servers restart, lines drop. What a person must mend is none of these. */
const PASSING: ReadonlySet<FeedProblem['code']> = new Set([
  'unreachable',
  'timeout',
  'http-status',
  'throttled',
  'truncated',
  'empty',
  'parse-timeout',
  'parse-failed',
]);

/**
 * Tells people what one reading showed: once when it begins, daily while it lasts, and when it is over. A feed that can't be
 * read, one that is read with faults, and a certificate about to end are told apart, so that none hides another.
 * `state` is the feed's after the reading.
 */
export async function tellAboutFeed(
  app: App,
  feed: FeedConfig,
  reading: FeedReading,
  state: FeedState,
): Promise<void> {
  if (reading.kind === 'failed') {
    const [first] = reading.problems;
    if (first !== undefined && !mayPass(first, state)) await raise(app, `feed:${feed.name}`, feed, first);
    return;
  }
  const recovered = { code: 'feed-recovered', params: { feed: feed.name }, severity: 'info' } as const;
  await clearAlert(app, `feed:${feed.name}`, recovered);
  const certificate = reading.problems.find(({ code }) => code === 'certificate-expires');
  const moved = reading.problems.find(({ code }) => code === 'moved');
  const fault = reading.problems.find(({ code }) => code !== 'certificate-expires' && code !== 'moved');
  if (fault === undefined) await clearAlert(app, `feed-fault:${feed.name}`, recovered);
  else await raise(app, `feed-fault:${feed.name}`, feed, fault);
  if (certificate === undefined) await clearAlert(app, `certificate:${feed.name}`);
  else await raise(app, `certificate:${feed.name}`, feed, certificate);
  await tellAboutMove(app, feed, moved);
}

/** A feed that moved is read all the same, so people are told once and not daily; the board and the feeds page show it until it is mended. */
async function tellAboutMove(app: App, feed: FeedConfig, moved: FeedProblem | undefined): Promise<void> {
  const key = `moved:${feed.name}`;
  if (moved === undefined) return clearAlert(app, key);
  const told = (await app.store.alerts(app.scope)).find((alert) => alert.key === key);
  if (told?.params['detail'] !== moved.detail) await raise(app, key, feed, moved, true);
}

/** The feed whose alert has this key; null for alerts of other things. */
export function feedOfAlert(key: string): string | null {
  return /^(?:silence|feed|feed-fault|certificate|moved):(.+)$/s.exec(key)?.[1] ?? null;
}

/** Says how many items a first reading marked as known, so that nobody waits for posts of them. */
export async function tellAboutBaseline(app: App, feed: FeedConfig, count: number): Promise<void> {
  await app.store.setFact(app.scope, baselineFact(feed.name), `${app.clock.now()} ${count}`);
  if (count === 0) return;
  await tell(app, { code: 'feed-baseline', params: { feed: feed.name, count }, severity: 'info' });
}

/** What the first reading of a feed marked as known, and when; null before it. */
export async function readBaseline(app: App, feed: string): Promise<{ at: number; items: number } | null> {
  const [at, items] = ((await app.store.fact(app.scope, baselineFact(feed))) ?? '').split(' ').map(Number);
  return at === undefined || items === undefined || Number.isNaN(at + items) ? null : { at, items };
}

function baselineFact(feed: string): string {
  return `baseline:${feed}`;
}

/** One failure of a feed that worked before is not worth an office's attention; a second one in a row is. */
function mayPass({ code }: FeedProblem, state: FeedState): boolean {
  return PASSING.has(code) && state.lastSuccessAt !== null && state.failures < pollLimits.failuresBeforeTold;
}

async function raise(
  app: App,
  key: string,
  feed: FeedConfig,
  problem: FeedProblem,
  anew = false,
): Promise<void> {
  // Another new address is another thing to say, however short a time after the last.
  if (anew) await clearAlert(app, key);
  const params = { feed: feed.name, problem: problem.code, detail: problem.detail };
  await raiseAlert(app, key, { code: 'feed-problem', params, severity: 'warning' });
}
