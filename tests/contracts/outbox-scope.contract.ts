import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { NOW, OTHER_SCOPE, SCOPE } from '../outbox/sample-entries.ts';
import { placesFrom, type Place } from './place.ts';
import { held, anItem, aFeed, aPoll } from './store-samples.ts';

/** What a store keeps beside its entries: remembered items, stops, alerts, facts, the lease. */
export function promisesAboutScopes(name: string, open: () => Promise<Place>): void {
  const place = placesFrom(open);

  describe(`${name}: remembered items`, () => {
    test('an item is found under every key it was ever met with, and replaced by its id', async () => {
      const { store } = await place();
      await store.recordPoll(aPoll({ entries: [] }));
      const grown = {
        ...anItem('s1', ['k1', 'k2', 'k3']),
        title: '改題',
        disposition: 'ignored' as const,
        lastSeenAt: NOW + 5,
      };
      await store.recordPoll(aPoll({ entries: [], seen: [grown, anItem('s2', ['k3'])] }));
      expect(await store.findSeen(SCOPE, ['k1'])).toEqual([grown]);
      expect(await store.findSeen(SCOPE, ['k3', 'k2', 'unknown'])).toEqual([grown, anItem('s2', ['k3'])]);
      expect(await store.findSeen(OTHER_SCOPE, ['k1', 'k2', 'k3'])).toEqual([]);
      expect(await store.findSeen(SCOPE, [])).toEqual([]);
    });

    test('what was met last comes first, of one feed or of all', async () => {
      const { store } = await place();
      const [a, b, c] = [anItem('s1', ['a']), { ...anItem('s2', ['b']), feed: 'jpo' }, anItem('s3', ['c'])];
      await store.recordPoll(aPoll({ entries: [], seen: [b, a, c] }));
      expect(await store.lastSeen(SCOPE, null, 10)).toEqual([c, b, a]);
      expect(await store.lastSeen(SCOPE, null, 2)).toEqual([c, b]);
      expect(await store.lastSeen(SCOPE, 'meti', 10)).toEqual([c, a]);
      expect(await store.lastSeen(SCOPE, 'unknown', 10)).toEqual([]);
      expect(await store.lastSeen(OTHER_SCOPE, null, 10)).toEqual([]);
    });

    test('only what was last seen before the instant is forgotten, with its keys', async () => {
      const { store } = await place();
      const seen = [
        { ...anItem('old', ['a', 'shared']), lastSeenAt: NOW - 1 },
        { ...anItem('new', ['b', 'shared']), lastSeenAt: NOW },
      ];
      await store.recordPoll(aPoll({ entries: [], seen }));
      expect(await store.forgetSeen(OTHER_SCOPE, NOW)).toBe(0);
      expect(await store.forgetSeen(SCOPE, NOW)).toBe(1);
      expect(await store.findSeen(SCOPE, ['a', 'shared'])).toEqual([seen[1]]);
      expect(await store.forgetSeen(SCOPE, NOW)).toBe(0);
    });
  });

  describe(`${name}: what a scope has beside its entries`, () => {
    test('stops are set, replaced and cleared, each kind and scope by itself', async () => {
      const { store } = await place();
      const pause = {
        kind: 'pause',
        ...EVERYTHING,
        reason: '点検',
        by: 'sato',
        since: NOW,
        until: null,
      } as const;
      const account = {
        kind: 'account',
        ...EVERYTHING,
        reason: '429',
        by: 'kosatsu',
        since: NOW,
        until: NOW + 1,
      } as const;
      await store.setStop(SCOPE, { ...pause, reason: '初' });
      await store.setStop(SCOPE, pause);
      await store.setStop(SCOPE, account);
      expect(await store.stops(SCOPE)).toEqual([account, pause]);
      expect(await store.stops(OTHER_SCOPE)).toEqual([]);
      expect(await store.clearStop(OTHER_SCOPE, pause, 'sato', '済', NOW)).toBe(false);
      expect(await store.clearStop(SCOPE, pause, 'sato', '済', NOW)).toBe(true);
      expect(await store.clearStop(SCOPE, pause, 'sato', '済', NOW)).toBe(false);
      expect(await store.stops(SCOPE)).toEqual([account]);
    });

    test('a pause of a topic or a feed stands beside that of everything, and ends alone', async () => {
      const { store } = await place();
      const base = { kind: 'pause', reason: '', by: 'sato', since: NOW, until: null } as const;
      const all = { ...base, ...EVERYTHING };
      const topic = { ...base, topic: 'main', feed: null } as const;
      const feed = { ...base, topic: null, feed: 'meti' } as const;
      for (const stop of [topic, feed, all]) await store.setStop(SCOPE, stop);
      expect(await store.stops(SCOPE)).toEqual([all, feed, topic]);
      expect(await store.clearStop(SCOPE, { ...feed, feed: 'jpo' }, 'sato', '', NOW)).toBe(false);
      expect(await store.clearStop(SCOPE, feed, 'sato', '', NOW)).toBe(true);
      expect(await store.clearStop(SCOPE, all, 'sato', '', NOW)).toBe(true);
      expect(await store.stops(SCOPE)).toEqual([topic]);
    });

    test('alerts are saved, replaced and cleared by key, oldest first', async () => {
      const { store } = await place();
      const alert = {
        key: 'feed:meti',
        code: 'feed-down',
        params: { feed: 'meti', hours: 3 },
        since: NOW,
        lastToldAt: NOW,
      };
      const later = { ...alert, key: 'a', since: NOW + 1 };
      await store.saveAlert(SCOPE, later);
      await store.saveAlert(SCOPE, alert);
      await store.saveAlert(SCOPE, { ...later, lastToldAt: NOW + 9 });
      expect(await store.alerts(SCOPE)).toEqual([alert, { ...later, lastToldAt: NOW + 9 }]);
      expect(await store.alerts(OTHER_SCOPE)).toEqual([]);
      expect(await store.clearAlert(SCOPE, 'a')).toBe(true);
      expect(await store.clearAlert(SCOPE, 'a')).toBe(false);
      expect(await store.alerts(SCOPE)).toEqual([alert]);
    });

    test('facts and feed states are kept by name, and null deletes a fact', async () => {
      const { store } = await place();
      await store.setFact(SCOPE, 'account-id', '1');
      await store.setFact(SCOPE, 'account-id', '2');
      expect(await store.fact(SCOPE, 'account-id')).toBe('2');
      expect(await store.fact(OTHER_SCOPE, 'account-id')).toBeNull();
      await store.setFact(SCOPE, 'account-id', null);
      expect(await store.fact(SCOPE, 'account-id')).toBeNull();
      await store.saveFeedState(SCOPE, aFeed());
      await store.saveFeedState(SCOPE, { ...aFeed(), failures: 2 });
      expect(await store.feedState(SCOPE, 'meti')).toEqual({ ...aFeed(), failures: 2 });
      expect(await store.feedState(OTHER_SCOPE, 'meti')).toBeNull();
    });
  });

  describe(`${name}: the lease`, () => {
    test('has one holder, names it, and is free again when released', async () => {
      const { lease } = await place();
      expect(await lease.holder()).toBeNull();
      const first = await held(lease, 'worker');
      expect(await lease.acquire('urgent', 0)).toEqual({ kind: 'busy', holder: 'worker' });
      expect(await lease.holder()).toBe('worker');
      expect(first.ageMs()).toBeLessThan(first.ttlMs);
      await first.release();
      expect(await lease.holder()).toBeNull();
      const second = await held(lease, 'urgent');
      expect(second.epoch).toBe(first.epoch + 1);
      await second.release();
    });

    test('is had within the time that the next holder is ready to wait', async () => {
      const { lease } = await place();
      const first = await held(lease, 'worker');
      const waiting = lease.acquire('urgent', 5_000);
      await first.release();
      // A store in memory never waits; there the next question has it.
      const answer = await waiting;
      const second = answer.kind === 'held' ? answer.lease : await held(lease, 'urgent');
      expect(second.epoch).toBe(first.epoch + 1);
      await second.release();
    });
  });
}
