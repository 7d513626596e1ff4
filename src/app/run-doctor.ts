import { checkRuleTests } from '../classify/classify.ts';
import type { FeedConfig } from '../feed/feed-config.ts';
import { doctorMessages } from '../messages/doctor.ts';
import { outsideDetail } from '../messages/governance-notices.ts';
import { feedProblemMessages } from '../messages/feed-problems.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { doctorLimits } from '../limits/running.ts';
import type { App } from './app.ts';
import { checkGoingLive } from './check-going-live.ts';
import { standingStops } from './publishing-stops.ts';

/** One thing looked at, what was found, and, where something is wrong, what to do. */
export type Finding = { check: DoctorCheck; ok: 'ok' | 'warning' | 'problem'; message: string };
type DoctorCheck =
  'config' | 'rules' | 'store' | 'clock' | 'credentials' | 'feeds' | 'outside' | 'publishing' | 'going-live';

type Params = Record<string, string | number>;

/**
 * What lies in the data folder (`read`: nobody looked closer than at what is counted; `outdated`: records of an older version, which the app
 * does not show), and whether the program may write there.
 */
export type StorageLook = {
  present: 'sound' | 'missing' | 'damaged' | 'read' | 'outdated';
  isWritable: boolean;
};

/** Looks at everything that publishing needs and says what to mend. Reads only, and calls nobody. */
export async function runDoctor(
  app: App,
  signal: AbortSignal,
  storage: StorageLook = { present: 'read', isWritable: true },
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const add = (
    check: DoctorCheck,
    ok: Finding['ok'],
    code: keyof typeof doctorMessages,
    params: Params = {},
  ): void => {
    found.push({ check, ok, message: say(doctorMessages[code], app.config.operatorLang, params) });
  };
  add('config', 'ok', 'config-ok', {
    dir: app.config.configDir,
    feeds: app.config.feeds.filter((feed) => feed.enabled).length,
  });
  if (app.config.contact === '' && app.config.feeds.some(isElsewhere))
    add('config', 'warning', 'contact-missing');
  const broken = checkRuleTests(app.config.rules);
  for (const failure of broken)
    add('rules', 'problem', 'rule-test-failed', {
      title: failure.title,
      expected: failure.expected,
      got: failure.got,
    });
  if (broken.length === 0) add('rules', 'ok', 'rules-ok', {});
  await checkStore(app, storage, add);
  await checkAccount(app, signal, add);
  await checkFeeds(app, signal, add);
  await checkOutside(app, signal, add);
  // People stand in the records.
  if (storage.present === 'outdated') return found;
  return [...found, ...checkGoingLive(app.config, await app.governance.operators())];
}

/** A server of somebody else, who may wonder who asks. */
function isElsewhere({ enabled, location, allowPrivateAddress }: FeedConfig): boolean {
  return enabled && location.kind === 'url' && !allowPrivateAddress;
}

type Add = (
  check: DoctorCheck,
  ok: Finding['ok'],
  code: keyof typeof doctorMessages,
  params?: Params,
) => void;

const STORAGE = {
  sound: 'ok',
  read: 'ok',
  missing: 'ok',
  damaged: 'problem',
  // After an upgrade it is what is to be expected: the next start mends it.
  outdated: 'warning',
} as const satisfies Record<StorageLook['present'], Finding['ok']>;

async function checkStore(app: App, { present, isWritable }: StorageLook, add: Add): Promise<void> {
  const dir = app.config.dataDir;
  const counts = await app.store.countByState(app.scope);
  const entries = Object.values(counts).reduce((sum, count) => sum + count, 0);
  add('store', STORAGE[present], `store-${present}`, { dir, entries });
  if (!isWritable) add('store', 'problem', 'store-unwritable', { dir });
  const stops = await standingStops(app, app.clock.now());
  for (const stop of stops)
    add('publishing', 'warning', stop.kind === 'pause' ? 'paused' : 'account-stopped', {
      reason: stop.reason,
      by: stop.by,
      since: tokyoTime(stop.since, app.config.operatorLang),
      topic: stop.topic ?? '',
      feed: stop.feed ?? '',
    });
  if (counts.uncertain !== undefined && counts.uncertain > 0)
    add('publishing', 'warning', 'uncertain-entries', { count: counts.uncertain });
}

async function checkAccount(app: App, signal: AbortSignal, add: Add): Promise<void> {
  if (app.config.ownSandbox) {
    add('credentials', 'ok', 'no-credentials');
    return;
  }
  const askedAt = app.clock.now();
  const identity = await app.publisher.identity(signal);
  if (identity.kind !== 'known') {
    add('credentials', 'problem', identity.cause === 'forbidden' ? 'credentials-refused' : 'x-unreachable', {
      detail: identity.detail,
    });
    return;
  }
  if (identity.handle.toLowerCase() === app.scope.account.toLowerCase())
    add('credentials', 'ok', 'credentials-ok', { handle: identity.handle });
  else
    add('credentials', 'problem', 'credentials-of-another', {
      actual: identity.handle,
      configured: app.scope.account,
    });
  if (identity.serverTime === null) return;
  const skewMs = Math.abs(identity.serverTime - askedAt);
  const seconds = Math.round(skewMs / 1000);
  if (skewMs > doctorLimits.clockSkewMs) add('clock', 'problem', 'clock-wrong', { seconds });
  else add('clock', 'ok', 'clock-ok', { seconds });
}

/** The institution's own servers, by their hosts: an address may carry a key in its path. */
async function checkOutside(app: App, signal: AbortSignal, add: Add): Promise<void> {
  const { webhook, auditHead } = app.config.notify;
  for (const [purpose, key, url] of [
    ['alarm', 'notify.webhook', webhook],
    ['audit-head', 'notify.auditHead', auditHead],
  ] as const) {
    if (url === null) continue;
    const reached = await app.outside.reach(purpose, signal);
    if (reached.kind === 'delivered') add('outside', 'ok', 'outside-reached', { key, host: url.host });
    if (reached.kind === 'failed')
      add('outside', 'problem', 'outside-unreached', {
        key,
        detail: outsideDetail(reached.detail, app.config.operatorLang),
      });
  }
}

async function checkFeeds(app: App, signal: AbortSignal, add: Add): Promise<void> {
  for (const feed of app.config.feeds) {
    if (!feed.enabled) {
      add('feeds', 'warning', 'feed-disabled', { feed: feed.name });
      continue;
    }
    const reading = await app.reader.read(feed, null, app.clock.now(), signal);
    for (const problem of reading.problems) {
      const message = say(feedProblemMessages[problem.code], app.config.operatorLang, {
        feed: feed.name,
        detail: problem.detail,
      });
      add('feeds', reading.kind === 'failed' ? 'problem' : 'warning', 'feed-problem', {
        feed: feed.name,
        message,
      });
    }
    if (reading.kind === 'items')
      add('feeds', 'ok', 'feed-ok', { feed: feed.name, items: reading.items.length });
  }
}
