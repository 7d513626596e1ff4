import { POST_MOMENT } from '../../src/compose/post-dates.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { feedOf } from '../smoke/kosatsu.ts';
import { World, linesOf, ordinary, relief, type Item } from './world.ts';

/** Titles that a feed should not hold, and sometimes does. */
const awkward: readonly Item[] = [
  { title: '<b>重要</b>なお知らせ', url: 'https://www.jpo.go.jp/a/1.html' },
  { title: 'Q&amp;amp;Aを更新しました', url: 'https://www.jpo.go.jp/a/2.html' },
  { title: '@someone さんへの $JPO #特許 に関するお知らせ', url: 'https://www.jpo.go.jp/a/3.html' },
  {
    title: '特許情報の利用に関する説明会の開催について、'.repeat(28),
    url: 'https://www.jpo.go.jp/a/4.html',
  },
  {
    title: 'ç‰¹è¨±åº\u0081ã\u0081‹ã‚‰ã\u0081®ã\u0081\u008açŸ¥ã‚‰ã\u0081›',
    url: 'https://www.jpo.go.jp/a/5.html',
  },
  { title: '特許\uFFFD\uFFFDのお知らせ', url: 'https://www.jpo.go.jp/a/6.html' },
  { title: '審査\u202E基準\u200Bの\u0007改訂', url: 'https://www.jpo.go.jp/a/7.html' },
  { title: '別のサイトの案内', url: 'https://example.com/a/8.html' },
  { title: '詳しくは https://bit.ly/abc を', url: 'https://www.jpo.go.jp/a/9.html' },
];

describe.concurrent('preview', { timeout: 120_000 }, () => {
  test('shows byte for byte what is then posted, however odd the titles', async (context) => {
    const world = await World.open(context);
    await world.feed([...awkward, ordinary(), relief()]);
    const shown = await world.preview();
    expect(shown).toHaveLength(awkward.length + 2);
    expect((await world.once()).code).toBe(0);
    const promised = shown.filter((line) => line.wouldPublish).map((line) => line.post?.text);
    expect(promised.length).toBeGreaterThanOrEqual(4);
    const posted = (await world.timeline()).map(({ text }) => text);
    // An update says the minute in which it was found, and a minute may end between the two.
    const timeless = (texts: readonly (string | undefined)[]): Set<string | undefined> =>
      new Set(texts.map((text) => text?.replace(POST_MOMENT, 'then')));
    expect(timeless(posted)).toEqual(timeless(promised));
    expect(posted).toHaveLength(promised.length);
    // What preview would not post is held or refused with the same words, never dropped.
    const kept = (await world.posts()).filter(({ state }) => state !== 'published');
    const rest = shown.filter((line) => !line.wouldPublish && line.post !== null);
    expect(new Set(kept.map(({ text }) => text))).toEqual(new Set(rest.map(({ post }) => post?.text)));
    for (const { state, reasons } of kept) {
      expect(['held', 'refused']).toContain(state);
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  test('shows no broken title as good: markup, entities, mentions, length, mojibake, controls, strange links', async (context) => {
    const world = await World.open(context);
    await world.feed(awkward);
    const shown = await world.preview();
    for (const { post, wouldPublish } of shown.filter((line) => line.wouldPublish)) {
      expect(wouldPublish).toBe(true);
      const text = post?.text ?? '';
      expect(text).not.toMatch(
        /<b>|&amp;|(?<![\w＠])@\w|\uFFFD|ç‰¹|\p{Cc}(?<!\n)|[\u202E\u200B]|example\.com|bit\.ly/u,
      );
      expect(post?.weight).toBeLessThanOrEqual(280);
    }
    const of = (end: string) => shown.find(({ item }) => item.url?.endsWith(end) === true);
    expect(of('/1.html')?.post?.text).toContain('重要');
    expect(of('/2.html')?.post?.text).toContain('Q&A');
    expect(of('/4.html')?.post?.text).toMatch(/…\nhttps:\/\/www\.jpo\.go\.jp\/a\/4\.html$/u);
    for (const bad of ['/5.html', '/6.html', '/8.html'])
      expect([bad, of(bad)?.wouldPublish]).toEqual([bad, false]);
  });

  test('asks X nothing and makes no data folder', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary(), relief()]);
    const { code } = await world.run(['preview', '--feed', world.feedUrl]);
    expect(code).toBe(0);
    const requests = await world.requests();
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /feed.xml']);
    expect(existsSync(world.data)).toBe(false);
  });

  test('reads the store if there is one, changes no byte of it, and marks what is known', async (context) => {
    const world = await World.open(context);
    const known = ordinary();
    await world.feed([known]);
    expect((await world.once()).code).toBe(0);
    const before = world.dataDigest();
    const news = ordinary();
    await world.feed([known, news]);
    const lines = await world.preview();
    expect(Object.fromEntries(lines.map(({ item, wouldPublish }) => [item.url, wouldPublish]))).toEqual({
      [known.url]: false,
      [news.url]: true,
    });
    expect(world.dataDigest()).toBe(before);
    expect(await world.postRequests()).toBe(1);
  });

  test('gives each item the promised fields, in a line of its own, and nothing else on stdout', async (context) => {
    const world = await World.open(context);
    const item = relief();
    await world.feed([item]);
    const ended = await world.run(['preview', '--json', '--feed', world.feedUrl]);
    const [line, ...more] = linesOf<Record<string, unknown>>(ended);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      feed: 'typed',
      item: {
        id: expect.any(String),
        title: item.title,
        url: item.url,
        publishedAt: expect.stringMatching(/Z$/u),
      },
      classification: { kind: 'announce', topic: 'urgent', rule: expect.any(String) },
      post: { text: expect.stringContaining(item.url), weight: expect.any(Number), weightMax: 280 },
      verdict: { kind: 'allow', reasons: [] },
      wouldPublish: true,
    });
  });

  test('keeps the title as the feed has it, cleaned but not neutralised', async (context) => {
    const world = await World.open(context);
    await world.feed([{ title: '<i>@someone</i>  宛て', url: 'https://www.jpo.go.jp/b/1.html' }]);
    const [line] = await world.preview();
    expect(line?.item.title).toBe('@someone 宛て');
    expect(line?.post?.text).not.toMatch(/(^|[^\w＠])@someone/u);
  });

  test('--html writes one page that needs nothing else', async (context) => {
    const world = await World.open(context);
    const item = relief();
    await world.feed([item]);
    const { code, out } = await world.run(['preview', '--feed', world.feedUrl, '--html', 'cards.html']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    const page = readFileSync(join(world.dir, 'cards.html'), 'utf8');
    expect(page).toContain(item.title);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(/iu);
  });

  test('a feed in a file, and an empty one, are read: exit 0', async (context) => {
    const world = World.withoutSandbox(context);
    const path = world.write('feed.xml', feedOf([ordinary()]));
    expect(linesOf(await world.run(['preview', '--json', '--feed', path]))).toHaveLength(1);
    const empty = world.write('empty.xml', feedOf([]));
    expect(await world.run(['preview', '--json', '--feed', empty])).toMatchObject({ code: 0, out: '' });
  });

  test('exit 1 where no feed could be read, with the reason on stderr', async (context) => {
    const world = await World.open(context);
    await world.feed('<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>', 'text/html');
    const { code, out, err } = await world.run(['preview', '--json', '--feed', world.feedUrl]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/Feed "typed"/u);
  });

  test('run --dry-run prints the same posts and leaves no trace', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary(), relief()]);
    const shown = await world.run(['preview', '--feed', world.feedUrl]);
    const dry = await world.run(['run', '--dry-run', '--feed', world.feedUrl]);
    expect(dry).toMatchObject({ code: 0, out: shown.out });
    const asJson = await world.run(['run', '--dry-run', '--json', '--feed', world.feedUrl]);
    expect(linesOf(asJson)).toHaveLength(2);
    expect(existsSync(world.data)).toBe(false);
    expect(await world.calls()).toEqual([]);
  });
});
