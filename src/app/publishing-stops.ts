import type { Topic } from '../classify/classification.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Stop } from '../outbox/outbox-store.ts';
import { entryLimits } from '../limits/publishing.ts';
import { workerLimits } from '../limits/running.ts';
import type { App } from './app.ts';

/** What keeps posts back now: people's pauses (urgent posts forced past them still go), or X's refusal of the account. */
export type PublishingStops = {
  pauses: readonly Stop[];
  /** What these feeds brought waits; everything else goes on. */
  pausedFeeds: readonly string[];
  account: Stop | null;
};

/** Reads what stops publishing now. A pause holds until a person ends it; X's refusals end by themselves. */
export async function publishingStops(app: App, now: EpochMs): Promise<PublishingStops> {
  const stops = await standingStops(app, now);
  const pauses = stops.filter((stop) => stop.kind === 'pause');
  return {
    pauses,
    pausedFeeds: pauses.flatMap((stop) => stop.feed ?? []),
    account: stops.find((stop) => stop.kind === 'account') ?? null,
  };
}

/** Every stop that holds now. What X imposed is over at its time, and stays in the store until a post is accepted. */
export async function standingStops(app: App, now: EpochMs): Promise<readonly Stop[]> {
  return (await app.store.stops(app.scope)).filter((stop) => stillStops(stop, now));
}

/** The pause that keeps a whole topic back, of everything or of that topic alone; null where there is none. */
export function pauseOf({ pauses }: PublishingStops, topic: Topic): Stop | null {
  return pauses.find((stop) => stop.feed === null && (stop.topic === null || stop.topic === topic)) ?? null;
}

/** The pause over a post: of everything, of its topic or of its feed. */
export function pauseAbove(
  stops: PublishingStops,
  { topic, source }: Pick<Entry, 'topic' | 'source'>,
): Stop | null {
  const ofFeed = stops.pauses.find(({ feed }) => feed !== null && feed === source?.feed);
  return pauseOf(stops, topic) ?? ofFeed ?? null;
}

/** A stop ends by itself at its time; one that begins or ends absurdly far ahead comes from a jumped clock and is not believed. */
function stillStops(stop: Stop, now: EpochMs): boolean {
  if (stop.until === null) return true;
  if (stop.since > now + workerLimits.clockJumpMs) return false;
  return stop.until > now && stop.until - now <= entryLimits.stopMaxMs;
}
