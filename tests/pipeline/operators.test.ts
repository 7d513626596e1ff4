import { describe, expect, test } from 'vitest';
import { World, eventually, ordinary, type PostLine } from './world.ts';

/** Entries that wait for a person: items from a site that the policy does not know. */
async function heldPosts(world: World, count: number): Promise<readonly PostLine[]> {
  const items = Array.from({ length: count }, () => ordinary('被災した中小企業への補助金による支援について'));
  await world.feed(items);
  expect((await world.once()).code).toBe(0);
  const posts = await world.posts();
  expect(posts.map(({ state }) => state)).toEqual(items.map(() => 'held'));
  return posts;
}

const by = (...words: readonly string[]): string[] => [
  ...words,
  '--by',
  'sato',
  '--reason',
  'asked by the desk',
];

describe.concurrent('what people decide', { timeout: 120_000 }, () => {
  test('approve lets a held post out, and the next round posts exactly the approved words', async (context) => {
    const world = await World.open(context);
    const [held] = await heldPosts(world, 1);
    const id = held?.id ?? '';
    const { code, out } = await world.run(by('approve', id));
    expect({ code, names: out.includes(id) }).toEqual({ code: 0, names: true });
    expect((await world.once()).code).toBe(0);
    const [post] = await world.timeline();
    expect(post?.text).toBe(held?.text);
    expect((await world.posts())[0]).toMatchObject({
      state: 'published',
      approvals: [{ by: 'sato', reason: 'asked by the desk', hash: held?.textHash }],
    });
    // It is no longer held, so a second yes is refused.
    expect((await world.run(by('approve', id))).code).toBe(3);
  });

  test('approve under a running worker goes out at once', async (context) => {
    const world = await World.open(context);
    const [held] = await heldPosts(world, 1);
    await world.worker();
    expect((await world.run(by('approve', held?.id ?? ''))).code).toBe(0);
    await eventually('it is out', async () => (await world.timeline()).length === 1);
  });

  test('cancel, known and hold keep a post back for good, each on the record', async (context) => {
    const world = await World.open(context);
    const [first, second, third] = await heldPosts(world, 3);
    expect((await world.run(by('cancel', first?.id ?? ''))).code).toBe(0);
    expect((await world.run(by('known', second?.id ?? ''))).code).toBe(0);
    expect((await world.run(by('pause'))).code).toBe(0);
    expect((await world.run(by('approve', third?.id ?? ''))).code).toBe(0);
    expect((await world.run(by('hold', third?.id ?? ''))).code).toBe(0);
    expect((await world.run(by('resume'))).code).toBe(0);
    expect((await world.once()).code).toBe(0);
    expect((await world.posts()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'held']);
    expect(await world.postRequests()).toBe(0);
    // What is cancelled stays so.
    expect((await world.run(by('approve', first?.id ?? ''))).code).toBe(3);
    expect((await world.run(by('retry', first?.id ?? ''))).code).toBe(3);
  });

  test('retry brings back a rejected post for approval, never an uncertain one', async (context) => {
    const world = await World.open(context);
    const [rejected, uncertain] = [ordinary(), ordinary()];
    await world.feed([rejected, uncertain]);
    await world.fault({ fault: 'status', status: 400, containing: rejected.url });
    await world.fault({ fault: 'lost-answer', containing: uncertain.url });
    expect((await world.once()).code).toBe(5);
    const of = async (url: string): Promise<PostLine | undefined> =>
      (await world.posts()).find((line) => line.url === url);
    const id = (await of(rejected.url))?.id ?? '';
    expect((await world.run(by('retry', id))).code).toBe(0);
    expect((await of(rejected.url))?.state).toBe('held');
    expect((await world.run(by('approve', id))).code).toBe(0);
    expect((await world.once()).code).toBe(0);
    expect((await of(rejected.url))?.state).toBe('published');
    const doubtful = (await of(uncertain.url))?.id ?? '';
    const refused = await world.run(by('retry', doubtful));
    expect(refused.code).toBe(3);
    expect(refused.err).toContain(doubtful);
    expect((await world.timeline()).filter(({ text }) => text.includes(uncertain.url))).toHaveLength(1);
    expect(await world.postRequests()).toBe(3);
  });

  test('an ID that does not exist is exit 2 for every act', async (context) => {
    const world = await World.open(context);
    for (const act of ['approve', 'hold', 'cancel', 'retry', 'known']) {
      const { code, err } = await world.run(by(act, 'nosuchpost'));
      expect([act, code, err.includes('nosuchpost')]).toEqual([act, 2, true]);
    }
  });

  test('pause is shown with name and reason until resume, and nothing goes out meanwhile', async (context) => {
    const world = await World.open(context);
    await world.worker();
    expect((await world.run(by('pause'))).code).toBe(0);
    const paused = await world.status();
    expect(paused).toMatchObject({ paused: true, stops: [{ by: 'sato', reason: 'asked by the desk' }] });
    const text = await world.run(['status']);
    expect(text.out).toMatch(/sato/u);
    await world.feed([ordinary()]);
    await eventually('the item waits', async () => (await world.posts())[0]?.state === 'queued', 40);
    expect(await world.postRequests()).toBe(0);
    expect((await world.run(by('resume'))).code).toBe(0);
    await eventually('it is out', async () => (await world.timeline()).length === 1);
    expect((await world.status()).paused).toBe(false);
  });

  test('status and posts read an empty place without making anything', async (context) => {
    const world = World.withoutSandbox(context);
    const status = await world.run(['status', '--json']);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      mode: 'sandbox',
      worker: { running: false },
      lastPost: null,
    });
    expect(await world.run(['posts', '--json'])).toMatchObject({ code: 0, out: '' });
    expect(world.dataDigest()).toBeNull();
  });
});
