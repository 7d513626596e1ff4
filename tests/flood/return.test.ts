import { describe, expect, test } from 'vitest';
import { RESTORED_AT } from '../../src/outbox/backups.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { SCOPE, START } from '../app/fake-app.ts';
import { MemoryOutbox } from '../../src/adapters/memory/outbox.ts';
import { MemoryLease } from '../../src/adapters/memory/lease.ts';
import { FloodWorld } from './flood-world.ts';
import { atom, rss, type Listed } from '../fixtures/feed/write-feed.ts';

const HOUR = 3_600_000;
const QUARANTINE = 150_000;

function announcement(index: number, changes: Partial<Listed> = {}): Listed {
  return {
    title: `令和8年度第${index}回知的財産権制度説明会の開催について`,
    url: `https://www.jpo.go.jp/news/${index}.html`,
    guid: `tag:jpo.go.jp,2026:${index}`,
    at: START - HOUR + index * 60_000,
    ...changes,
  };
}

const ARCHIVE = Array.from({ length: 30 }, (_, index) => announcement(index)).toReversed();
const NEWS = [announcement(33), announcement(32), announcement(31)];

/** A world that has posted three announcements, and what its feed lists now. */
async function posted(): Promise<{ world: FloodWorld; listed: string; texts: readonly string[] }> {
  const world = new FloodWorld();
  await world.poll(rss(ARCHIVE));
  const listed = rss([...NEWS, ...ARCHIVE]);
  await world.poll(listed);
  const texts = await world.publishAll();
  expect(texts).toHaveLength(3);
  return { world, listed, texts };
}

/** The same account and feed with nothing remembered, as after the data folder was lost. */
function forgetful(world: FloodWorld, firstRun: 'baseline' | 'publish' = 'baseline'): void {
  const store = new MemoryOutbox();
  const config = { ...world.app.config, firstRun };
  world.app = { ...world.app, config, store, lease: new MemoryLease(store) };
}

describe('the archive', () => {
  test('is known and not posted at the first reading', async () => {
    const world = new FloodWorld();
    expect(await world.poll(rss(ARCHIVE))).toMatchObject({ kind: 'read', baseline: 30, recorded: [] });
    expect(await world.publishAll()).toEqual([]);
  });

  test('is posted at the first reading only where a person asked for it', async () => {
    const world = new FloodWorld();
    forgetful(world, 'publish');
    await world.poll(rss(ARCHIVE.slice(0, 3)));
    expect(await world.publishAll()).toHaveLength(3);
  });
});

describe('what was posted is not posted again', () => {
  test('after the database was emptied', async () => {
    const { world, listed } = await posted();
    forgetful(world);
    await world.poll(listed);
    expect(await world.publishAll()).toEqual([]);
  });

  test('after the database was emptied and a person lets the first reading publish: the own timeline knows', async () => {
    const { world } = await posted();
    forgetful(world, 'publish');
    const fresh = announcement(40);
    await world.poll(rss([fresh, ...NEWS]));
    const texts = await world.publishAll();
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(fresh.title);
    expect(await world.app.store.countByState(SCOPE)).toEqual({ published: 4 });
  });

  test('after a backup was restored that does not know it', async () => {
    const world = new FloodWorld();
    await world.poll(rss(ARCHIVE));
    const backup = world.app.store.snapshot();
    const listed = rss([...NEWS, ...ARCHIVE]);
    await world.poll(listed);
    expect(await world.publishAll()).toHaveLength(3);
    world.app.store.restore(backup);
    await world.app.store.setFact(SCOPE, RESTORED_AT, String(world.app.clock.now()));
    await world.poll(listed);
    expect(await world.publishAll(), 'before the timeline can be believed').toEqual([]);
    world.app.clock.boot += QUARANTINE;
    expect(await world.publishAll()).toEqual([]);
    expect(await world.app.store.countByState(SCOPE)).toEqual({ published: 3 });
  });

  test('after an outage of days, when the feed has moved on and still lists it', async () => {
    const { world } = await posted();
    world.app.clock.boot += 5 * 24 * HOUR;
    await world.poll(rss([announcement(50, { at: world.app.clock.now() }), ...NEWS, ...ARCHIVE]));
    expect(await world.publishAll()).toHaveLength(1);
  });
});

describe('two feeds of one announcement', () => {
  const JPO = feedConfig({ burst: 20 });
  const METI = feedConfig({
    name: 'meti',
    location: { kind: 'url', url: 'https://www.meti.go.jp/ml_index_release_atom.xml' },
    burst: 20,
  });
  const ENGLISH = feedConfig({
    name: 'jpo-en',
    location: { kind: 'url', url: 'https://www.jpo.go.jp/e/news.rdf' },
    lang: 'en',
    burst: 20,
  });
  const japanese = announcement(60);
  const english = announcement(60, {
    title: 'Seminar on the Intellectual Property Rights System',
    url: 'https://www.jpo.go.jp/e/news/60.html',
    guid: 'tag:jpo.go.jp,2026:e60',
  });
  const onMeti = { ...japanese, guid: 'tag:meti.go.jp,2026:press-60' };

  const check = (name: string, atMeti: Listed): void => {
    test(`${name}: one post a language`, async () => {
      for (const order of ['jpo first', 'meti first'] as const) {
        const world = new FloodWorld({ feeds: [JPO, METI, ENGLISH] });
        const others = (site: string): Listed[] =>
          ARCHIVE.map((one) => ({ ...one, title: `${site} ${one.title}`, url: `${one.url}?${site}` }));
        const polls = [
          () => world.poll(rss([japanese, ...others('jpo')]), JPO),
          () => world.poll(atom([atMeti, ...others('meti')]), METI),
          () => world.poll(rss([english, ...others('en')]), ENGLISH),
        ];
        await world.poll(rss(others('jpo')), JPO);
        await world.poll(atom(others('meti')), METI);
        await world.poll(rss(others('en')), ENGLISH);
        for (const poll of order === 'jpo first' ? polls : polls.toReversed()) await poll();
        for (const poll of polls) await poll();
        const texts = await world.publishAll();
        expect(texts).toHaveLength(2);
        expect(texts.filter((text) => text.includes(japanese.title))).toHaveLength(1);
        expect(texts.filter((text) => text.includes(english.title))).toHaveLength(1);
      }
    });
  };
  check('the same page under the ministry’s own guid', onMeti);
  check('the same page under http', { ...onMeti, url: onMeti.url.replace('https:', 'http:') });
  check('the same page with tracking parameters', { ...onMeti, url: `${onMeti.url}?utm_source=meti` });
  check('the ministry’s own page', { ...onMeti, url: 'https://www.meti.go.jp/press/2026/60.html' });
});
