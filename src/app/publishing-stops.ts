import type { EpochMs } from '../feed/item.ts';
import type { Stop } from '../outbox/outbox-store.ts';
import { entryLimits } from '../limits.ts';
import type { App } from './app.ts';

/** What keeps posts back now: a person's pause (urgent posts forced past it still go), or X's refusal of the account. */
export async function publishingStops(
  app: App,
  now: EpochMs,
): Promise<{ paused: Stop | null; account: Stop | null }> {
  const stops = await app.store.stops(app.scope);
  return {
    paused: stops.find((stop) => stop.kind === 'pause') ?? null,
    account: stops.find((stop) => stop.kind === 'account' && stillStops(stop, now)) ?? null,
  };
}

/** A stop ends by itself at its time; one dated absurdly far ahead comes from a jumped clock and is not believed. */
function stillStops(stop: Stop, now: EpochMs): boolean {
  if (stop.until === null) return true;
  return stop.until > now && stop.until - now <= entryLimits.stopMaxMs;
}
