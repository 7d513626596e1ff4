import { describe, expect, test } from 'vitest';
import { NOW, OTHER_SCOPE, SCOPE, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { placesFrom, type Place } from './place.ts';
import { epochOf, claim, claimedEntry, found, ids } from './store-samples.ts';

/** Changes of entries, and questions about them. */
export function promisesAboutEntries(name: string, open: () => Promise<Place>): void {
  const place = placesFrom(open);

  describe(`${name}: a change is made to what is there`, () => {
    test('of two acts at once on two connections one wins and the other hears of it', async () => {
      const { store, another } = await place();
      await store.recordEntry(anEntry());
      const second = await another();
      const entry = anEntry();
      const results = await Promise.all([
        store.apply('e1', eventFor(entry, 'cancel')),
        second.apply('e1', eventFor(entry, 'deny')),
      ]);
      expect(results.map((result) => result.kind).toSorted()).toEqual(['applied', 'illegal']);
      expect(await store.history('e1')).toHaveLength(2);
      expect((await found(store, 'e1')).revision).toBe(2);
    });

    test('an entry that goes with a change is recorded with it, or neither is', async () => {
      const { store, lease } = await place();
      await store.recordEntry(anEntry());
      const entry = claimedEntry(await claim(store, { epoch: await epochOf(lease) }));
      const correction = anEntry({ id: 'c1', kind: 'correction', correctsId: 'e1', originKey: null });
      expect((await store.apply('e1', eventFor(entry, 'withdraw'), correction)).kind).toBe('illegal');
      expect(await store.find('c1')).toBeNull();
      await store.apply('e1', eventFor(entry, 'accepted'));
      const taken = { ...correction, originKey: 'origin of e1' };
      await expect(store.apply('e1', eventFor(entry, 'withdraw'), taken)).rejects.toMatchObject({
        code: 'conflict',
      });
      expect((await found(store, 'e1')).state).toBe('published');
      expect((await store.apply('e1', eventFor(entry, 'withdraw'), correction)).kind).toBe('applied');
      expect(await store.find('c1')).toEqual(correction);
    });

    test('an edit ends one version, records the next, and leads from each to the other; or none of it', async () => {
      const { store } = await place();
      const entry = anEntry();
      await store.recordEntry(entry);
      const version = anEntry({ id: 'v2', state: 'held', originKey: null });
      expect((await store.apply('e1', eventFor(entry, 'edit'), version)).kind).toBe('applied');
      expect(await store.find('v2')).toEqual(version);
      expect(await store.fact(SCOPE, 'edited:e1')).toBe('v2');
      expect(await store.fact(SCOPE, 'edit-of:v2')).toBe('e1');
      const late = anEntry({ id: 'v3', state: 'held', originKey: null });
      expect((await store.apply('e1', eventFor(entry, 'edit'), late)).kind).toBe('illegal');
      expect(await store.find('v3')).toBeNull();
      expect(await store.fact(SCOPE, 'edited:e1')).toBe('v2');
    });

    test('the policy that judged an entry last is kept with it', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry());
      await store.apply('e1', { ...eventFor(anEntry(), 'hold'), policyVersion: '2027-04' });
      expect(await found(store, 'e1')).toMatchObject({ state: 'held', policyVersion: '2027-04' });
    });

    test('what followed a post that is edited follows its new version, and takes its place once people let it go', async () => {
      const { store } = await place();
      const entry = anEntry({ state: 'held' });
      await store.recordEntry(entry);
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e1', state: 'held' }));
      await store.apply('e1', eventFor(entry, 'edit'), anEntry({ id: 'v2', state: 'held', originKey: null }));
      expect(await found(store, 'e9')).toMatchObject({ predecessorId: 'v2', revision: 1 });
      await store.apply('e9', eventFor(await found(store, 'e9'), 'approve'));
      expect(await found(store, 'v2')).toMatchObject({ state: 'cancelled', note: 'e9' });
    });

    test('an illegal event writes nothing, and an unknown entry is missing', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry());
      expect(await store.apply('e1', eventFor(anEntry(), 'retry'))).toEqual({
        kind: 'illegal',
        entry: anEntry(),
      });
      expect(await store.history('e1')).toHaveLength(1);
      expect(await store.apply('e2', eventFor(anEntry(), 'cancel'))).toEqual({ kind: 'missing' });
    });

    test('one post is never the proof of two entries', async () => {
      const { store, lease } = await place();
      const epoch = await epochOf(lease);
      await store.recordEntry(anEntry());
      await store.recordEntry(anEntry({ id: 'e2' }));
      await store.recordEntry(anEntry({ ...OTHER_SCOPE, id: 'e3' }));
      for (const id of ['e1', 'e2', 'e3']) {
        const scope = id === 'e3' ? OTHER_SCOPE : SCOPE;
        const entry = claimedEntry(await claim(store, { epoch, onlyId: id, scope, nonce: id }));
        await store.apply(id, eventFor(entry, 'doubt'));
      }
      const proof = {
        ...eventFor(await found(store, 'e1'), 'found'),
        kind: 'found',
        remoteId: '42',
        publishedAt: NOW,
      } as const;
      expect((await store.apply('e1', proof)).kind).toBe('applied');
      expect((await store.apply('e2', proof)).kind).toBe('illegal');
      expect((await found(store, 'e2')).state).toBe('uncertain');
      expect((await store.apply('e3', proof)).kind).toBe('applied');
      expect((await store.findByRemoteId(SCOPE, '42'))?.id).toBe('e1');
      expect((await store.findByRemoteId(OTHER_SCOPE, '42'))?.id).toBe('e3');
      expect(await store.findByRemoteId(SCOPE, '4')).toBeNull();
    });
  });

  describe(`${name}: questions about entries`, () => {
    test('lists by scope, state, order and number', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry({ id: 'b', createdAt: NOW }));
      await store.recordEntry(anEntry({ id: 'a', createdAt: NOW + 1, state: 'held', heldSince: NOW }));
      await store.recordEntry(anEntry({ id: 'c', createdAt: NOW }));
      await store.recordEntry(anEntry({ ...OTHER_SCOPE, id: 'd', createdAt: NOW + 2 }));
      expect(await ids(store.list({}))).toEqual(['b', 'c', 'a', 'd']);
      expect(await ids(store.list({ newestFirst: true, limit: 2 }))).toEqual(['d', 'a']);
      expect(await ids(store.list({ scope: SCOPE, states: ['queued'] }))).toEqual(['b', 'c']);
      expect(await ids(store.list({ states: ['held', 'queued'], limit: 1 }))).toEqual(['b']);
      expect(await ids(store.list({ states: [] }))).toEqual([]);
      expect(await store.countByState(SCOPE)).toEqual({ queued: 2, held: 1 });
    });

    test('counts what is due in a slot', async () => {
      const { store } = await place();
      for (const [id, more] of [
        ['a', {}],
        ['b', { dueAt: NOW + 1 }],
        ['c', { state: 'held', heldSince: NOW }],
        ['d', { topic: 'urgent' }],
        ['e', OTHER_SCOPE],
      ] as const)
        await store.recordEntry(anEntry({ id, ...more }));
      expect(await store.countDue(SCOPE, 'main', NOW)).toBe(1);
      expect(await store.countDue(SCOPE, 'main', NOW + 1)).toBe(2);
      expect(await store.countDue(SCOPE, 'urgent', NOW)).toBe(1);
      expect(await store.countDue(SCOPE, 'urgent', 0)).toBe(0);
    });

    test('lists by the time of making, and page by page in either order', async () => {
      const { store } = await place();
      for (const [id, createdAt] of [
        ['a', NOW],
        ['b', NOW],
        ['c', NOW + 5],
        ['d', NOW + 9],
      ] as const)
        await store.recordEntry(anEntry({ id, createdAt }));
      expect(await ids(store.list({ madeFrom: NOW + 5 }))).toEqual(['c', 'd']);
      expect(await ids(store.list({ scope: SCOPE, madeFrom: NOW, madeBefore: NOW + 9 }))).toEqual([
        'a',
        'b',
        'c',
      ]);
      expect(await ids(store.list({ after: { createdAt: NOW, id: 'a' }, limit: 2 }))).toEqual(['b', 'c']);
      const before = { createdAt: NOW + 5, id: 'c' };
      expect(await ids(store.list({ newestFirst: true, after: before }))).toEqual(['b', 'a']);
      expect(await ids(store.list({ newestFirst: true, after: before, states: ['held'] }))).toEqual([]);
    });

    test('a text counts as said unless it never went out and never will', async () => {
      const { store } = await place();
      const same = { textKey: 'same' };
      await store.recordEntry(anEntry({ id: 'a', ...same, createdAt: NOW - 100 }));
      await store.recordEntry(anEntry({ id: 'b', ...same }));
      await store.recordEntry(anEntry({ id: 'c', ...same, state: 'refused' }));
      await store.recordEntry(anEntry({ id: 'd', ...same }));
      await store.recordEntry(anEntry({ id: 'e' }));
      await store.recordEntry(anEntry({ ...OTHER_SCOPE, id: 'f', ...same }));
      await store.apply('d', eventFor(anEntry(), 'cancel'));
      expect(await ids(store.findByTextKey(SCOPE, 'same', NOW))).toEqual(['b']);
      expect(await ids(store.findByTextKey(SCOPE, 'same', NOW - 100))).toEqual(['a', 'b']);
    });

    test('the budget counts what was or may have been sent, by topic and since the instant', async () => {
      const { store, lease } = await place();
      const epoch = await epochOf(lease);
      const sendAt = async (
        id: string,
        at: number,
        kind: 'accepted' | 'doubt' | 'not-sent' | null,
      ): Promise<void> => {
        const claimed = claimedEntry(
          await claim(store, {
            epoch,
            onlyId: id,
            now: at,
            nonce: id,
            slot: id.startsWith('u') ? 'urgent' : 'main',
          }),
        );
        if (kind !== null) await store.apply(id, eventFor(claimed, kind, at + 1));
      };
      for (const id of ['m1', 'm2', 'm3', 'm4', 'u1']) {
        await store.recordEntry(anEntry({ id, topic: id.startsWith('u') ? 'urgent' : 'main' }));
      }
      await sendAt('m1', NOW, 'accepted');
      await sendAt('m2', NOW + 1_000, 'doubt');
      await sendAt('m3', NOW + 1_000, 'not-sent');
      await sendAt('m4', NOW + 1_000, null);
      await sendAt('u1', NOW + 2_000, 'accepted');
      await store.apply('u1', eventFor(await found(store, 'u1'), 'withdraw'));
      expect(await store.countSent(SCOPE, NOW)).toEqual({ main: 3, urgent: 1 });
      expect(await store.countSent(SCOPE, NOW + 2)).toEqual({ main: 2, urgent: 1 });
      expect(await store.countSent(SCOPE, NOW + 3_000)).toEqual({ main: 0, urgent: 0 });
      expect(await store.countSent(OTHER_SCOPE, 0)).toEqual({ main: 0, urgent: 0 });
      expect((await ids(store.list({ sentFrom: NOW }))).toSorted()).toEqual(['m1', 'm2', 'm4', 'u1']);
      expect((await ids(store.list({ sentFrom: NOW + 2 }))).toSorted()).toEqual(['m2', 'm4', 'u1']);
      expect(await ids(store.list({ scope: OTHER_SCOPE, sentFrom: 0 }))).toEqual([]);
    });

    test('the newest post is the one with the greatest number, however many digits it has', async () => {
      const { store, lease } = await place();
      const epoch = await epochOf(lease);
      expect(await store.newestRemoteId(SCOPE)).toBeNull();
      expect(await store.lastPublished(SCOPE)).toBeNull();
      for (const [id, remoteId] of [
        ['e1', '999'],
        ['e2', '1000'],
        ['e3', '998'],
      ] as const) {
        await store.recordEntry(anEntry({ id }));
        const entry = claimedEntry(await claim(store, { epoch, onlyId: id, nonce: id }));
        const at = id === 'e1' ? NOW + 9_000 : NOW;
        await store.apply(id, { ...eventFor(entry, 'accepted', at), kind: 'accepted', nonce: id, remoteId });
      }
      expect(await store.newestRemoteId(SCOPE)).toBe('1000');
      expect((await store.lastPublished(SCOPE))?.id).toBe('e1');
      expect(await store.newestRemoteId(OTHER_SCOPE)).toBeNull();
    });
  });
}
