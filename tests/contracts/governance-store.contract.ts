import { describe, expect, test } from 'vitest';
import { AUDIT_START } from '../../src/governance/audit-record.ts';
import type { AuditRecord } from '../../src/governance/audit-record.ts';
import type { GovernanceStore } from '../../src/governance/governance-store.ts';
import { isGoverned } from '../../src/governance/operator.ts';
import type { OperatorEvent } from '../../src/governance/operator-event.ts';
import { CHAIN_START, checkEnd, checkRecord, readBody } from '../../src/governance/verify-chain.ts';
import type { AuditBody } from '../../src/governance/verify-chain.ts';
import { NOW, SCOPE, anApproval, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { claim, epochOf } from './store-samples.ts';
import { placesFrom, type Place } from './place.ts';

const ADD = { kind: 'add', roles: ['approver'], passwordHash: 'x', at: NOW, reason: null } as const;

function anAddition(name: string, overrides: object = {}): OperatorEvent {
  return { ...ADD, by: 'root', name, ...overrides };
}

/** Every record of the log in its order. */
async function wholeLog(governance: GovernanceStore): Promise<readonly AuditRecord[]> {
  return governance.auditRecords(0, 100_000);
}

/** The log as it reads, after proving that it is whole. */
async function soundLog(governance: GovernanceStore): Promise<readonly AuditBody[]> {
  const records = await wholeLog(governance);
  const progress = records.reduce((before, record) => checkRecord(before, record), CHAIN_START);
  expect(checkEnd(progress, await governance.auditHead())).toEqual([]);
  return records.map(({ body }) => readBody(body) ?? expect.fail('an unreadable record'));
}

/** What every store promises of people and of the record of what they did. */
export function promisesOfEveryGovernance(name: string, open: () => Promise<Place>): void {
  const place = placesFrom(open);

  describe(`${name}: every act leaves a record in its own transaction`, () => {
    test('recording, changing and claiming an entry, stopping and going on', async () => {
      const { store, lease } = await place();
      await store.recordEntry(anEntry());
      await store.apply('e1', eventFor(anEntry(), 'hold'));
      await store.recordEntry(anEntry({ id: 'e2' }));
      await claim(store, { epoch: await epochOf(lease) });
      const stop = {
        kind: 'pause',
        topic: null,
        feed: null,
        reason: '点検',
        by: '佐藤',
        since: NOW,
      } as const;
      await store.setStop(SCOPE, { ...stop, until: null });
      await store.clearStop(SCOPE, stop, 'Suzuki', 'done', NOW + 9);
      const log = await soundLog(store.governance);
      expect(log.map(({ act, subject, actor }) => [act, subject, actor])).toEqual([
        ['entry.record', 'e1', 'kosatsu'],
        ['entry.hold', 'e1', expect.any(String)],
        ['entry.record', 'e2', 'kosatsu'],
        ['entry.claim', 'e2', 'kosatsu'],
        ['stop.set', 'pause', expect.stringMatching(/^person-\d+$/u)],
        ['stop.cleared', 'pause', expect.stringMatching(/^person-\d+$/u)],
      ]);
      expect(log[0]).toMatchObject({
        ...SCOPE,
        policyVersion: '2026-04',
        before: null,
        after: { state: 'queued', text: anEntry().text },
      });
      expect(log[1]).toMatchObject({
        before: { state: 'queued', revision: 1 },
        after: { state: 'held', revision: 2 },
      });
      expect(log[5]?.before).toMatchObject({ reason: '点検' });
    });

    test('what was refused or rolled back leaves none', async () => {
      const { store } = await place();
      await store.recordEntry(anEntry());
      const before = await wholeLog(store.governance);
      await expect(store.recordEntry(anEntry())).rejects.toMatchObject({ code: 'conflict' });
      expect((await store.apply('e1', eventFor(anEntry(), 'retry'))).kind).toBe('illegal');
      expect((await store.apply('e9', eventFor(anEntry(), 'hold'))).kind).toBe('missing');
      expect(await store.clearStop(SCOPE, { kind: 'pause', topic: null, feed: null }, 'a', 'b', NOW)).toBe(
        false,
      );
      expect((await store.governance.changeOperator(anAddition('A', { kind: 'disable' }))).kind).toBe(
        'refused',
      );
      expect(await wholeLog(store.governance)).toEqual(before);
    });

    test('two connections write one chain', async () => {
      const { store, another } = await place();
      const second = await another();
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? store : second).recordEntry(anEntry({ id: `e${String(index)}` })),
        ),
      );
      expect(await soundLog(second.governance)).toHaveLength(20);
      expect(await store.governance.auditHead()).toMatchObject({ seq: 20 });
    });

    test('a noted fact is a record like any other, and pages follow each other', async () => {
      const { store } = await place();
      expect(await store.governance.auditHead()).toBeNull();
      for (let at = 1; at <= 5; at += 1) {
        await store.governance.note({
          at,
          scope: null,
          actor: 'Sato',
          act: 'refused',
          subject: null,
          reason: 'role too low\u0000',
          before: null,
          after: { list: [1, { person: 'Kato' }, null, true, 'x'] },
          policyVersion: null,
        });
      }
      const log = await soundLog(store.governance);
      expect(log.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5]);
      expect(log[0]).toMatchObject({
        prev: AUDIT_START.hash,
        actor: 'person-1',
        reason: 'role too low\u0000',
        after: { list: [1, 'person-2', null, true, 'x'] },
      });
      const page = await store.governance.auditRecords(2, 2);
      expect(page.map(({ seq }) => seq)).toEqual([3, 4]);
    });
  });

  describe(`${name}: operators`, () => {
    test('come back as they were made, from another connection too, and each change is on record', async () => {
      const { store, another } = await place();
      const { governance } = store;
      expect(await governance.operators()).toEqual([]);
      const made = await governance.changeOperator(anAddition('佐藤 花子', { kind: 'first-run' }));
      expect(made).toMatchObject({ kind: 'changed', before: null, operator: { roles: ['administrator'] } });
      await governance.changeOperator(anAddition('Suzuki'));
      await governance.changeOperator(
        anAddition('ＳＵＺＵＫＩ', {
          kind: 'set-roles',
          roles: ['editor', 'approver'],
        }),
      );
      const operators = await (await another()).governance.operators();
      expect(operators.map(({ name: who, roles }) => [who, roles])).toEqual([
        ['佐藤 花子', ['administrator']],
        ['Suzuki', ['editor', 'approver']],
      ]);
      const log = await soundLog(governance);
      expect(log.map(({ act }) => act)).toEqual(['operator.first-run', 'operator.add', 'operator.set-roles']);
      expect(JSON.stringify(log)).not.toMatch(/佐藤|suzuki|root/iu);
    });

    test('the last administrator stays, even where two are removed at once', async () => {
      const { store, another } = await place();
      const second = await another();
      const roles = ['administrator'] as const;
      await store.governance.changeOperator(anAddition('A', { roles }));
      await store.governance.changeOperator(anAddition('B', { roles }));
      const results = await Promise.all([
        store.governance.changeOperator(anAddition('A', { kind: 'disable' })),
        second.governance.changeOperator(anAddition('B', { kind: 'disable' })),
      ]);
      expect(results.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'refused']);
    });

    test('tries to sign in are kept under a key and forgotten with age', async () => {
      const { governance } = (await place()).store;
      const key = 'a'.repeat(64);
      await governance.recordSignIn(key, { at: NOW, succeeded: false });
      await governance.recordSignIn(key, { at: NOW + 5, succeeded: true });
      await governance.recordSignIn('b'.repeat(64), { at: NOW + 6, succeeded: false });
      expect(await governance.signIns(key, NOW + 1)).toEqual([{ at: NOW + 5, succeeded: true }]);
      expect(await governance.signIns(key, 0)).toHaveLength(2);
      expect(await governance.forgetSignIns(NOW + 5)).toBe(1);
      expect(await governance.signIns(key, 0)).toHaveLength(1);
    });
  });

  describe(`${name}: a post that one person forced alone`, () => {
    const forced = anEntry({
      kind: 'forced',
      topic: 'urgent',
      approvals: [anApproval({ by: 'Sato', breakGlass: true })],
      approvalsNeeded: 2,
    });

    test('stands on the board from the same moment, until another person has reviewed it', async () => {
      const { store } = await place();
      const { governance } = store;
      await store.recordEntry(forced);
      expect(await store.alerts(SCOPE)).toMatchObject([
        { key: 'review:e1', code: 'break-glass', params: { by: 'Sato' } },
      ]);
      const review = { reason: '適切だった', at: NOW + 5 };
      expect(await governance.endReview(SCOPE, 'e1', { by: ' ｓａｔｏ', ...review })).toBe('own');
      expect(await store.alerts(SCOPE)).toHaveLength(1);
      expect(await governance.endReview(SCOPE, 'e1', { by: 'Kato', ...review })).toBe('reviewed');
      expect(await store.alerts(SCOPE)).toEqual([]);
      expect(await governance.endReview(SCOPE, 'e1', { by: 'Kato', ...review })).toBe('none');
      expect(await governance.endReview(SCOPE, 'e7', { by: 'Kato', ...review })).toBe('none');
      const log = await soundLog(governance);
      expect(log.map(({ act }) => act)).toEqual(['entry.record', 'entry.reviewed']);
      expect(log[0]?.after).toMatchObject({ approvals: [{ breakGlass: true, by: 'person-1' }] });
    });
  });

  describe(`${name}: a name can be erased`, () => {
    test('from the outbox, the operators and the board; the log stays whole and keeps the pseudonym', async () => {
      const { store, another } = await place();
      const { governance } = store;
      await governance.changeOperator(anAddition('root', { kind: 'first-run' }));
      await governance.changeOperator(anAddition('Sato'));
      await store.recordEntry(
        anEntry({
          state: 'held',
          heldSince: NOW,
          by: 'SATO',
          approvals: [anApproval({ by: 'Sato', breakGlass: true })],
          approvalsNeeded: 2,
        }),
      );
      await store.setStop(SCOPE, {
        kind: 'pause',
        topic: 'main',
        feed: null,
        reason: 'r',
        by: 'Sato',
        since: NOW,
        until: null,
      });
      expect(await governance.erasePerson('Sato', 'root', NOW)).toEqual({ kind: 'active' });
      await governance.changeOperator(anAddition('Sato', { kind: 'disable' }));
      const before = await wholeLog(governance);
      const erased = await governance.erasePerson('sato', 'root', NOW);
      expect(erased).toMatchObject({ kind: 'erased', id: expect.stringMatching(/^person-\d+$/u) });
      expect(erased.kind === 'erased' ? erased.places : 0).toBeGreaterThanOrEqual(4);
      const held = [
        await store.list({}),
        await store.history('e1'),
        await store.stops(SCOPE),
        await store.alerts(SCOPE),
        await governance.operators(),
        await governance.people(),
        await (await another()).governance.people(),
      ];
      expect(JSON.stringify(held)).not.toMatch(/sato/iu);
      expect((await wholeLog(governance)).slice(0, before.length)).toEqual(before);
      expect((await soundLog(governance)).at(-1)).toMatchObject({ act: 'privacy.erase' });
      expect(await governance.erasePerson('Sato', 'root', NOW)).toEqual({ kind: 'unknown' });
    });

    test('and who is left stays known by name, also where nobody else was ever added', async () => {
      const { governance } = (await place()).store;
      await governance.changeOperator(anAddition('root', { kind: 'first-run' }));
      expect(isGoverned(await governance.operators())).toBe(false);
      await governance.changeOperator(anAddition('Sato'));
      await governance.changeOperator(anAddition('Sato', { kind: 'disable' }));
      await governance.erasePerson('Sato', 'root', NOW);
      const left = await governance.operators();
      expect(left.map(({ name: who, roles }) => [who, roles])).toEqual([['root', ['administrator']]]);
      expect(isGoverned(left)).toBe(true);
    });

    test('a person of the same name who comes later is another one', async () => {
      const { governance } = (await place()).store;
      await governance.changeOperator(anAddition('root', { kind: 'first-run' }));
      await governance.changeOperator(anAddition('Sato'));
      await governance.changeOperator(anAddition('Sato', { kind: 'disable' }));
      const gone = await governance.erasePerson('Sato', 'root', NOW);
      await governance.changeOperator(anAddition('Sato'));
      const people = await governance.people();
      const again = people.find(({ name: who }) => who === 'Sato');
      expect(again?.id).not.toBe(gone.kind === 'erased' ? gone.id : null);
    });
  });
}
