import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { World, linesOf, ordinary, relief, type PostLine } from './world.ts';

describe.concurrent('run --once', { timeout: 120_000 }, () => {
  test('on a first run knows what stands in the feed and posts none of it; posts what comes later', async (context) => {
    const world = await World.open(context);
    const old = ordinary();
    await world.feed([old]);
    const once = ['run', '--once', '--feed', world.feedUrl];
    expect(await world.run(once)).toMatchObject({ code: 0, out: 'Posted: 0.\n' });
    const news = ordinary();
    await world.feed([old, news]);
    expect((await world.run(once)).code).toBe(0);
    expect((await world.timeline()).map(({ text }) => text)).toEqual([`${news.title}\n${news.url}`]);
    expect((await world.run(once)).code).toBe(0);
    expect(await world.postRequests()).toBe(1);
  });

  test('with --json prints the posts as lines and nothing else, the logs on stderr; posts --json agrees', async (context) => {
    const world = await World.open(context);
    const [main, urgent] = [ordinary(), relief()];
    await world.feed([main, urgent]);
    const ended = await world.once('--json');
    expect(ended.code).toBe(0);
    // Urgent first, though it is the newer of the two.
    expect(linesOf<PostLine>(ended).map(({ url }) => url)).toEqual([urgent.url, main.url]);
    expect(ended.err).toContain('feed read');
    const [first] = (await world.timeline()).toReversed();
    const line = (await world.posts()).find(({ topic }) => topic === 'main');
    expect(line).toMatchObject({
      id: expect.any(String),
      topic: 'main',
      state: 'published',
      text: first?.text,
      weight: expect.any(Number),
      url: main.url,
      account: 'kosatsu_sandbox',
      mode: 'sandbox',
      remoteId: first?.id,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
      publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
      reasons: [],
    });
    const published = linesOf(await world.run(['posts', '--json', '--state', 'published']));
    expect(published).toHaveLength(2);
    expect(await world.run(['posts', '--json', '--state', 'held'])).toMatchObject({ code: 0, out: '' });
  });

  test('exits 4 where X refuses a post for good, and never sends it again', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    await world.fault({ fault: 'status', status: 400, count: 0 });
    expect((await world.once()).code).toBe(4);
    await world.clearFaults();
    expect((await world.posts())[0]).toMatchObject({ state: 'rejected', attempts: 1 });
    expect((await world.once()).code).toBe(0);
    expect(await world.timeline()).toEqual([]);
  });

  test('exits 5 where the answer was lost, does not wait for the search, and does not send it again', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    await world.fault({ fault: 'lost-answer' });
    expect((await world.once()).code).toBe(5);
    expect((await world.posts())[0]).toMatchObject({ state: 'uncertain' });
    // An uncertain post holds up none that come later.
    const next = ordinary();
    await world.feed([next]);
    expect((await world.once()).code).toBe(0);
    expect(await world.timeline()).toHaveLength(2);
    expect(await world.postRequests()).toBe(2);
  });

  test('exits 5, the worse, where one post is refused and the other unknown', async (context) => {
    const world = await World.open(context);
    const [main, urgent] = [ordinary(), relief()];
    await world.feed([main, urgent]);
    await world.fault({ fault: 'lost-answer', containing: urgent.url });
    await world.fault({ fault: 'status', status: 400, containing: main.url });
    expect((await world.once()).code).toBe(5);
    const states = Object.fromEntries((await world.posts()).map(({ topic, state }) => [topic, state]));
    expect(states).toEqual({ main: 'rejected', urgent: 'uncertain' });
  });

  test('a 5xx, a reset and a success without an id are doubt: exit 5, one request, no second', async (context) => {
    const world = await World.open(context);
    const faults = [
      { fault: 'status', status: 503, body: 'html' },
      { fault: 'reset' },
      { fault: 'garbage', variant: 'no-id' },
    ];
    for (const [index, fault] of faults.entries()) {
      await world.feed([ordinary()]);
      await world.fault(fault);
      expect([index, (await world.once()).code]).toEqual([index, 5]);
      expect(await world.postRequests()).toBe(index + 1);
    }
    expect((await world.posts()).map(({ state }) => state)).toEqual(['uncertain', 'uncertain', 'uncertain']);
  });

  test('a main item that is a week old, and a link to a strange site, wait for a person', async (context) => {
    const world = await World.open(context);
    const { feedOf } = await import('../smoke/kosatsu.ts');
    const old = ordinary();
    await world.feed(feedOf([old], new Date(Date.now() - 8 * 86_400_000)));
    expect((await world.once()).code).toBe(0);
    await world.feed([{ title: 'お知らせを掲載しました', url: 'https://www.example.com/news.html' }]);
    expect((await world.once()).code).toBe(0);
    expect(await world.timeline()).toEqual([]);
    const [stale, strange] = await world.posts();
    expect(stale).toMatchObject({ state: 'held', url: old.url });
    expect(['held', 'refused']).toContain(strange?.state);
    for (const line of [stale, strange]) expect(line?.reasons[0]?.message.length).toBeGreaterThan(10);
  });

  test('a feed that is down, empty, a web page, huge or broken posts nothing, is told of, and holds up no other', async (context) => {
    const world = await World.open(context);
    const good = await World.open(context);
    const item = ordinary();
    await good.feed([item]);
    world.write(
      'config/feeds.yaml',
      `feeds:
  - { name: bad, url: '${world.feedUrl}', allowPrivateAddress: true }
  - { name: good, url: '${good.feedUrl}', allowPrivateAddress: true }
`,
    );
    const once = ['run', '--once', '--first-run', 'publish'];
    const unpublished = ordinary();
    const whole = (await import('../smoke/kosatsu.ts')).feedOf([unpublished]);
    const documents: readonly [string, () => Promise<void>][] = [
      ['a server that fails', () => world.fault({ fault: 'status', status: 503, on: 'feed' })],
      ['no bytes', () => world.feed('')],
      ['a web page', () => world.feed('<!DOCTYPE html><html><body>Maintenance</body></html>', 'text/html')],
      ['huge', () => world.fault({ fault: 'garbage', variant: 'huge', on: 'feed' })],
      ['cut off', () => world.feed(whole.slice(0, 80))],
    ];
    for (const [name, serve] of documents) {
      await serve();
      const { code, err } = await world.run(once);
      expect([name, code]).toEqual([name, 0]);
      expect([name, err]).toEqual([name, expect.stringMatching(/"feed":"bad".*could not be read/u)]);
    }
    const status = await world.status();
    expect(status.feeds.find(({ name }) => name === 'bad')?.problems[0]?.message).toMatch(/\w/u);
    expect(status.feeds.find(({ name }) => name === 'good')?.problems).toEqual([]);
    expect((await world.timeline()).map(({ text }) => text)).toEqual([`${item.title}\n${item.url}`]);
    // Nothing was marked seen that was not: once the feed is whole again, its item goes out.
    await world.feed(whole);
    expect((await world.run(once)).code).toBe(0);
    expect(await world.timeline()).toHaveLength(2);
  });

  test('a data folder that cannot be written ends in a sentence, and nothing is sent', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    world.write('data', 'a file stands in its place');
    for (const words of [
      ['run', '--once', '--feed', world.feedUrl],
      ['urgent', '--text', 'x', '--yes'],
    ]) {
      const { code, out, err } = await world.run(words);
      expect({ out, failed: code === 1 || code === 2 }).toEqual({ out: '', failed: true });
      expect(err).toContain(world.data);
      expect(err).not.toMatch(/\n\s+at /u);
    }
    expect(await world.postRequests()).toBe(0);
    expect(existsSync(world.data)).toBe(true);
  });
});
