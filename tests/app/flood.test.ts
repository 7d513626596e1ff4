import { describe, expect, test } from 'vitest';
import { act } from '../../src/app/operator-actions.ts';
import { pollFeed } from '../../src/app/poll-feed.ts';
import { publishUrgentAlone } from '../../src/app/force-urgent.ts';
import type { FeedReading } from '../../src/app/ports.ts';
import { listBatches, resolveBatch, watchBatches, type BatchDecision } from '../../src/app/quarantine.ts';
import type { Config } from '../../src/config.ts';
import type { Item } from '../../src/feed/item.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { item } from '../fixtures/feed/item.ts';
import { aFakeApp, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const HOUR = 3_600_000;
const FEED = feedConfig({ burst: 6 });
const BY = { by: '佐藤', reason: '確認済み' };
const TRUNCATED = { code: 'document-truncated', detail: '4 MB', blocking: true } as const;

const numbered = (index: number, changes: Partial<Item> = {}): Item =>
  item({
    title: `令和8年度第${index}回知的財産権制度説明会の開催について`,
    url: `https://www.jpo.go.jp/news/${index}.html`,
    publishedAt: START - (20 - index) * HOUR,
    ...changes,
  });

type World = { app: FakeApp; poll: (...items: readonly Item[]) => Promise<readonly Entry[]> };

function world(policy: Partial<Config['policy']> = {}): World {
  const base = aFakeApp();
  let items: readonly Item[] = [];
  const state = { etag: null, lastModified: null, bodyHash: null, lastBuildDate: null, notBeforeMs: null };
  const read = async (): Promise<FeedReading> => ({
    kind: 'items',
    items,
    problems: [],
    doubledGuids: false,
    state,
  });
  const config = { ...base.config, feeds: [FEED], policy: { ...base.config.policy, ...policy } };
  const app = { ...base, config, reader: { read, close: async () => {} } };
  const poll = async (...now: readonly Item[]): Promise<readonly Entry[]> => {
    items = now;
    const report = await pollFeed(app, FEED, signal);
    return report.kind === 'read' ? report.recorded : [];
  };
  return { app, poll };
}

const OLD = Array.from({ length: 30 }, (_, index) =>
  item({ title: `過去のお知らせ その${index}`, url: `https://www.jpo.go.jp/old/${index}.html` }),
);
/** Newest first, as a feed lists them. */
const NEWS = [7, 6, 5, 4, 3, 2, 1].map((index) => numbered(index));

/** A known feed that brings seven news at once, one more than it may. */
async function flooded(
  policy: Partial<Config['policy']> = {},
): Promise<World & { batch: string; ids: string[] }> {
  const { app, poll } = world(policy);
  await poll(...OLD);
  app.told.length = 0;
  const entries = await poll(...NEWS, ...OLD);
  return { app, poll, batch: entries[0]?.batchId ?? '', ids: entries.map(({ id }) => id) };
}

const titles = async ({ store }: FakeApp, state: Entry['state']): Promise<readonly string[]> =>
  (await store.list({ scope: SCOPE, states: [state] })).map(({ source }) => source?.title ?? '');

describe('a flood', () => {
  test('is one batch with one alarm, and no notice for each post', async () => {
    const { app, ids, batch } = await flooded();
    expect(ids).toHaveLength(7);
    const [found, another] = await listBatches(app);
    expect(another).toBeUndefined();
    expect(found).toMatchObject({ id: batch, feed: 'jpo', flood: 'many' });
    expect(app.told.map(({ code, params }) => [code, params['count']])).toEqual([['batch-held', 7]]);
    await watchBatches(app);
    expect(app.told, 'told once').toHaveLength(1);
  });

  test('does not make the next poll a flood, and what is new then goes out', async () => {
    const { app, poll, batch } = await flooded();
    await poll(numbered(8), ...NEWS, ...OLD);
    expect(await titles(app, 'queued')).toEqual([numbered(8).title]);
    expect((await listBatches(app)).map(({ id, held }) => [id, held.length])).toEqual([[batch, 7]]);
  });

  test('does not hold up an urgent notice forced by hand', async () => {
    const { app } = await flooded();
    const url = 'https://www.jpo.go.jp/saigai.html';
    const result = await publishUrgentAlone(
      app,
      {
        requestId: 'r1',
        text: '地震に伴う手続の取扱いについて',
        fields: {},
        url,
        lang: 'ja',
        overridePause: false,
        ...BY,
      },
      signal,
    );
    expect(result.kind).toBe('published');
  });

  test('that the process did not live to tell of is told by the next one', async () => {
    const { app } = await flooded();
    for (const { key } of await app.store.alerts(SCOPE)) await app.store.clearAlert(SCOPE, key);
    await watchBatches(app);
    expect((await app.store.alerts(SCOPE)).map(({ code }) => code)).toEqual(['batch-held']);
  });
});

describe('a decision on a batch', () => {
  const check = (
    name: string,
    decide: (ids: readonly string[]) => BatchDecision,
    posted: readonly number[],
  ): void => {
    test(`${name}: ${posted.length} go out, the others are known for good`, async () => {
      const { app, poll, batch, ids } = await flooded();
      const result = await resolveBatch(app, { id: batch, decision: decide(ids), ...BY });
      expect(result).toMatchObject({ kind: 'done', open: [] });
      expect(await titles(app, 'queued')).toEqual(posted.map((index) => numbered(index).title));
      expect(await titles(app, 'cancelled')).toHaveLength(7 - posted.length);
      expect(await listBatches(app)).toEqual([]);
      expect(await app.store.alerts(SCOPE)).toEqual([]);
      await poll(...NEWS, ...OLD);
      expect(await titles(app, 'queued')).toHaveLength(posted.length);
      const [line] = (await app.store.history(ids[0] ?? '')).slice(-1);
      expect(line).toMatchObject(BY);
    });
  };
  check('all known', () => ({ kind: 'known' }), []);
  check('post these', (ids) => ({ kind: 'post', ids: [ids[1] ?? '', ids[4] ?? ''] }), [2, 5]);
  check('newest only', () => ({ kind: 'newest' }), [7]);

  test('that names a post outside the batch decides nothing, and is on the record', async () => {
    const { app, batch, ids } = await flooded();
    const decision = { kind: 'post', ids: [ids[0] ?? '', 'e9999'] } as const;
    const result = await resolveBatch(app, { id: batch, decision, ...BY });
    expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('e9999') as string });
    expect(await titles(app, 'held')).toHaveLength(7);
    const last = (await app.governance.auditRecords(0, 100)).at(-1)?.body ?? '';
    expect(JSON.parse(last)).toMatchObject({
      act: 'refused',
      subject: batch,
      reason: 'not-in-batch',
      after: { act: 'quarantine' },
    });
  });

  test('on a batch that does not exist, or was decided, is said to be missing', async () => {
    const { app, batch } = await flooded();
    const known = { decision: { kind: 'known' }, ...BY } as const;
    expect(await resolveBatch(app, { id: 'e9999', ...known })).toEqual({ kind: 'missing' });
    await resolveBatch(app, { id: batch, ...known });
    expect(await resolveBatch(app, { id: batch, ...known })).toEqual({ kind: 'missing' });
  });

  test('by one person, where two must agree, leaves the chosen ones held for the second', async () => {
    const { app, batch, ids } = await flooded({
      approval: { feedMain: 'two', feedUrgent: 'two', forced: 'one' },
    });
    const decision = { kind: 'newest' } as const;
    const result = await resolveBatch(app, { id: batch, decision, ...BY });
    expect(result).toMatchObject({ kind: 'done', posted: [], open: [{ entry: { id: ids[6] } }] });
    await resolveBatch(app, { id: batch, decision, by: '鈴木', reason: '同意' });
    expect(await titles(app, 'queued')).toEqual([numbered(7).title]);
  });

  test('that was broken off is given again as it was', async () => {
    const { app, batch, ids } = await flooded();
    const [first = '', second = ''] = ids;
    await act(app, { kind: 'approve', id: first, ...BY });
    const again = { id: batch, decision: { kind: 'post', ids: [first, second] }, ...BY } as const;
    expect(await resolveBatch(app, again)).toMatchObject({ kind: 'done', open: [] });
    expect(await titles(app, 'queued')).toEqual([numbered(1).title, numbered(2).title]);
  });

  test('may also be taken post by post', async () => {
    const { app, ids } = await flooded();
    for (const id of ids) await act(app, { kind: id === ids[0] ? 'approve' : 'known', id, ...BY });
    await watchBatches(app);
    expect(await titles(app, 'queued')).toHaveLength(1);
    expect(app.told.map(({ code }) => code)).toEqual(['batch-held', 'batch-decided']);
  });
});

describe('an edit of what this account never posted', () => {
  const edited = (one: Item): Item => ({ ...one, title: `${one.title}（再掲）` });
  const urgent = item({
    title: '令和8年能登半島地震により影響を受けた手続の取扱いについて',
    url: 'https://www.jpo.go.jp/news/saigai.html',
  });

  test('waits for a person where it is a main update', async () => {
    const { app, poll } = world();
    await poll(numbered(1), ...OLD);
    const [entry] = await poll(edited(numbered(1)), ...OLD);
    expect(entry).toMatchObject({ state: 'held', kind: 'update', reasons: [{ rule: 'never-posted' }] });
    await act(app, { kind: 'approve', id: entry?.id ?? '', ...BY });
    expect(await titles(app, 'queued')).toEqual([edited(numbered(1)).title]);
  });

  test('goes out as an update where it is urgent', async () => {
    const { poll } = world();
    await poll(urgent, ...OLD);
    const [entry] = await poll(edited(urgent), ...OLD);
    expect(entry).toMatchObject({ state: 'queued', kind: 'update', topic: 'urgent' });
  });

  test('waits too where a person had called the first announcement known', async () => {
    const { app, poll, batch } = await flooded();
    await resolveBatch(app, { id: batch, decision: { kind: 'known' }, ...BY });
    const [entry] = await poll(edited(numbered(7)), ...NEWS.slice(1), ...OLD);
    expect(entry).toMatchObject({ state: 'held', reasons: [{ rule: 'never-posted' }] });
  });
});

describe('an edit that does not go out leaves the unsent announcement in the queue', () => {
  const edited = { ...numbered(1), title: `${numbered(1).title}（再掲）` };
  async function editedInAFlood(): Promise<World & { batch: string; edit: Entry }> {
    const { app, poll } = world();
    await poll(...OLD);
    await poll(numbered(1), ...OLD);
    const entries = await poll(edited, ...NEWS.slice(0, 6), ...OLD);
    const edit = entries.find(({ kind }) => kind === 'update') ?? expect.fail('no update');
    return { app, poll, batch: edit.batchId ?? '', edit };
  }

  test('where it came in a flood of which nothing was news', async () => {
    const { app, batch } = await editedInAFlood();
    await resolveBatch(app, { id: batch, decision: { kind: 'known' }, ...BY });
    expect(await titles(app, 'queued')).toEqual([numbered(1).title]);
  });

  test('until a person lets the edit go', async () => {
    const { app, batch, edit } = await editedInAFlood();
    await resolveBatch(app, { id: batch, decision: { kind: 'post', ids: [edit.id] }, ...BY });
    expect(await titles(app, 'queued')).toEqual([edited.title]);
  });

  test('where policy refuses it', async () => {
    const { app, poll } = world();
    await poll(...OLD);
    await poll(numbered(1), ...OLD);
    const [refused] = await poll({ ...edited, title: `${edited.title}\uFFFD` }, ...OLD);
    expect(refused).toMatchObject({ kind: 'update', state: 'refused' });
    expect(await titles(app, 'queued')).toEqual([numbered(1).title]);
  });
});

describe('what was held because its document was cut off', () => {
  const cut = (changes: Partial<Item> = {}): Item => numbered(1, { problems: [TRUNCATED], ...changes });

  test('goes out once the whole document brings it unchanged', async () => {
    const { app, poll } = world();
    await poll(...OLD);
    const [entry] = await poll(cut(), ...OLD);
    expect(entry).toMatchObject({ state: 'held' });
    await poll(cut(), ...OLD);
    expect(await titles(app, 'queued'), 'cut off again').toEqual([]);
    await poll(numbered(1), ...OLD);
    expect(await titles(app, 'queued')).toEqual([numbered(1).title]);
    expect((await app.store.history(entry?.id ?? '')).at(-1)).toMatchObject({
      event: 'release',
      by: 'kosatsu',
    });
  });

  const stays: readonly { name: string; first: Item; later: Item; policy?: Partial<Config['policy']> }[] = [
    {
      name: 'the whole document has another title',
      first: cut(),
      later: numbered(1, { title: '令和8年度第1回知的財産権制度説明会の中止について' }),
    },
    {
      name: 'it is also wrong in itself',
      first: cut({ problems: [TRUNCATED, { code: 'title-mojibake', detail: '', blocking: true }] }),
      later: numbered(1),
    },
    {
      name: 'it is also too old',
      first: cut({ publishedAt: START - 400 * HOUR }),
      later: numbered(1, { publishedAt: START - 400 * HOUR }),
    },
    {
      name: 'people must approve posts anyway',
      first: cut(),
      later: numbered(1),
      policy: { approval: { feedMain: 'one', feedUrgent: 'one', forced: 'one' } },
    },
  ];
  test.each(stays)('stays held where $name', async ({ first, later, policy }) => {
    const { app, poll } = world(policy);
    await poll(...OLD);
    const [entry] = await poll(first, ...OLD);
    await poll(later, ...OLD);
    expect(await app.store.find(entry?.id ?? '')).not.toMatchObject({ state: 'queued' });
  });
});
