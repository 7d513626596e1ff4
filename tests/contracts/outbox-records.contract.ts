import { describe, expect, test } from 'vitest';
import type { PollRecord } from '../../src/outbox/outbox-store.ts';
import { NOW, OTHER_SCOPE, SCOPE, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { placesFrom, type Place } from './place.ts';
import { epochOf, claim, claimedEntry, found, ids, anItem, aFeed, aPoll } from './store-samples.ts';

/** What is written is read again, and a poll is recorded whole. */
export function promisesAboutRecords(name: string, open: () => Promise<Place>): void {
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
}
