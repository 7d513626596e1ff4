import { expect, test } from 'vitest';
import { resolveEntry, type Resolution } from '../../src/app/resolve-entry.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { snowflakeAt } from '../../src/publish/snowflake.ts';
import { aFakeApp, aRealEntry, publishedEntry, START, type FakeApp } from './fake-app.ts';

const DAY = 86_400_000;
const signal = new AbortController().signal;

/** An entry whose answer was lost, and that looking could not settle. */
async function inDoubt(app: FakeApp, overrides: Partial<Entry> = {}): Promise<Entry> {
  const sinceRemoteId = null;
  const attempt = { number: 1, at: START, nonce: 'n', epoch: 0, deadlineAt: START + 15_000, sinceRemoteId };
  const search = { reads: 20, misses: 0, lastReadAt: START, nextReadAt: START, duplicateRefused: true };
  const entry = aRealEntry({
    state: 'uncertain',
    needsPerson: true,
    attempts: 1,
    attempt,
    firstAttemptAt: START,
    search,
    ...overrides,
  });
  await app.store.recordEntry(entry);
  return entry;
}

function say(id: string, outcome: Resolution['outcome']): Resolution {
  return { id, by: '佐藤', reason: 'Xの画面で確認', outcome };
}

type Case = {
  name: string;
  /** Returns X's id that the person names; null where the person says that it is not there. */
  seen(app: FakeApp, entry: Entry): Promise<string | null> | string | null;
  overrides?: Partial<Entry>;
  result: 'done' | 'refused';
  state: Entry['state'];
};
const cases: readonly Case[] = [
  {
    name: 'that it stands on the timeline is published under that id',
    seen: (app, entry) => app.publisher.put(entry.text).remoteId,
    result: 'done',
    state: 'published',
  },
  {
    name: 'that it stands there, while own posts cannot be read, is believed',
    seen: (app) => {
      app.publisher.timelines = [{ kind: 'unreadable', cause: 'forbidden', until: null, detail: '403' }];
      return snowflakeAt(START);
    },
    result: 'done',
    state: 'published',
  },
  {
    name: 'that it stands there, under an id that X has not come to yet, is refused also while own posts cannot be read',
    seen: (app) => {
      app.publisher.timelines = [{ kind: 'unreadable', cause: 'forbidden', until: null, detail: '403' }];
      return '9100000000000000000';
    },
    result: 'refused',
    state: 'uncertain',
  },
  {
    name: 'that it stands there, under an id older than the first try, is refused, though own posts cannot be read',
    seen: (app) => {
      app.publisher.timelines = [{ kind: 'unreadable', cause: 'forbidden', until: null, detail: '403' }];
      return snowflakeAt(START - 40 * DAY);
    },
    result: 'refused',
    state: 'uncertain',
  },
  {
    name: 'that it stands there, under an id that the timeline does not show, is refused',
    seen: () => '2100000000000000000',
    result: 'refused',
    state: 'uncertain',
  },
  {
    name: 'that it is the post of another entry is refused',
    seen: async (app) => (await publishedEntry(app, { id: 'e2', originKey: 'o2' })).remoteId ?? '',
    result: 'refused',
    state: 'uncertain',
  },
  {
    name: 'what is no post id is refused',
    seen: () => 'https://x.com/',
    result: 'refused',
    state: 'uncertain',
  },
  {
    name: 'that it is not there is held, so that a second yes is needed to send it',
    seen: () => null,
    result: 'done',
    state: 'held',
  },
  {
    name: 'of another mode is refused',
    seen: () => null,
    overrides: { mode: 'drill' },
    result: 'refused',
    state: 'uncertain',
  },
];

test.each(cases)(
  'a doubtful post of which a person says $name',
  async ({ seen, overrides, result, state }) => {
    const app = aFakeApp();
    const entry = await inDoubt(app, overrides);
    const remoteId = await seen(app, entry);
    const outcome =
      remoteId === null ? ({ kind: 'not-published' } as const) : { kind: 'published' as const, remoteId };
    expect((await resolveEntry(app, say(entry.id, outcome), signal)).kind).toBe(result);
    const after = await app.store.find(entry.id);
    expect(after).toMatchObject({ state, needsPerson: state === 'uncertain' });
    expect(after?.remoteId ?? null).toBe(state === 'published' ? remoteId : null);
    expect(app.publisher.sent).toEqual([]);
  },
);

test('only what is uncertain can be settled, and only once', async () => {
  const app = aFakeApp();
  const entry = await inDoubt(app);
  const notThere = say(entry.id, { kind: 'not-published' });
  expect(await resolveEntry(app, say('nobody', { kind: 'not-published' }), signal)).toEqual({
    kind: 'missing',
  });
  expect((await resolveEntry(app, notThere, signal)).kind).toBe('done');
  expect((await resolveEntry(app, notThere, signal)).kind).toBe('refused');
  const lines = await app.store.history(entry.id);
  expect(lines.at(-1)).toMatchObject({ by: '佐藤', reason: 'Xの画面で確認', from: 'uncertain', to: 'held' });
});
