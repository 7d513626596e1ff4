import { afterEach, beforeEach, expect, test } from 'vitest';
import { kosatsu, type Begun } from '../smoke/in-process.ts';
import { CONFIG, Workplace, feedOf, sandboxEnv } from '../smoke/kosatsu.ts';
import type { Ended } from '../smoke/running.ts';
import { typed } from './command-line.ts';

type Post = { id: string; state: string; text: string; remoteId: string | null };
type OnX = { id: string; text: string; deletedAt: number | null };

const ITEM = { title: '「意匠審査基準」を改訂しました', url: 'https://www.jpo.go.jp/design.html' };
const BY = ['--by', '佐藤', '--reason', '日付の誤り'];

let place: Workplace;
let api: string;

beforeEach(async () => {
  place = new Workplace();
  api = await place.sandbox();
});
afterEach(() => place.close());

function run(words: readonly string[], input = ''): Promise<Ended> {
  return kosatsu([...words, '--config', CONFIG, '--data', place.data], {
    cwd: place.dir,
    env: sandboxEnv(api),
    input,
  });
}

function worker(file: string): Begun {
  const words = ['run', '--port', '0', '--config', CONFIG, '--data', place.data, '--feed', file];
  return place.begin(words, { env: sandboxEnv(api) });
}

async function posts(): Promise<Post[]> {
  const { out } = await run(['posts', '--json']);
  const lines = out.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Post);
}

async function onX(): Promise<OnX[]> {
  return (await (await fetch(`${api}/sandbox/posts`)).json()) as OnX[];
}

async function standing(): Promise<string[]> {
  const found = await onX();
  return found.filter((post) => post.deletedAt === null).map((post) => post.text);
}

async function fault(body: object): Promise<void> {
  const answer = await fetch(`${api}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** A post that stands on X, made by `run --once`. */
async function aPost(): Promise<{ post: Post; file: string }> {
  const file = place.write('feed.xml', feedOf([ITEM]));
  await run(['run', '--once', '--feed', file, '--first-run', 'publish']);
  const [post] = await posts();
  if (post === undefined) throw new Error('nothing was posted');
  return { post, file };
}

test('withdraw shows what it will delete and post, and does nothing until somebody says yes', async () => {
  const { post } = await aPost();
  const words = ['withdraw', post.id, ...BY, '--correction', '先ほどの投稿の日付に誤りがありました。'];
  expect(await run(words)).toMatchObject({ code: 2, out: '' });
  const no = await run(words, 'n\n');
  expect(no).toMatchObject({ code: 3, out: '' });
  expect(no.err).toContain(ITEM.title);
  expect(no.err).toContain('| 先ほどの投稿の日付に誤りがありました。');
  expect(no.err).toContain('@kosatsu_sandbox');
  expect(await standing()).toHaveLength(1);
  const yes = await run(words, 'y\n');
  expect(yes).toMatchObject({ code: 0, out: expect.stringContaining('no longer on X') });
  expect(yes.out).toContain('The correction is posted');
  const left = await standing();
  expect(left).toHaveLength(1);
  expect(left[0]).toContain('先ほどの投稿の日付に誤りがありました。');
  expect(left[0]).toContain(ITEM.url);
  expect((await posts()).map(({ state }) => state).toSorted()).toEqual(['published', 'withdrawn']);
}, 60_000);

test('with a running worker it is the worker that deletes and posts, and the command waits for both', async () => {
  const { post, file } = await aPost();
  const running = worker(file);
  await running.shows(/Status page/u);
  const words = ['withdraw', post.remoteId ?? '', ...BY, '--correction', '訂正します。', '--yes'];
  expect(await run(words)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/no longer on X[^]*correction is posted/u),
  });
  expect(await onX()).toHaveLength(2);
  expect(await standing()).toHaveLength(1);
}, 60_000);

test('withdraw ends with 2 for a post that the program did not make, 3 for one that is gone, 4 where X refuses', async () => {
  const { post } = await aPost();
  expect(await run(['withdraw', '1234567890', ...BY, '--yes'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Only posts that this program made'),
  });
  expect(await run(['withdraw', post.id, '--yes'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--reason'),
  });
  await fault({ fault: 'not-permitted', on: 'delete' });
  expect(await run(['withdraw', post.id, ...BY, '--yes'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('still stands'),
  });
  expect(await standing()).toHaveLength(1);
  expect((await run(['withdraw', post.id, ...BY, '--yes'])).code).toBe(0);
  expect((await run(['withdraw', post.id, ...BY, '--yes'])).code).toBe(3);
  expect(await standing()).toEqual([]);
}, 90_000);

test('resolve records what a person saw, compares it with the timeline, and is refused where nothing is in doubt', async () => {
  const { post } = await aPost();
  const settled = ['resolve', post.id, '--not-published', ...BY];
  expect(await run(settled)).toMatchObject({ code: 3, err: expect.stringContaining('not uncertain') });
  const file = place.write(
    'two.xml',
    feedOf([ITEM, { title: '「商標審査基準」を改訂しました', url: 'https://www.jpo.go.jp/trademark.html' }]),
  );
  await fault({ fault: 'lost-answer', on: 'post' });
  await run(['run', '--once', '--feed', file]);
  const doubtful = (await posts()).find(({ state }) => state === 'uncertain');
  if (doubtful === undefined) throw new Error(JSON.stringify(await posts()));
  expect(await run(['posts'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/searches the own timeline[^]*No worker is running/u),
  });
  const wrongId = await run(['resolve', doubtful.id, '--published', post.remoteId ?? '', ...BY]);
  expect(wrongId).toMatchObject({ code: 3 });
  const real = (await onX()).find(({ text }) => text.includes('trademark'));
  const address = `https://x.com/kosatsu_sandbox/status/${real?.id ?? ''}`;
  expect(await run(['resolve', doubtful.id, '--published', address, ...BY])).toMatchObject({
    code: 0,
    out: expect.stringContaining(`/kosatsu_sandbox/status/${real?.id ?? 'none'}`),
  });
  expect((await posts()).map(({ state }) => state)).toEqual(['published', 'published']);
  expect(await onX()).toHaveLength(2);
}, 90_000);

const slips: readonly { words: readonly string[]; says: RegExp }[] = [
  { words: ['withdraw'], says: /Which post/u },
  { words: ['withdraw', 'e1'], says: /--reason/u },
  { words: ['resolve', 'e1', '--reason', 'x'], says: /either --published POSTID or --not-published/u },
  {
    words: ['resolve', 'e1', '--published', '1', '--not-published', '--reason', 'x'],
    says: /either --published/u,
  },
  { words: ['resolve', 'e1', '--not-published'], says: /--reason/u },
  { words: ['backup'], says: /Which file/u },
  { words: ['restore', 'a', 'b'], says: /"b" is not expected/u },
];

test.each(slips)('a slip does nothing and ends with 2: $words', async ({ words, says }) => {
  const { code, out, err } = await typed(words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(says);
});
