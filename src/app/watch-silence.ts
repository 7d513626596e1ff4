import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedState } from '../feed/feed-state.ts';
import type { EpochMs } from '../feed/item.ts';
import type { App } from './app.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** A feed that answers and yet says nothing new; `detail` is the evidence, the code picks the sentence. */
export type Silence = {
  feed: string;
  code: 'silent' | 'unchanged-build-date';
  /** The newest sign of life, or the first poll where there never was one. */
  quietSince: EpochMs;
  detail: string;
};

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Whether a feed has been quiet for longer than its configuration calls normal; null where it has not, or where nothing was
 * ever read. A feed that fails is not judged here: its failure is told already.
 */
export function silenceOf(feed: FeedConfig, state: FeedState | null, now: EpochMs): Silence | null {
  if (state === null || !feed.enabled || !state.baselineDone) return null;
  const heardAt = state.lastNewItemAt ?? null;
  const builtAt = instantOf(state.lastBuildDate);
  if (heardAt !== null && now - heardAt <= feed.longestSilenceMs) return null;
  if (builtAt !== null && now - builtAt > feed.longestSilenceMs) {
    const detail = `The feed says that it was last built on ${dayOf(builtAt)}.`;
    return { feed: feed.name, code: 'unchanged-build-date', quietSince: heardAt ?? builtAt, detail };
  }
  if (heardAt === null) return null;
  const days = Math.floor((now - heardAt) / DAY_MS);
  const detail = `The last new item was met on ${dayOf(heardAt)}, ${days} days ago.`;
  return { feed: feed.name, code: 'silent', quietSince: heardAt, detail };
}

/** Looks at every enabled feed; people are told of a silence when it begins and daily while it lasts. */
export async function watchSilence(app: App): Promise<readonly Silence[]> {
  const found: Silence[] = [];
  for (const feed of app.config.feeds) {
    const key = `silence:${feed.name}`;
    const state = await app.store.feedState(app.scope, feed.name);
    const silence = silenceOf(feed, state, app.clock.now());
    if (silence === null) {
      await clearAlert(app, key);
      continue;
    }
    found.push(silence);
    await raiseAlert(app, key, {
      code: 'feed-problem',
      params: { feed: feed.name, problem: silence.code, detail: silence.detail },
      severity: 'warning',
    });
  }
  return found;
}

function instantOf(text: string | null): EpochMs | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** The day in Japan: people compare it with the page. */
function dayOf(at: EpochMs): string {
  return new Date(at + 9 * 60 * 60 * 1_000).toISOString().slice(0, 10);
}
