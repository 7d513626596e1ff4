import { expect, test } from 'vitest';
import { postsTable } from '../../src/cli/posts-table.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { anEntry } from '../outbox/sample-entries.ts';

/** The lines of reason under the first of the posts. */
function reasonsOf(...entries: readonly Entry[]): string[] {
  const [first = ''] = postsTable(entries, 'en').split('\n\n');
  return first.split('\n').filter((line) => line.startsWith('    - '));
}

const entry = (more: Partial<Entry>): Entry => anEntry({ id: 'e2', reasons: [], note: null, ...more });
const earlier = (more: Partial<Entry>): Entry => anEntry({ id: 'e1', ...more });

const cases: readonly [name: string, entries: readonly Entry[], said: RegExp | null][] = [
  ['was being sent when the worker was killed', [entry({ state: 'attempting' })], /next start finds out/u],
  ['is in doubt after a restart', [entry({ state: 'uncertain' })], /searches the own timeline/u],
  ['only a person can settle', [entry({ state: 'uncertain', needsPerson: true })], /kosatsu resolve e2/u],
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
  ['a person cancelled', [entry({ state: 'cancelled', note: 'no longer needed' })], /- no longer needed$/u],
];

test.each(cases)('the list explains a post that %s', (_name, entries, said) => {
  const reasons = reasonsOf(...entries);
  expect(reasons).toHaveLength(said === null ? 0 : 1);
  if (said !== null) expect(reasons[0]).toMatch(said);
});
