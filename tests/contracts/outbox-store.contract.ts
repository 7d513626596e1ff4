import { describe, expect, test } from 'vitest';
import type { FeedState } from '../../src/feed/feed-state.ts';
import type { SeenItem } from '../../src/feed/seen-item.ts';
import type { Entry, Scope, State } from '../../src/outbox/entry.ts';
import type { EventKind } from '../../src/outbox/event.ts';
import type { Lease, LeasePort } from '../../src/outbox/lease.ts';
import type { Claimed, OutboxStore, PollRecord, Slot } from '../../src/outbox/outbox-store.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { NOW, OTHER_SCOPE, SCOPE, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { placesFrom, type Place } from './place.ts';

/** What every store promises, whatever it is made of. */
export function promisesOfEveryOutbox(name: string, open: () => Promise<Place>): void {
  const place = placesFrom(open);

  describe(`${name}: what is recorded is what is read`, () => {
    test('an entry comes back with every field, from another connection too', async () => {
      const { store, another } = await place();
      const entry = anEntry({
        state: 'held',
        heldSince: NOW,
        topic: 'urgent',
        kind: 'forced',
        lang: 'en',
        text: 'Ａ\u{1F6A8} "quoted"\n二行目 \u0000 end',
        reasons: [{ rule: 'weight', params: { weight: 281, max: 280 } }],
        predecessorId: 'e0',
        correctsId: 'e-1',
        batchId: 'b1',
        originKey: null,
        source: null,
        url: null,
        note: 'すぐに',
        overridePause: true,
        approvalsNeeded: 2,
        dueAt: NOW + 86_400_000,
      });
      await store.recordEntry(entry);
      expect(await store.find('e1')).toEqual(entry);
      expect(await (await another()).find('e1')).toEqual(entry);
      expect(await store.find('e2')).toBeNull();
    });

    test('every change of a life comes back as transition() made it, with a line of history each', async () => {
      const { store, lease } = await place();
      const epoch = await epochOf(lease);
      await store.recordEntry(anEntry());
      const claimed = claimedEntry(await claim(store, { epoch }));
      expect(claimed).toMatchObject({ state: 'attempting', attempts: 1, revision: 2 });
      expect(claimed.attempt).toEqual({
        number: 1,
        at: NOW,
        nonce: 'n1',
        epoch,
        deadlineAt: NOW + 35_000,
        sinceRemoteId: null,
      });
      for (const kind of ['doubt', 'looked', 'found', 'withdraw', 'withdraw-doubt', 'deleted'] as const) {
        const before = await found(store, 'e1');
        const applied = await store.apply('e1', eventFor(before, kind));
        expect(applied.kind).toBe('applied');
        expect(await store.find('e1')).toEqual(applied.kind === 'applied' ? applied.entry : null);
      }
      const lines = await store.history('e1');
      expect(lines.map((line) => `${line.event}:${String(line.from)}>${line.to}`)).toEqual([
        'record:null>queued',
        'claim:queued>attempting',
        'doubt:attempting>uncertain',
        'looked:uncertain>uncertain',
        'found:uncertain>published',
        'withdraw:published>withdrawing',
        'withdraw-doubt:withdrawing>withdrawing',
        'deleted:withdrawing>withdrawn',
      ]);
      expect(lines[5]).toEqual({
        entryId: 'e1',
        at: NOW + 2_000,
        event: 'withdraw',
        from: 'published',
        to: 'withdrawing',
        by: 'kosatsu',
        reason: '誤記',
      });
    });

    test('what was handed in or out can be altered without reaching the store', async () => {
      const { store } = await place();
      const entry = anEntry();
      await store.recordEntry(entry);
      entry.text = 'altered';
      expect((await found(store, 'e1')).text).not.toBe('altered');
    });

    test('a recorded fact names the entry that a repeated request made', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry(), 'request-7');
      expect(await store.fact(SCOPE, 'request-7')).toBe('e1');
      await expect(store.recordEntry(anEntry(), 'request-8')).rejects.toMatchObject({ code: 'conflict' });
      expect(await store.fact(SCOPE, 'request-8')).toBeNull();
    });

    test('an entry that breaks an invariant is not written', async () => {
      const { store } = await place();
      await expect(store.recordEntry(anEntry({ state: 'published' }))).rejects.toThrow('post id');
      expect(await store.list({})).toEqual([]);
    });
  });

  describe(`${name}: a poll is recorded whole or not at all`, () => {
    test('items, entries, state and superseded predecessors appear together', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry({ id: 'old', originKey: 'o' }));
      await store.recordPoll(aPoll({ supersede: [{ id: 'old', event: eventFor(anEntry(), 'supersede') }] }));
      expect((await found(store, 'old')).state).toBe('cancelled');
      expect((await found(store, 'e1')).state).toBe('queued');
      expect(await store.findSeen(SCOPE, ['k1'])).toEqual([anItem('s1', ['k1', 'k2'])]);
      expect(await store.feedState(SCOPE, 'meti')).toEqual(aFeed());
    });

    test('a failure at the last entry leaves nothing of the poll behind', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry({ id: 'old', originKey: 'taken' }));
      const poll = aPoll({
        entries: [anEntry(), anEntry({ id: 'e2', originKey: 'taken' })],
        supersede: [{ id: 'old', event: eventFor(anEntry(), 'supersede') }],
      });
      await expect(store.recordPoll(poll)).rejects.toMatchObject({ code: 'conflict' });
      expect((await store.list({})).map((entry) => [entry.id, entry.state])).toEqual([['old', 'queued']]);
      expect(await store.findSeen(SCOPE, ['k1', 'k2'])).toEqual([]);
      expect(await store.feedState(SCOPE, 'meti')).toBeNull();
      expect(await store.history('old')).toHaveLength(1);
      expect(await store.history('e1')).toEqual([]);
    });

    test('a predecessor that is being posted meanwhile stays, and the poll is kept', async () => {
      const { store, lease } = await place();
      await store.recordEntry(anEntry({ id: 'old', originKey: 'o' }));
      await claim(store, { epoch: await epochOf(lease) });
      await store.recordPoll(aPoll({ supersede: [{ id: 'old', event: eventFor(anEntry(), 'supersede') }] }));
      expect((await found(store, 'old')).state).toBe('attempting');
      expect(await store.find('e1')).not.toBeNull();
    });

    test('a poll that another one has overtaken is refused whole', async () => {
      const { store } = await place();
      const at = (lastPollAt: number): PollRecord['feed'] => ({ ...aFeed(), lastPollAt });
      const empty = { entries: [], seen: [] };
      await store.recordPoll(aPoll({ ...empty, feed: at(NOW), lastPollBefore: null }));
      await store.recordPoll(aPoll({ ...empty, feed: at(NOW + 1), lastPollBefore: NOW }));
      for (const lastPollBefore of [null, NOW])
        await expect(store.recordPoll(aPoll({ feed: at(NOW + 2), lastPollBefore }))).rejects.toMatchObject({
          code: 'conflict',
        });
      expect(await store.feedState(SCOPE, 'meti')).toMatchObject({ lastPollAt: NOW + 1 });
      expect(await store.list({})).toEqual([]);
    });

    test('two connections can not record one announcement twice', async () => {
      const { store, another } = await place();
      const second = await another();
      const results = await Promise.allSettled([
        store.recordPoll(aPoll({})),
        second.recordPoll(aPoll({ entries: [anEntry({ id: 'e2', originKey: 'origin of e1' })] })),
      ]);
      expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await store.findByOriginKeys(SCOPE, ['origin of e1'])).toHaveLength(1);
    });

    test('the same announcement may stand in another scope', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry());
      await store.recordEntry(anEntry({ ...OTHER_SCOPE, id: 'e2', originKey: 'origin of e1' }));
      expect(await ids(store.findByOriginKeys(SCOPE, ['origin of e1']))).toEqual(['e1']);
      expect(await ids(store.findByOriginKeys(OTHER_SCOPE, ['origin of e1', 'other']))).toEqual(['e2']);
    });
  });

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

async function held(lease: LeasePort, holder: string): Promise<Lease> {
  const request = await lease.acquire(holder, 0);
  if (request.kind !== 'held') throw new Error(`the lease is held by ${request.holder}`);
  return request.lease;
}

/** Takes the lease and lets it go again at once: its epoch stays the newest one. */
export async function epochOf(lease: LeasePort): Promise<number> {
  const taken = await held(lease, 'test');
  await taken.release();
  return taken.epoch;
}

type ClaimWish = {
  epoch: number;
  slot?: Slot;
  scope?: Scope;
  now?: number;
  nonce?: string;
  onlyId?: string;
  overridePauseOnly?: boolean;
  pausedFeeds?: readonly string[];
};

export function claim(store: OutboxStore, wish: ClaimWish): Promise<Claimed> {
  const {
    epoch,
    slot = 'main',
    scope = SCOPE,
    now = NOW,
    nonce = 'n1',
    onlyId,
    overridePauseOnly = false,
    pausedFeeds = [],
  } = wish;
  const attempt = { at: now, nonce, epoch, deadlineAt: now + 35_000, sinceRemoteId: null };
  const only = onlyId === undefined ? {} : { onlyId };
  return store.claim({ scope, slot, now, epoch, overridePauseOnly, pausedFeeds, attempt, ...only });
}

export function claimedEntry(claimed: Claimed): Entry {
  if (claimed.kind !== 'claimed') throw new Error(`nothing was claimed: ${claimed.kind}`);
  return claimed.entry;
}

async function found(store: OutboxStore, id: string): Promise<Entry> {
  const entry = await store.find(id);
  if (entry === null) throw new Error(`no entry ${id}`);
  return entry;
}

async function ids(entries: Promise<readonly Entry[]>): Promise<string[]> {
  return (await entries).map((entry) => entry.id);
}

export function anItem(seenId: string, keys: readonly string[]): SeenItem {
  return {
    seenId,
    feed: 'meti',
    keys,
    title: '審査基準を改訂しました',
    url: 'https://www.jpo.go.jp/news/1.html',
    lang: 'ja',
    publishedAt: null,
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    disposition: 'recorded',
    entryId: 'e1',
  };
}

function aFeed(): FeedState {
  return {
    feed: 'meti',
    etag: '"abc"',
    lastModified: null,
    bodyHash: 'f'.repeat(64),
    lastPollAt: NOW,
    lastSuccessAt: NOW,
    lastNewItemAt: null,
    nextPollAt: NOW + 300_000,
    failures: 0,
    itemCount: 20,
    lastBuildDate: null,
    baselineDone: true,
    guidsUnreliable: false,
    problems: [{ code: 'http-status', detail: '503', since: NOW }],
  };
}

function aPoll(overrides: Partial<PollRecord>): PollRecord {
  return {
    scope: SCOPE,
    feed: aFeed(),
    seen: [anItem('s1', ['k1', 'k2'])],
    entries: [anEntry()],
    supersede: [],
    ...overrides,
  };
}
