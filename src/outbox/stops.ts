import type { Topic } from '../classify/classification.ts';

/** What a stop is and what it reaches. Two stops of one kind and reach are one. */
export type StopKey = {
  kind: 'pause' | 'account';
  /** Only posts of this topic, or (`feed`) only posts made from this feed, are stopped; both null: everything. */
  topic: Topic | null;
  feed: string | null;
};

/** The reach of a stop that stops all publishing. */
export const EVERYTHING = { topic: null, feed: null } as const;

/** One text for a kind and reach, to store it under. A stop of everything is known by its kind alone. */
export function stopName({ kind, topic, feed }: StopKey): string {
  const reach = [...(topic === null ? [] : [`topic:${topic}`]), ...(feed === null ? [] : [`feed:${feed}`])];
  return [kind, ...reach].join(' ');
}

/** The order in which every store gives them. */
export function compareStops(a: StopKey, b: StopKey): number {
  const [one, other] = [stopName(a), stopName(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
