import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AUDIT_START, digestOf, seal } from '../../src/governance/audit-record.ts';
import type { AuditFact, AuditHead, AuditRecord } from '../../src/governance/audit-record.ts';
import { canonicalJson, type Json } from '../../src/governance/canonical-json.ts';
import { CHAIN_START, checkEnd, checkRecord, readBody } from '../../src/governance/verify-chain.ts';
import type { AuditFinding } from '../../src/governance/verify-chain.ts';

const NOW = Date.UTC(2026, 3, 1, 3);

function aFact(at: number): AuditFact {
  return {
    at: NOW + at * 1_000,
    scope: { mode: 'live', account: 'jpo_NIPPON' },
    actor: at % 2 === 0 ? 'kosatsu' : '佐藤',
    act: 'entry.approve',
    subject: `e${String(at)}`,
    reason: '内容を確認した',
    before: { state: 'held', revision: at },
    after: { state: 'queued', revision: at + 1, approvals: [{ by: { person: '佐藤' } }] },
    policyVersion: '2018-06-26/1',
  };
}

type Log = { records: AuditRecord[]; head: AuditHead | null };

function aLog(length = 6): Log {
  const records: AuditRecord[] = [];
  let head = AUDIT_START;
  for (let at = 1; at <= length; at += 1) {
    const record = seal(aFact(at), head, () => 'person-1');
    records.push(record);
    head = { seq: record.seq, hash: record.hash };
  }
  return { records, head };
}

function findings(
  { records, head }: Log,
  anchors: ReadonlyMap<number, string> = new Map(),
): readonly AuditFinding[] {
  const progress = records.reduce((before, record) => checkRecord(before, record, anchors), CHAIN_START);
  return checkEnd(progress, head, anchors);
}

/** The third record's body with some fields altered, the hash left as it was. */
function edited(log: Log, fields: Readonly<Record<string, Json>>, rehash = false): Log {
  return altered(log, 2, (record) => {
    const body = canonicalJson({ ...(JSON.parse(record.body) as object), ...fields });
    return { ...record, body, hash: rehash ? digestOf(body) : record.hash };
  });
}

function altered(log: Log, index: number, alter: (record: AuditRecord) => AuditRecord): Log {
  return { ...log, records: log.records.map((record, at) => (at === index ? alter(record) : record)) };
}

const TAMPERINGS: readonly (readonly [what: string, tamper: (log: Log) => Log])[] = [
  ['another time', (log) => edited(log, { at: NOW })],
  ['another person', (log) => edited(log, { actor: 'person-2' })],
  ['another act', (log) => edited(log, { act: 'entry.cancel' })],
  ['another subject', (log) => edited(log, { subject: 'e9' })],
  ['another reason', (log) => edited(log, { reason: 'なし' })],
  ['no reason', (log) => edited(log, { reason: null })],
  ['another state before', (log) => edited(log, { before: { state: 'queued' } })],
  ['another state after', (log) => edited(log, { after: { state: 'held' } })],
  ['another policy', (log) => edited(log, { policyVersion: '2' })],
  ['another mode', (log) => edited(log, { mode: 'sandbox' })],
  ['another account', (log) => edited(log, { account: 'other' })],
  ['another hash before', (log) => edited(log, { prev: '0'.repeat(64) })],
  ['another number in its words', (log) => edited(log, { seq: 7 })],
  ['its number as text', (log) => edited(log, { seq: '3' })],
  ['a field more', (log) => edited(log, { extra: 1 })],
  ['spaces in it', (log) => altered(log, 2, (one) => ({ ...one, body: one.body.replace(',', ', ') }))],
  [
    'spaces in it, hashed again',
    (log) =>
      altered(log, 2, (one) => {
        const body = one.body.replace(',', ', ');
        return { ...one, body, hash: digestOf(body) };
      }),
  ],
  ['other words, hashed again', (log) => edited(log, { reason: 'なし' }, true)],
  ['its hash alone', (log) => altered(log, 2, (one) => ({ ...one, hash: 'f'.repeat(64) }))],
  ['no JSON at all', (log) => altered(log, 2, (one) => ({ ...one, body: 'x' }))],
  ['the first record deleted', (log) => ({ ...log, records: log.records.slice(1) })],
  ['a record in the middle deleted', (log) => ({ ...log, records: log.records.toSpliced(2, 1) })],
  ['the last record deleted', (log) => ({ ...log, records: log.records.slice(0, -1) })],
  ['all records deleted', (log) => ({ ...log, records: [] })],
  ['all records and the head deleted, but the anchor kept', () => ({ records: [], head: null })],
  [
    'the last one deleted and the head set back',
    (log) => {
      const records = log.records.slice(0, -1);
      const last = records.at(-1);
      return { records, head: last === undefined ? null : { seq: last.seq, hash: last.hash } };
    },
  ],
  [
    'two records exchanged with their numbers',
    (log) => {
      const [a, b, c, d, ...rest] = log.records as [AuditRecord, AuditRecord, AuditRecord, AuditRecord];
      return { ...log, records: [a, c, b, d, ...rest] };
    },
  ],
  [
    'two records exchanged under each other’s number',
    (log) => {
      const [a, b, c, ...rest] = log.records as [AuditRecord, AuditRecord, AuditRecord];
      return { ...log, records: [a, { ...c, seq: b.seq }, { ...b, seq: c.seq }, ...rest] };
    },
  ],
  [
    'a record doubled',
    (log) => ({ ...log, records: log.records.flatMap((one, at) => (at === 2 ? [one, one] : [one])) }),
  ],
  [
    'a record put in at the end',
    (log) => {
      const last = log.records.at(-1);
      const more = seal(aFact(7), { seq: last?.seq ?? 0, hash: last?.hash ?? '' }, () => 'person-1');
      return { ...log, records: [...log.records, more] };
    },
  ],
  [
    'a record put in between, the rest numbered anew',
    (log) => {
      const more = seal(aFact(9), { seq: 2, hash: log.records[1]?.hash ?? '' }, () => 'person-1');
      const rest = log.records.slice(2).map((one) => ({ ...one, seq: one.seq + 1 }));
      return { ...log, records: [...log.records.slice(0, 2), more, ...rest] };
    },
  ],
  ['another head', (log) => ({ ...log, head: { seq: 6, hash: 'a'.repeat(64) } })],
  ['a head of an earlier record', (log) => ({ ...log, head: { seq: 5, hash: log.records[4]?.hash ?? '' } })],
  ['no head', (log) => ({ ...log, head: null })],
  [
    'everything written anew from the third on',
    (log) => {
      const records = log.records.slice(0, 2);
      let head: AuditHead = { seq: 2, hash: records[1]?.hash ?? '' };
      for (let at = 3; at <= 6; at += 1) {
        const record = seal({ ...aFact(at), reason: '改変' }, head, () => 'person-1');
        records.push(record);
        head = { seq: record.seq, hash: record.hash };
      }
      return { records, head };
    },
  ],
];

describe('a log that nobody touched', () => {
  test('is sound, at any length, with its anchors', () => {
    for (const length of [0, 1, 6]) {
      const log = aLog(length);
      const anchors = new Map(log.records.map(({ seq, hash }) => [seq, hash]));
      expect(findings(length === 0 ? { records: [], head: null } : log, anchors)).toEqual([]);
    }
  });

  test('names no person, but their pseudonym', () => {
    const { records } = aLog();
    expect(records.some(({ body }) => body.includes('佐藤'))).toBe(false);
    expect(readBody(records[0]?.body ?? '')?.actor).toBe('person-1');
  });

  test('may tell of a clock that was set back, which is no tampering', () => {
    const first = seal(aFact(5_000), AUDIT_START, () => 'p');
    const second = seal(aFact(1), { seq: 1, hash: first.hash }, () => 'p');
    const progress = [first, second].reduce((before, record) => checkRecord(before, record), CHAIN_START);
    expect(progress.findings).toEqual([]);
    expect(progress.backInTime).toEqual([2]);
  });
});

describe('tampering is found', () => {
  test('and many kinds of it are tried', () => expect(TAMPERINGS.length).toBeGreaterThanOrEqual(20));

  // A head that was printed in the log, before anybody wrote the chain anew.
  const anchors = new Map([[6, aLog().head?.hash ?? '']]);
  test.each(TAMPERINGS)('%s', (_what, tamper) => {
    expect(findings(tamper(aLog()), anchors)).not.toEqual([]);
  });

  test('at its place, and the records after it are not blamed', () => {
    expect(findings(edited(aLog(), { reason: 'なし' }))).toEqual([{ kind: 'changed', seq: 3 }]);
    expect(findings({ ...aLog(), records: aLog().records.toSpliced(2, 1) })).toEqual([
      { kind: 'missing', seq: 3 },
      { kind: 'broken-link', seq: 4 },
    ]);
    expect(findings({ ...aLog(), records: aLog().records.slice(0, 4) })).toEqual([
      { kind: 'cut-off', seq: 5 },
    ]);
  });

  test('whatever single character of whatever record is changed', () => {
    const log = aLog(3);
    fc.assert(
      fc.property(fc.nat(2), fc.nat(2_000), fc.integer({ min: 32, max: 126 }), (index, place, code) => {
        const body = log.records[index]?.body ?? '';
        const at = place % body.length;
        const changed = body.slice(0, at) + String.fromCharCode(code) + body.slice(at + 1);
        fc.pre(changed !== body);
        expect(findings(altered(log, index, (one) => ({ ...one, body: changed })))).not.toEqual([]);
      }),
    );
  });
});

describe('the one way of writing a value', () => {
  test('does not depend on the order in which it was made', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.maxSafeInteger())),
        (value) => {
          const turned = Object.fromEntries(Object.entries(value).toReversed());
          fc.pre(Object.values(value).every((one) => !Object.is(one, -0)));
          expect(canonicalJson(turned)).toBe(canonicalJson(value));
          expect(JSON.parse(canonicalJson(value))).toEqual(value);
        },
      ),
    );
  });

  test('refuses numbers that could be written in several ways', () => {
    for (const number of [1.5, Number.NaN, Infinity, -0, 2 ** 60])
      expect(() => canonicalJson(number)).toThrow('whole');
  });
});
