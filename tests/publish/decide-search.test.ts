import { assert, boolean, integer, nat, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, Search } from '../../src/outbox/entry.ts';
import { type SearchDecision, decideSearch, searchSinceId } from '../../src/publish/decide-search.ts';
import type { OwnPost, OwnTimeline } from '../../src/publish/publisher.ts';
import { snowflakeAt, snowflakeTime } from '../../src/publish/snowflake.ts';
import { claimedEntry } from '../adapters/x/an-entry.ts';

const SECOND = 1_000;
const CLAIMED = Date.parse('2026-11-22T00:00:00Z');
const DEADLINE = CLAIMED + 35 * SECOND;
const WAITS = { quarantineMs: 150 * SECOND, missSpacingMs: 30 * SECOND, missesNeeded: 2, readsMax: 20 };
/** The first instant at which a look counts. */
const COUNTS = DEADLINE + WAITS.quarantineMs;

function uncertain(search: Partial<Search> = {}, changes: Partial<Entry> = {}): Entry {
  return claimedEntry({
    state: 'uncertain',
    attempt: { number: 1, at: CLAIMED, nonce: 'n', epoch: 1, deadlineAt: DEADLINE, sinceRemoteId: null },
    firstAttemptAt: CLAIMED,
    search: {
      reads: 0,
      misses: 0,
      lastReadAt: null,
      nextReadAt: CLAIMED,
      duplicateRefused: false,
      ...search,
    },
    ...changes,
  });
}

function ownPost(at: number, text = uncertain().text): OwnPost {
  return { remoteId: snowflakeAt(at), text, links: ['https://www.jpo.go.jp/news/a.html'], createdAt: at };
}

function read(beganAt: number, posts: readonly OwnPost[] = [], complete = true): OwnTimeline {
  return { kind: 'read', posts, beganAt, complete };
}

const missed = (at: number): Partial<Search> => ({ reads: 7, misses: 1, lastReadAt: at });

/** The doubt is old on the boot clock, so that wall time decides. */
const LONG = Number.POSITIVE_INFINITY;

type Expected = Partial<SearchDecision> & { kind: SearchDecision['kind'] };

/** The look is judged so; a next look is always ahead. */
function check(name: string, entry: Entry, reading: OwnTimeline, now: number, expected: Expected): void {
  test(name, () => {
    const decision = decideSearch(entry, reading, WAITS, now, LONG);
    expect(decision).toMatchObject(expected);
    expect(decision.kind === 'look-again' ? decision.at : now + 1).toBeGreaterThan(now);
  });
}

describe('found', () => {
  check(
    'our post is found at once, long before the quarantine is over',
    uncertain(),
    read(CLAIMED + 2_000, [ownPost(CLAIMED + 900)]),
    CLAIMED + 2_100,
    {
      kind: 'found',
      remoteId: snowflakeAt(CLAIMED + 900),
      publishedAt: CLAIMED + 900,
    },
  );
  check(
    'also on a timeline that was not read to its end',
    uncertain(),
    read(CLAIMED, [ownPost(CLAIMED + 900)], false),
    CLAIMED,
    { kind: 'found' },
  );
  check(
    'also where X’s clock is 40 s behind ours',
    uncertain(),
    read(CLAIMED, [ownPost(CLAIMED - 40_000)]),
    CLAIMED,
    { kind: 'found' },
  );
  check(
    'also by the first of several attempts',
    uncertain({}, { firstAttemptAt: CLAIMED - 600_000 }),
    read(CLAIMED, [ownPost(CLAIMED - 590_000)]),
    CLAIMED,
    { kind: 'found' },
  );
  check(
    'of two the first is meant',
    uncertain(),
    read(CLAIMED, [ownPost(CLAIMED + 9_000), ownPost(CLAIMED + 1_000)]),
    CLAIMED,
    {
      kind: 'found',
      publishedAt: CLAIMED + 1_000,
    },
  );
  check(
    'also after X called it a duplicate',
    uncertain({ duplicateRefused: true }),
    read(CLAIMED, [ownPost(CLAIMED)]),
    CLAIMED,
    {
      kind: 'found',
    },
  );
});

describe('not there', () => {
  check('an early look does not count', uncertain(), read(CLAIMED + 5_000), CLAIMED + 5_000, {
    kind: 'look-again',
    counts: false,
  });
  check(
    'a look that began too early does not count, however late it is judged',
    uncertain(missed(COUNTS - 3_600_000)),
    read(COUNTS - 1),
    COUNTS + 3_600_000,
    {
      kind: 'look-again',
      counts: false,
    },
  );
  check(
    'the first look after the quarantine counts and is not enough',
    uncertain({ reads: 5 }),
    read(COUNTS),
    COUNTS + 300,
    {
      kind: 'look-again',
      counts: true,
      at: COUNTS + 300 + WAITS.missSpacingMs,
    },
  );
  check(
    'the second, apart from it, is enough',
    uncertain(missed(COUNTS)),
    read(COUNTS + 30_000),
    COUNTS + 30_000,
    { kind: 'not-found' },
  );
  check(
    'the second, too near to it, does not count',
    uncertain(missed(COUNTS)),
    read(COUNTS + 29_000),
    COUNTS + 29_000,
    {
      kind: 'look-again',
      counts: false,
    },
  );
  check(
    'a timeline that was not read to its end never counts',
    uncertain(missed(COUNTS)),
    read(COUNTS + 60_000, [], false),
    COUNTS + 60_000,
    {
      kind: 'look-again',
      counts: false,
    },
  );
  check(
    'what X called a duplicate is never sent again by itself',
    uncertain({ ...missed(COUNTS), duplicateRefused: true }),
    read(COUNTS + 60_000),
    COUNTS + 60_000,
    {
      kind: 'gave-up',
    },
  );
  const other = { ...ownPost(CLAIMED, 'something else'), links: [] };
  check(
    'other posts do not matter',
    uncertain(missed(COUNTS)),
    read(COUNTS + 60_000, [other]),
    COUNTS + 60_000,
    { kind: 'not-found' },
  );
});

describe('a person must say', () => {
  check(
    'the same text, older than the first attempt, is not ours',
    uncertain({ reads: 5 }),
    read(COUNTS, [ownPost(CLAIMED - 61_000)]),
    COUNTS,
    { kind: 'gave-up' },
  );
  check(
    'but while ours may still appear, it is waited for',
    uncertain(),
    read(CLAIMED + 2_000, [ownPost(CLAIMED - 61_000)]),
    CLAIMED + 2_000,
    {
      kind: 'look-again',
      counts: false,
    },
  );
  check(
    'our link under other words, after the attempt, is nobody’s proof',
    uncertain(missed(COUNTS)),
    read(COUNTS + 60_000, [ownPost(CLAIMED, '別の文')]),
    COUNTS + 60_000,
    {
      kind: 'gave-up',
    },
  );
  check(
    'the same link long before the attempt is an older announcement',
    uncertain(missed(COUNTS)),
    read(COUNTS + 60_000, [ownPost(CLAIMED - 3_600_000, '別の文')]),
    COUNTS + 60_000,
    { kind: 'not-found' },
  );
  check('early looks are bounded', uncertain({ reads: 19 }), read(CLAIMED), CLAIMED, { kind: 'gave-up' });
  check('counting looks are bounded', uncertain({ reads: 19 }), read(COUNTS), COUNTS, { kind: 'gave-up' });
  const forbidden: OwnTimeline = { kind: 'unreadable', cause: 'forbidden', until: null, detail: '401' };
  check('a timeline that X forbids twice is looked at again', uncertain({ reads: 1 }), forbidden, CLAIMED, {
    kind: 'look-again',
    counts: false,
  });
  check('a timeline that X forbids three times is a person’s', uncertain({ reads: 2 }), forbidden, CLAIMED, {
    kind: 'gave-up',
  });
  check('an entry without an attempt is a person’s', uncertain({}, { attempt: null }), read(COUNTS), COUNTS, {
    kind: 'gave-up',
  });
});

describe('unreadable', () => {
  const network: OwnTimeline = { kind: 'unreadable', cause: 'network', until: null, detail: 'ENOTFOUND' };
  check('it never counts', uncertain(missed(COUNTS)), network, COUNTS + 99_000, {
    kind: 'look-again',
    counts: false,
  });
  test('it is tried less and less often', () => {
    const waits = Array.from({ length: 19 }, (_, reads) => {
      const decision = decideSearch(uncertain({ reads }), network, WAITS, CLAIMED, LONG);
      return decision.kind === 'look-again' ? decision.at - CLAIMED : 0;
    });
    expect(waits.slice(0, 7)).toEqual([2_000, 5_000, 15_000, 30_000, 60_000, 60_000, 120_000]);
    expect(Math.max(...waits)).toBe(900_000);
  });
  check(
    'X’s own time is kept',
    uncertain(),
    { ...network, kind: 'unreadable', cause: 'throttled', until: CLAIMED + 600_000, detail: '429' },
    CLAIMED,
    {
      kind: 'look-again',
      at: CLAIMED + 600_000,
    },
  );
});

describe('the plan of looks', () => {
  test('an entry that is not at X goes again about three minutes after its deadline, within ten looks', () => {
    let entry = uncertain();
    let now = CLAIMED + 15 * SECOND;
    let looks = 1;
    for (; ; looks += 1) {
      const decision = decideSearch(entry, read(now - 300), WAITS, now, LONG);
      if (decision.kind === 'not-found') break;
      if (decision.kind !== 'look-again' || entry.search === null) throw new Error(decision.kind);
      const { reads, misses } = entry.search;
      entry = uncertain({ reads: reads + 1, misses: misses + (decision.counts ? 1 : 0), lastReadAt: now });
      now = decision.at;
    }
    expect(looks).toBeLessThanOrEqual(10);
    expect(now).toBeLessThan(COUNTS + 60 * SECOND);
  });
  test('an attempt dated hours ahead, by a clock that has jumped since, is aged by the boot clock and not stuck', () => {
    const at = CLAIMED + 9 * 3_600_000;
    const attempt = { number: 1, at, nonce: 'n', epoch: 1, deadlineAt: at + 35_000, sinceRemoteId: null };
    const entry = uncertain({ reads: 10 }, { attempt });
    const needed = WAITS.quarantineMs + 35_000;
    const young = decideSearch(entry, read(CLAIMED), WAITS, CLAIMED, needed - 1);
    expect(young).toMatchObject({ kind: 'look-again', counts: false });
    const old = decideSearch(entry, read(CLAIMED), WAITS, CLAIMED, needed);
    expect(old).toMatchObject({ kind: 'look-again', counts: true });
  });
});

describe('a clock that jumped between attempt and look', () => {
  test('cuts no quarantine short: a doubt that is young on the boot clock counts no look', () => {
    const reading = read(COUNTS + 3_600_000);
    const young = decideSearch(
      uncertain(missed(COUNTS)),
      reading,
      WAITS,
      COUNTS + 3_600_000,
      WAITS.quarantineMs - 1,
    );
    expect(young).toMatchObject({ kind: 'look-again', counts: false });
    const old = decideSearch(
      uncertain(missed(COUNTS)),
      reading,
      WAITS,
      COUNTS + 3_600_000,
      WAITS.quarantineMs,
    );
    expect(old.kind).toBe('not-found');
  });
});

describe('how far back to look', () => {
  const at = (id: string | null): number => (id === null ? 0 : snowflakeTime(id));
  test('an hour before the first attempt', () =>
    expect(at(searchSinceId(uncertain(), DEADLINE))).toBe(CLAIMED - 3_600_000));
  test('two days where X spoke of a duplicate', () =>
    expect(at(searchSinceId(uncertain({ duplicateRefused: true }), DEADLINE))).toBe(
      CLAIMED - 48 * 3_600_000,
    ));
  test('further where the newest own post is older', () => {
    const attempt = {
      number: 1,
      at: CLAIMED,
      nonce: 'n',
      epoch: 1,
      deadlineAt: DEADLINE,
      sinceRemoteId: snowflakeAt(CLAIMED - 90_000_000),
    };
    expect(searchSinceId(uncertain({}, { attempt }), DEADLINE)).toBe(attempt.sinceRemoteId);
  });
  test('not less where the newest own post is younger than the first attempt', () => {
    const attempt = {
      number: 2,
      at: CLAIMED,
      nonce: 'n',
      epoch: 1,
      deadlineAt: DEADLINE,
      sinceRemoteId: snowflakeAt(CLAIMED - 1_000),
    };
    expect(at(searchSinceId(uncertain({}, { attempt, firstAttemptAt: CLAIMED - 900_000 }), DEADLINE))).toBe(
      CLAIMED - 4_500_000,
    );
  });
});

describe('how far back to look when a clock had been ahead and was set back', () => {
  const AHEAD = CLAIMED + 2 * 3_600_000;
  const at = (entry: Entry, now: number): number => snowflakeTime(searchSinceId(entry, now) ?? '0');
  test('from the later attempt, where only the first was dated ahead', () =>
    expect(at(uncertain({}, { firstAttemptAt: AHEAD }), DEADLINE)).toBe(CLAIMED - 3_600_000));
  test('from now, where the attempt itself was dated ahead', () => {
    const attempt = {
      number: 1,
      at: AHEAD,
      nonce: 'n',
      epoch: 1,
      deadlineAt: AHEAD + 35 * SECOND,
      sinceRemoteId: null,
    };
    expect(at(uncertain({}, { attempt, firstAttemptAt: AHEAD }), DEADLINE)).toBe(DEADLINE - 3_600_000);
  });
});

describe('whatever the look, the entry and the clock', () => {
  const arbitrary = record({
    reads: nat(25),
    misses: nat(3),
    last: option(integer({ min: -600, max: 600 }), { nil: null }),
    duplicateRefused: boolean(),
    began: integer({ min: -600, max: 600 }),
    // Judged after the attempt; one dated ahead of now is aged by the boot clock alone and has a test of its own.
    judged: integer({ min: -200, max: 7_200 }),
    complete: boolean(),
    postAt: option(integer({ min: -600, max: 600 }), { nil: null }),
  });
  test('it goes again only after two counting looks at a whole timeline that lacks it, and never against X’s word', () => {
    const run = (): void =>
      assert(
        property(arbitrary, (given) => {
          const { reads, misses, duplicateRefused, complete } = given;
          const lastReadAt = given.last === null ? null : COUNTS + given.last * SECOND;
          const entry = uncertain({ reads, misses, lastReadAt, duplicateRefused });
          const posts = given.postAt === null ? [] : [ownPost(CLAIMED + given.postAt * SECOND)];
          const beganAt = COUNTS + given.began * SECOND;
          const decision = decideSearch(
            entry,
            read(beganAt, posts, complete),
            WAITS,
            COUNTS + given.judged * SECOND,
            LONG,
          );
          if (decision.kind === 'found') return decision.publishedAt >= CLAIMED - 60 * SECOND;
          if (decision.kind !== 'not-found') return true;
          const enough = misses + 1 >= WAITS.missesNeeded;
          return posts.length === 0 && complete && !duplicateRefused && beganAt >= COUNTS && enough;
        }),
        { numRuns: 3_000 },
      );
    expect(run).not.toThrow();
  });
});
