import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedConfig } from '../feed/feed-config.ts';
import { reconcileLimits } from '../limits/publishing.ts';
import { urgentReserve } from '../policy/cost.ts';
import type { PolicyConfig } from '../policy/policy-config.ts';
import type { ChannelsFile } from './channels-file.ts';
import type { FeedsFile } from './feeds-file.ts';
import { isLoopback } from './loopback.ts';
import type { Mistake } from '../messages/mistake.ts';
import type { PolicyFile } from './policy-file.ts';
import { addressMistake, withoutCredentials } from './schema-parts.ts';

/** What a feed has that says nothing else. `pollIntervalLocalMs` is for files and servers on this machine. */
export type FeedDefaults = Pick<FeedConfig, 'pollIntervalMs' | 'longestSilenceMs' | 'burst'> & {
  pollIntervalLocalMs: number;
};

/** A feed as configured, with defaults where the file is silent. */
export function feedOf(raw: FeedsFile['feeds'][number], defaults: FeedDefaults): FeedConfig {
  const { selectors } = raw;
  const pollDefault = isLoopback(new URL(raw.url)) ? defaults.pollIntervalLocalMs : defaults.pollIntervalMs;
  return {
    name: raw.name,
    kind: raw.kind ?? 'feed',
    location: { kind: 'url', url: raw.url },
    enabled: raw.enabled ?? true,
    lang: raw.language === undefined || raw.language === 'auto' ? null : raw.language,
    pollIntervalMs: raw.pollEvery ?? pollDefault,
    longestSilenceMs: raw.longestSilence ?? defaults.longestSilenceMs,
    titleIncludes: raw.titleIncludes ?? [],
    selectors: selectors === undefined ? null : { ...selectors, date: selectors.date ?? null },
    allowPrivateAddress: raw.allowPrivateAddress ?? false,
    burst: raw.burst ?? defaults.burst,
  };
}

/** The feed that a person typed: an http(s) address, a file address or a path. Private addresses are allowed in it. */
export function typedFeed(
  written: string,
  cwd: string,
  defaults: FeedDefaults,
): { feeds: readonly FeedConfig[]; mistakes: readonly Mistake[] } {
  const location = typedLocation(written, cwd);
  if (typeof location === 'string') {
    const params = { found: withoutCredentials(written) };
    return { feeds: [], mistakes: [{ file: '--feed', line: null, key: '', code: location, params }] };
  }
  const local = location.kind === 'file' || isLoopback(new URL(location.url));
  const feed: FeedConfig = {
    name: 'typed',
    kind: 'feed',
    location,
    enabled: true,
    lang: null,
    pollIntervalMs: local ? defaults.pollIntervalLocalMs : defaults.pollIntervalMs,
    longestSilenceMs: defaults.longestSilenceMs,
    titleIncludes: [],
    selectors: null,
    allowPrivateAddress: true,
    burst: defaults.burst,
  };
  return { feeds: [feed], mistakes: [] };
}

function typedLocation(written: string, cwd: string): FeedConfig['location'] | Mistake['code'] {
  if (written.trim() === '') return 'url-form';
  if (!/^[a-z][a-z0-9+.-]+:\/\//iu.test(written)) return { kind: 'file', path: resolve(cwd, written) };
  if (/^file:\/\//iu.test(written)) {
    try {
      return { kind: 'file', path: fileURLToPath(written) };
    } catch {
      return 'url-form';
    }
  }
  const wrong = addressMistake(written);
  if (wrong !== null) return wrong;
  const url = new URL(written);
  url.hash = '';
  return { kind: 'url', url: url.href };
}

/** What the policy is where its file is silent; hosts then are those of the feeds themselves. */
export type PolicyDefaults = Omit<PolicyConfig, 'allowedHosts'>;

/** The policy as configured, or as it is without a file. */
export function policyOf(
  raw: PolicyFile | null,
  feeds: readonly FeedConfig[],
  defaults: PolicyDefaults,
): PolicyConfig {
  const ownHosts = feeds.flatMap(({ location }) =>
    location.kind === 'url' ? [new URL(location.url).hostname] : [],
  );
  const quiet = raw?.quietHours ?? 'off';
  return {
    version: raw?.version ?? defaults.version,
    allowedHosts: raw?.allowedHosts ?? [...new Set(ownHosts)],
    shortenerHosts: raw?.shortenerHosts ?? defaults.shortenerHosts,
    quietHours: quiet === 'off' ? null : { fromMinute: quiet.from, toMinute: quiet.to },
    dailyBudget: raw?.dailyBudget ?? defaults.dailyBudget,
    approval: {
      feedMain: raw?.approval?.feedMain ?? defaults.approval.feedMain,
      feedUrgent: raw?.approval?.feedUrgent ?? defaults.approval.feedUrgent,
      forced: raw?.approval?.forced ?? defaults.approval.forced,
    },
    approvalExpiresMs: raw?.approval?.expiresAfter ?? defaults.approvalExpiresMs,
    staleItemMs: raw?.staleAfter ?? defaults.staleItemMs,
    mainQueuedMaxMs: raw?.mainQueuedAtMost ?? defaults.mainQueuedMaxMs,
    duplicateTextWindowMs: raw?.duplicateWindow ?? defaults.duplicateTextWindowMs,
    futureDatedMs: raw?.futureTolerance ?? defaults.futureDatedMs,
    prices: {
      currency: raw?.prices?.currency ?? defaults.prices.currency,
      post: raw?.prices?.post ?? defaults.prices.post,
      postWithLink: raw?.prices?.postWithLink ?? defaults.prices.postWithLink,
      delete: raw?.prices?.delete ?? defaults.prices.delete,
      read: raw?.prices?.read ?? defaults.prices.read,
    },
    published: raw?.published ?? null,
    budget: {
      monthly: raw?.budget === undefined || raw.budget.monthly === 'off' ? null : raw.budget.monthly,
      reservedForUrgent: raw?.budget?.reservedForUrgent ?? null,
    },
  };
}

/** A month's ceiling that the reserve for urgent notices uses up, where that follows from prices and posts; null: there is none. */
export function ceilingMistake({ budget, prices, dailyBudget }: PolicyConfig, file: string): Mistake | null {
  const { monthly, reservedForUrgent } = budget;
  const posts = dailyBudget.reservedForUrgent;
  const reserve = urgentReserve(0, budget, prices, posts);
  if (monthly === null || reservedForUrgent !== null || reserve < monthly) return null;
  return {
    file,
    line: null,
    key: 'budget.monthly',
    code: 'ceiling-below-reserve',
    params: { reserve, posts },
  };
}

/** Waits of the reconciliation and the pace of posts. */
export type ChannelDefaults = {
  sandboxHandle: string;
  paceMs: number;
  reconcile: { quarantineMs: number; missSpacingMs: number; missesNeeded: number; readsMax: number };
  watch: { intervalMs: number; pauseOnForeignPost: boolean; pauseOnBrokenLog: boolean };
};

/** The channel as configured. In live mode no wait of the reconciliation is shorter than was shown to be safe. */
export function channelOf(
  raw: ChannelsFile,
  mode: 'live' | 'sandbox',
  defaults: ChannelDefaults,
): { handle: string } & Omit<ChannelDefaults, 'sandboxHandle'> {
  const floor = mode === 'live' ? reconcileLimits : { quarantineMs: 0, missSpacingMs: 0, missesNeeded: 1 };
  const { reconcile } = raw;
  return {
    handle: raw.handle ?? defaults.sandboxHandle,
    paceMs: raw.pace ?? defaults.paceMs,
    reconcile: {
      quarantineMs: Math.max(reconcile?.quarantine ?? defaults.reconcile.quarantineMs, floor.quarantineMs),
      missSpacingMs: Math.max(
        reconcile?.missSpacing ?? defaults.reconcile.missSpacingMs,
        floor.missSpacingMs,
      ),
      missesNeeded: Math.max(reconcile?.missesNeeded ?? defaults.reconcile.missesNeeded, floor.missesNeeded),
      readsMax: reconcile?.readsMax ?? defaults.reconcile.readsMax,
    },
    watch: {
      intervalMs: raw.watch?.every ?? defaults.watch.intervalMs,
      pauseOnForeignPost: raw.watch?.pauseOnForeignPost ?? defaults.watch.pauseOnForeignPost,
      pauseOnBrokenLog: raw.watch?.pauseOnBrokenLog ?? defaults.watch.pauseOnBrokenLog,
    },
  };
}
