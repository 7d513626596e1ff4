import { expect, test } from 'vitest';
import { postsTable, type Standing } from '../../src/cli/posts-table.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';
import { anEntry, NOW } from '../outbox/sample-entries.ts';

/** The lines of reason under the first of the posts. */
function reasonsOf(entries: readonly Entry[], stops?: Partial<Standing>): string[] {
  const stopsOf = (): Standing => ({
    account: null,
    pauses: [],
    pausedFeeds: [],
    isComparing: false,
    unreachable: null,
    ...stops,
  });
  const around = { among: entries, stopsOf, now: NOW };
  const [first = ''] = postsTable(entries, 'en', around).split('\n\n');
  return first.split('\n').filter((line) => line.startsWith('    - '));
}

const entry = (more: Partial<Entry>): Entry => anEntry({ id: 'e2', reasons: [], note: null, ...more });
const earlier = (more: Partial<Entry>): Entry => anEntry({ id: 'e1', ...more });

const cases: readonly [name: string, entries: readonly Entry[], said: RegExp | null][] = [
  ['was being sent when the worker was killed', [entry({ state: 'attempting' })], /next start finds out/u],
  [
    'is in doubt after a restart',
    [entry({ state: 'uncertain' })],
    /searches the own timeline.*Do not post it by hand/u,
  ],
  [
    'only a person can settle',
    [entry({ state: 'uncertain', needsPerson: true })],
    /kosatsu resolve e2 --reason TEXT with --published POSTID or --not-published/u,
  ],
  ['is being deleted', [entry({ state: 'withdrawing' })], /tried again/u],
  ['gave way to a newer one', [entry({ state: 'cancelled', note: 'e1' }), earlier({})], /newer post e1/u],
  [
    'waits for the one that it follows',
    [entry({ state: 'queued', predecessorId: 'e1' }), earlier({ state: 'uncertain' })],
    /earlier post e1/u,
  ],
  [
    'waits past one that was replaced',
    [
      entry({ state: 'queued', predecessorId: 'e3' }),
      anEntry({ id: 'e3', state: 'cancelled', predecessorId: 'e1' }),
      earlier({ state: 'attempting' }),
    ],
    /earlier post e1/u,
  ],
  [
    'is simply next',
    [entry({ state: 'queued', predecessorId: 'e1' }), earlier({ state: 'published' })],
    null,
  ],
  ['is due later', [entry({ state: 'queued', dueAt: NOW + 3_600_000 })], /from Wed 1 Apr 2026 13:00 JST on/u],
  [
    'goes again',
    [entry({ state: 'queued', attempts: 1, note: 'ECONNREFUSED x' })],
    /last attempt did not post it: ECONNREFUSED x/u,
  ],
  [
    'a person let go after an attempt',
    [entry({ state: 'queued', attempts: 1, note: 'looked at X', by: 'Sato' })],
    /- Sato gave as the reason: looked at X$/u,
  ],
  ['waits for a yes', [entry({ state: 'held' })], /approve e2 .* cancel e2/u],
  ['came among many', [entry({ state: 'held', batchId: 'b7' })], /quarantine b7/u],
  ['X refused for good', [entry({ state: 'rejected' })], /kosatsu retry e2/u],
  ['has expired', [entry({ state: 'expired' })], /kosatsu retry e2/u],
  ['corrects another', [entry({ state: 'queued', correctsId: 'e1' })], /correction of post e1/u],
  ['a person cancelled', [entry({ state: 'cancelled', note: 'no longer needed' })], /- no longer needed$/u],
];

test.each(cases)('the list explains a post that %s', (_name, entries, said) => {
  const reasons = reasonsOf(entries);
  expect(reasons).toHaveLength(said === null ? 0 : 1);
  if (said !== null) expect(reasons[0]).toMatch(said);
});

const base = { ...EVERYTHING, by: 'Sato', since: NOW, reason: 'a drill' } as const;
const stopped: readonly [
  name: string,
  stops: Partial<Standing>,
  more: Partial<Entry>,
  said: RegExp | null,
][] = [
  [
    'while X refuses the account',
    { account: { ...base, kind: 'account', reason: '402 CreditsDepleted', until: NOW + 900_000 } },
    { note: '402 CreditsDepleted' },
    /\(402 CreditsDepleted\); next try Wed 1 Apr 2026 12:15 JST/u,
  ],
  [
    'under a pause',
    { pauses: [{ ...base, kind: 'pause', until: null }] },
    {},
    /Sato has paused all publishing/u,
  ],
  [
    'under a pause of its topic',
    { pauses: [{ ...base, kind: 'pause', until: null, topic: 'main' }] },
    {},
    /kosatsu resume --topic main/u,
  ],
  [
    'under a pause of its feed',
    { pauses: [{ ...base, kind: 'pause', until: null, feed: 'meti' }], pausedFeeds: ['meti'] },
    {},
    /kosatsu resume --feed meti/u,
  ],
  ['after a restore', { isComparing: true }, {}, /until the account's timeline was compared/u],
  ['typed since a restore', { isComparing: true }, { kind: 'forced' }, null],
  ['while X cannot be reached', { unreachable: 'ECONNREFUSED x' }, {}, /not sent \(ECONNREFUSED x\)/u],
  [
    'under a pause of another feed',
    { pauses: [{ ...base, kind: 'pause', until: null, feed: 'x' }] },
    {},
    null,
  ],
  [
    'forced past a pause',
    { pauses: [{ ...base, kind: 'pause', until: null }] },
    { overridePause: true },
    null,
  ],
];

test.each(stopped)('the list says once why a queued post stands still: %s', (_name, stops, more, said) => {
  const reasons = reasonsOf([entry({ state: 'queued', ...more })], stops);
  expect(reasons).toHaveLength(said === null ? 0 : 1);
  if (said !== null) expect(reasons[0]).toMatch(said);
});

test('what the program itself says of an answer is read in Japanese, X’s own words as they are', () => {
  const notes = [
    'too early to say that it is not there',
    '503 with an HTML page',
    '403 Forbidden / not permitted',
  ];
  const table = postsTable(
    notes.map((note, number) => entry({ id: `e${String(number)}`, state: 'uncertain', note })),
    'ja',
  );
  expect(table).toContain('- 投稿されていないと判断するにはまだ早い');
  expect(table).toContain('- HTTP 503、HTMLのページ');
  expect(table).toContain('- 403 Forbidden / not permitted');
});
