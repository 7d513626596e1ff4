import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { World, eventually, linesOf, ordinary } from './world.ts';

const URL = 'https://www.jpo.go.jp/news/koho/saigai/urgent.html';
const notice = (text: string, ...words: readonly string[]): string[] => [
  'urgent',
  '--text',
  text,
  '--url',
  URL,
  '--by',
  'sato',
  '--reason',
  'disaster desk',
  ...words,
];

describe.concurrent('urgent', { timeout: 120_000 }, () => {
  test('without a worker takes the lease, posts that one notice, and waits for the answer', async (context) => {
    const world = await World.open(context);
    const { code, out, err } = await world.run(notice('地震により影響を受けた手続について', '--yes'));
    expect(code).toBe(0);
    // What the person was shown is what was posted.
    const [post] = await world.timeline();
    for (const row of (post?.text ?? '').split('\n')) expect(err).toContain(`| ${row}`);
    expect(err).toMatch(/of 280, \d+ left\nAccount: @kosatsu_sandbox/u);
    expect(out).toContain(`status/${post?.id ?? 'none'}`);
    const [line] = await world.posts();
    expect(line).toMatchObject({
      topic: 'urgent',
      state: 'published',
      kind: 'forced',
      by: expect.any(String),
      approvals: [{ by: 'sato', reason: 'disaster desk' }],
    });
    // The lease is free again.
    expect((await world.run(notice('停電により影響を受けた手続について', '--yes'))).code).toBe(0);
  });

  test('with a worker goes through it, while main updates wait behind nothing', async (context) => {
    const world = await World.open(context);
    await world.worker();
    const { code, out } = await world.run(notice('台風により影響を受けた手続について', '--yes', '--json'));
    expect(code).toBe(0);
    const [result] = linesOf<{ kind: string; remoteId: string }>({ code, out, err: '', signal: null });
    const [post, ...more] = await world.timeline();
    expect(more).toEqual([]);
    expect(result).toMatchObject({ kind: 'published', remoteId: post?.id });
    expect((await world.status()).worker.running).toBe(true);
  });

  test('from a template fills the fields, and names one that is missing', async (context) => {
    const world = await World.open(context);
    const words = ['urgent', '--template', 'earthquake', '--url', URL, '--yes'];
    const missing = await world.run(words);
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/name/u);
    expect(await world.postRequests()).toBe(0);
    const posted = await world.run([...words, '--set', 'name=2026年遠州地震', '--set', 'date=2026-11-03']);
    expect(posted.code).toBe(0);
    const [post] = await world.timeline();
    expect(post?.text).toContain('2026年遠州地震');
    expect(post?.text).toContain(URL);
    const english = await world.run([...words, '--set', 'name=the Enshu Earthquake', '--lang', 'en']);
    expect(english.code).toBe(0);
    expect((await world.timeline())[1]?.text).toMatch(/affected by the Enshu Earthquake/u);
  });

  test('is refused where nobody can be asked, and where the person says no; nothing is kept or sent', async (context) => {
    const world = await World.open(context);
    const closed = await world.run(notice('大雨により影響を受けた手続について'));
    expect(closed.code).toBe(2);
    expect(closed.err).toMatch(/--yes/u);
    const declined = await world.run(notice('大雨により影響を受けた手続について'), { input: 'n\n' });
    expect(declined.code).toBe(3);
    expect(await world.postRequests()).toBe(0);
    expect(await world.posts()).toEqual([]);
    const agreed = await world.run(notice('大雨により影響を受けた手続について'), { input: 'y\n' });
    expect(agreed.code).toBe(0);
    expect(await world.timeline()).toHaveLength(1);
  });

  test('what the policy forbids is refused with its sentence: exit 3, nothing sent', async (context) => {
    const world = await World.open(context);
    const words = [
      'urgent',
      '--text',
      '地震により影響を受けた手続について',
      '--url',
      'https://bit.ly/x',
      '--yes',
    ];
    const { code, err } = await world.run(words);
    expect(code).toBe(3);
    expect(err).toMatch(/policy does not allow/u);
    const tooLong = await world.run(notice('災害により影響を受けた手続について'.repeat(20), '--yes'));
    expect([2, 3]).toContain(tooLong.code);
    expect(await world.postRequests()).toBe(0);
  });

  test('while publishing is paused waits in the queue, and with --override-pause goes out', async (context) => {
    const world = await World.open(context);
    const paused = await world.run(['pause', '--by', 'ito', '--reason', 'drill in the office']);
    expect(paused.code).toBe(0);
    const waits = await world.run(notice('津波により影響を受けた手続について', '--yes'));
    expect(waits.code).toBe(3);
    expect(waits.err).toMatch(/waits in the queue.*drill in the office/su);
    expect(await world.postRequests()).toBe(0);
    const forced = notice('噴火により影響を受けた手続について', '--yes', '--override-pause');
    expect((await world.run(forced)).code).toBe(0);
    expect((await world.timeline()).map(({ text }) => text)).toEqual([expect.stringContaining('噴火')]);
    // Neither does a feed's item pass the pause; `resume` lets both out.
    await world.feed([ordinary()]);
    expect((await world.once()).code).toBe(0);
    expect(await world.timeline()).toHaveLength(1);
    expect((await world.run(['resume', '--by', 'ito', '--reason', 'over'])).code).toBe(0);
    expect((await world.once()).code).toBe(0);
    expect(await world.timeline()).toHaveLength(3);
  });

  test('an answer that was lost is looked for: the post is found and the exit code is 0', async (context) => {
    const world = await World.open(context);
    await world.fault({ fault: 'lost-answer' });
    const { code } = await world.run(notice('豪雨により影響を受けた手続について', '--yes'));
    expect(code).toBe(0);
    expect(await world.postRequests()).toBe(1);
    const [post] = await world.timeline();
    expect((await world.posts())[0]).toMatchObject({ state: 'published', remoteId: post?.id });
  });

  test('a worker that dies while X is slow is stood in for: the command finds the post and sends no second one', async (context) => {
    const world = await World.open(context);
    await world.fault({ fault: 'delay', ms: 3_000 });
    const worker = await world.workerProcess();
    const forced = world.begin(notice('土砂災害により影響を受けた手続について', '--yes'));
    await eventually('the post reached X', async () => (await world.timeline()).length === 1);
    worker.child.kill('SIGKILL');
    const { code, out, err } = await forced.ended;
    expect(code, err).toBe(0);
    expect(out).toContain((await world.timeline())[0]?.id);
    expect((await world.posts()).map(({ state }) => state)).toEqual(['published']);
    expect(await world.postRequests()).toBe(1);
  });

  test('given up on by its person while the answer is in doubt is exit 5, never "not posted"', async (context) => {
    const world = await World.open(context);
    await world.fault({ fault: 'lost-answer' });
    await world.fault({ fault: 'status', status: 503, on: 'read', count: 0 });
    const forced = world.begin(notice('洪水により影響を受けた手続について', '--yes'));
    await eventually('the answer was lost', async () => (await world.timeline()).length === 1);
    await eventually('the doubt is on record', async () => (await world.posts())[0]?.state === 'uncertain');
    forced.stop();
    const { code, err } = await forced.ended;
    expect(code).toBe(5);
    expect(err).toMatch(/Do not post it again/u);
    expect(await world.postRequests()).toBe(1);
  });

  test('X’s refusal of the words is exit 4', async (context) => {
    const world = await World.open(context);
    await world.fault({ fault: 'status', status: 400 });
    const { code, err } = await world.run(notice('高潮により影響を受けた手続について', '--yes'));
    expect(code).toBe(4);
    expect(err).toMatch(/X refused it; it is not posted/u);
    expect((await world.posts())[0]?.state).toBe('rejected');
  });

  test('a wrong flag, template or language is exit 2 before anything is touched', async (context) => {
    const world = World.withoutSandbox(context);
    const slips = [
      ['urgent'],
      ['urgent', '--text', 'x', '--template', 'flood'],
      ['urgent', '--text', 'x', '--lang', 'fr'],
      ['urgent', '--text', '--yes'],
    ];
    for (const words of slips) expect([words, (await world.run(words)).code]).toEqual([words, 2]);
    expect(existsSync(world.data)).toBe(false);
  });
});

/** The minute that a person waits is a minute, so only the thorough run sits it out; the other ways to doubt are quick. */
const minutes = process.env['KOSATSU_THOROUGH'] === '1' ? [1] : [];

test.concurrent.for(minutes)(
  'an answer that cannot be found for %i minute is exit 5, and stays in doubt',
  { timeout: 180_000 },
  async (_minute, context) => {
    const world = await World.open(context);
    await world.fault({ fault: 'lost-answer' });
    await world.fault({ fault: 'status', status: 503, on: 'read', count: 0 });
    const worker = await world.worker();
    const { code, err } = await world.run(notice('竜巻により影響を受けた手続について', '--yes'));
    expect(code).toBe(5);
    expect(err).toMatch(/Do not post it again/u);
    expect((await world.posts())[0]?.state).toBe('uncertain');
    expect(await world.postRequests()).toBe(1);
    worker.stop();
    expect((await worker.ended).code).toBe(0);
  },
);
