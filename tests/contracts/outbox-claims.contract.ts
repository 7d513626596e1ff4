import { describe, expect, test } from 'vitest';
import type { Entry, State } from '../../src/outbox/entry.ts';
import type { EventKind } from '../../src/outbox/event.ts';
import { NOW, OTHER_SCOPE, SCOPE, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { placesFrom, type Place } from './place.ts';
import { epochOf, claim, claimedEntry, found } from './store-samples.ts';

/** One claim, one attempt, in the right order. */
export function promisesAboutClaims(name: string, open: () => Promise<Place>): void {
  const place = placesFrom(open);

  describe(`${name}: one claim, one attempt`, () => {
    const queue = [
      anEntry({ id: 'e3', dueAt: NOW - 10 }),
      anEntry({ id: 'e2', dueAt: NOW - 30 }),
      anEntry({ id: 'e4', dueAt: NOW - 10 }),
      anEntry({ id: 'u1', topic: 'urgent', dueAt: NOW - 20 }),
      anEntry({ id: 'later', dueAt: NOW + 50 }),
      anEntry({ id: 'held', state: 'held', dueAt: NOW - 99 }),
      anEntry({ ...OTHER_SCOPE, id: 'drill', dueAt: NOW - 99 }),
    ];
    async function queued(): Promise<Place & { epoch: number }> {
      const here = await place();
      for (const entry of queue) await here.store.recordEntry(entry);
      return { ...here, epoch: await epochOf(here.lease) };
    }

    test('each slot gives its own entries, oldest due first, then in order of making', async () => {
      const { store, epoch } = await queued();
      const order: string[] = [];
      for (const slot of ['main', 'main', 'main', 'main', 'urgent', 'urgent'] as const) {
        const peeked = await store.peekDue({ scope: SCOPE, slot, now: NOW, overridePauseOnly: false });
        const claimed = await claim(store, { epoch, slot, nonce: `n${String(order.length)}` });
        expect(peeked?.id).toBe(claimed.kind === 'claimed' ? claimed.entry.id : undefined);
        order.push(claimed.kind === 'claimed' ? claimed.entry.id : claimed.kind);
      }
      expect(order).toEqual(['e2', 'e3', 'e4', 'nothing-due', 'u1', 'nothing-due']);
    });

    test('when nothing is due, it says when something will be', async () => {
      const { store, epoch } = await queued();
      for (const nonce of ['a', 'b', 'c']) await claim(store, { epoch, nonce });
      expect(await claim(store, { epoch })).toEqual({ kind: 'nothing-due', nextDueAt: NOW + 50 });
      expect(await claim(store, { epoch, scope: { mode: 'live', account: 'jpo_notice' } })).toEqual({
        kind: 'nothing-due',
        nextDueAt: null,
      });
    });

    test('an entry asked for by id is claimed or nothing is', async () => {
      const { store, epoch } = await queued();
      expect(await claim(store, { epoch, onlyId: 'held' })).toMatchObject({ kind: 'nothing-due' });
      expect(await claim(store, { epoch, onlyId: 'drill' })).toMatchObject({ kind: 'nothing-due' });
      expect(await claim(store, { epoch, onlyId: 'later' })).toEqual({
        kind: 'nothing-due',
        nextDueAt: NOW + 50,
      });
      expect(claimedEntry(await claim(store, { epoch, onlyId: 'e4' })).id).toBe('e4');
      expect(await claim(store, { epoch, onlyId: 'e4' })).toEqual({ kind: 'nothing-due', nextDueAt: null });
    });

    test('while publishing is paused, only what may override the pause is claimed', async () => {
      const { store, epoch } = await queued();
      const paused = { epoch, overridePauseOnly: true };
      expect(await claim(store, paused)).toEqual({ kind: 'nothing-due', nextDueAt: null });
      await store.recordEntry(anEntry({ id: 'forced', overridePause: true }));
      expect(claimedEntry(await claim(store, paused)).id).toBe('forced');
    });

    test('what a paused feed brought is passed over, and claimed once the pause has ended', async () => {
      const { store, epoch } = await queued();
      const source = { ...(anEntry().source as NonNullable<Entry['source']>), feed: 'paused' };
      await store.recordEntry(anEntry({ id: 'of-feed', source, dueAt: NOW - 1_000 }));
      await store.recordEntry(anEntry({ id: 'by-hand', source: null, dueAt: NOW - 900 }));
      await store.recordEntry(anEntry({ id: 'forced', source, overridePause: true, dueAt: NOW - 800 }));
      const paused = { epoch, pausedFeeds: ['other', 'paused'] };
      expect(await claim(store, { ...paused, onlyId: 'of-feed' })).toMatchObject({ kind: 'nothing-due' });
      expect(claimedEntry(await claim(store, paused)).id).toBe('by-hand');
      expect(claimedEntry(await claim(store, { ...paused, nonce: 'n2' })).id).toBe('forced');
      expect(claimedEntry(await claim(store, { epoch, nonce: 'n3' })).id).toBe('of-feed');
    });

    test('a successor waits while its predecessor may be at X, and no longer', async () => {
      const { store, epoch } = await queued();
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e2', dueAt: NOW - 40 }));
      expect(claimedEntry(await claim(store, { epoch, onlyId: 'e2' })).id).toBe('e2');
      const wanted = { epoch, onlyId: 'e9', nonce: 'n9' };
      expect(await claim(store, wanted), 'attempting').toEqual({ kind: 'nothing-due', nextDueAt: null });
      await store.apply('e2', eventFor(await found(store, 'e2'), 'doubt'));
      expect(await claim(store, wanted), 'uncertain').toEqual({ kind: 'nothing-due', nextDueAt: null });
      expect(claimedEntry(await claim(store, { epoch, nonce: 'n3' })).id, 'others go on').toBe('e3');
      await store.apply('e2', eventFor(await found(store, 'e2'), 'found'));
      expect(claimedEntry(await claim(store, wanted)).id, 'published').toBe('e9');
    });

    test('a successor waits past one that was replaced for the one before that', async () => {
      const { store, epoch } = await queued();
      await store.recordEntry(anEntry({ id: 'e8', predecessorId: 'e2', dueAt: NOW - 40 }));
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e8', dueAt: NOW - 30 }));
      expect(claimedEntry(await claim(store, { epoch, onlyId: 'e2' })).id).toBe('e2');
      await store.apply('e8', { ...eventFor(anEntry(), 'supersede'), kind: 'supersede', successorId: 'e9' });
      const wanted = { epoch, onlyId: 'e9', nonce: 'n9' };
      expect(await claim(store, wanted), 'attempting').toEqual({ kind: 'nothing-due', nextDueAt: null });
      await store.apply('e2', eventFor(await found(store, 'e2'), 'accepted'));
      expect(claimedEntry(await claim(store, wanted)).id, 'published').toBe('e9');
    });

    test.each<[back: EventKind, doubted: boolean]>([
      ['not-sent', false],
      ['later', false],
      ['not-found', true],
      ['resolve-not-published', true],
    ])(
      'what comes back by %s is superseded by the newer report that waited for it',
      async (back, doubted) => {
        const { store, epoch } = await queued();
        expect(claimedEntry(await claim(store, { epoch, onlyId: 'e2' })).id).toBe('e2');
        if (doubted) await store.apply('e2', eventFor(await found(store, 'e2'), 'doubt'));
        await store.recordEntry(anEntry({ id: 'e8', predecessorId: 'e2', dueAt: NOW - 40 }));
        await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e8', dueAt: NOW - 30 }));
        await store.apply('e8', {
          ...eventFor(anEntry(), 'supersede'),
          kind: 'supersede',
          successorId: 'e9',
        });
        const applied = await store.apply('e2', eventFor(await found(store, 'e2'), back));
        expect(applied).toMatchObject({ kind: 'applied', entry: { state: 'cancelled', note: 'e9' } });
        expect(await found(store, 'e2')).toMatchObject({ state: 'cancelled', note: 'e9' });
        const lines = (await store.history('e2')).slice(-2);
        expect(lines.map((line) => [line.event, line.by])).toEqual([
          [back, 'kosatsu'],
          ['supersede', 'kosatsu'],
        ]);
        expect(claimedEntry(await claim(store, { epoch, onlyId: 'e9', nonce: 'n9' })).id).toBe('e9');
      },
    );

    const HELD = { state: 'held', heldSince: NOW } as const;

    test('what an approved report follows is superseded where it still waits, also past reports that were replaced', async () => {
      const { store } = await queued();
      await store.recordEntry(anEntry({ id: 'e8', predecessorId: 'e2', ...HELD }));
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e8', ...HELD }));
      await store.apply('e8', { ...eventFor(anEntry(), 'supersede'), kind: 'supersede', successorId: 'e9' });
      expect(await found(store, 'e2'), 'e9 is held: something must be said').toMatchObject({
        state: 'queued',
      });
      await store.apply('e9', eventFor(await found(store, 'e9'), 'approve'));
      expect(await found(store, 'e9')).toMatchObject({ state: 'queued' });
      expect(await found(store, 'e2')).toMatchObject({ state: 'cancelled', note: 'e9' });
    });

    test('a report that goes out replaces what the held one between them followed', async () => {
      const { store } = await queued();
      await store.recordEntry(anEntry({ id: 'e8', predecessorId: 'e2', ...HELD }));
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e8' }));
      await store.apply('e8', { ...eventFor(anEntry(), 'supersede'), kind: 'supersede', successorId: 'e9' });
      expect(await found(store, 'e2')).toMatchObject({ state: 'cancelled', note: 'e9' });
    });

    test('what an approved report follows stays where it may be at X', async () => {
      const { store, epoch } = await queued();
      expect(claimedEntry(await claim(store, { epoch, onlyId: 'e2' })).id).toBe('e2');
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e2', ...HELD }));
      await store.apply('e9', eventFor(await found(store, 'e9'), 'approve'));
      expect(await found(store, 'e2')).toMatchObject({ state: 'attempting' });
    });

    test.each<State>(['held', 'refused'])(
      'what comes back is not superseded by a newer report that is %s: something must be said',
      async (state) => {
        const { store, epoch } = await queued();
        expect(claimedEntry(await claim(store, { epoch, onlyId: 'e2' })).id).toBe('e2');
        const heldSince = state === 'held' ? NOW : null;
        await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e2', state, heldSince }));
        await store.apply('e2', eventFor(await found(store, 'e2'), 'not-sent'));
        expect((await found(store, 'e2')).state).toBe('queued');
      },
    );

    test('what comes back after its newer report was published stays unsent', async () => {
      const { store, epoch } = await queued();
      expect(claimedEntry(await claim(store, { epoch, onlyId: 'e2' })).id).toBe('e2');
      await store.recordEntry(anEntry({ id: 'e9', predecessorId: 'e2', dueAt: NOW - 40 }));
      await store.apply('e9', eventFor(await found(store, 'e9'), 'found'));
      await store.apply('e2', eventFor(await found(store, 'e2'), 'not-sent'));
      expect(await found(store, 'e2')).toMatchObject({ state: 'cancelled', note: 'e9' });
    });

    test('after a take-over the former holder claims nothing', async () => {
      const { store, lease, epoch } = await queued();
      const second = await epochOf(lease);
      expect(second).toBeGreaterThan(epoch);
      expect(await claim(store, { epoch })).toEqual({ kind: 'lease-lost' });
      expect((await found(store, 'e2')).state).toBe('queued');
      expect(await claim(store, { epoch: second })).toMatchObject({ kind: 'claimed' });
    });

    test('two connections never claim the same entry', async () => {
      const { store, another, epoch } = await queued();
      const second = await another();
      const claims = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((nonce, index) =>
          claim(index % 2 === 0 ? store : second, { epoch, nonce }),
        ),
      );
      const claimed = claims.flatMap((one) => (one.kind === 'claimed' ? [one.entry.id] : []));
      expect(claimed.toSorted()).toEqual(['e2', 'e3', 'e4']);
    });
  });
}
