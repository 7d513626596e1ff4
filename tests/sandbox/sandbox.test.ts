import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { ask, call, runSandbox, warnings } from './running-sandbox.ts';

function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kosatsu-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'posts.jsonl');
}

type Post = { id: string; text: string; deletedAt: number | null };
const postsOf = async (sandbox: Sandbox): Promise<Post[]> =>
  (await ask<Post[]>(sandbox, 'GET', '/sandbox/posts')).json;

test('a sandbox started again still has its posts, its deletions, its account, and rising ids', async () => {
  const path = stateFile();
  const first = await runSandbox({ stateFile: path });
  const me = (await call(first, 'GET', '/2/users/me')).json;
  await call(first, 'POST', '/2/tweets', { text: '残る投稿' });
  const gone = (await call<{ data: Post }>(first, 'POST', '/2/tweets', { text: '消える投稿' })).json;
  await call(first, 'DELETE', `/2/tweets/${gone.data.id}`);
  const before = await postsOf(first);
  await first.close();
  // A clock that jumped back must not give an id that is older than a known one.
  const second = await runSandbox({ stateFile: path, now: () => 1_700_000_000_000 });
  expect(await postsOf(second)).toEqual(before);
  expect((await call(second, 'GET', '/2/users/me')).status).toBe(401);
  const made = (await ask<Post>(second, 'POST', '/sandbox/posts', { text: '新しい投稿' })).json;
  expect(BigInt(made.id)).toBeGreaterThan(BigInt(before[0]?.id ?? '0'));
  await second.close();
  const third = await runSandbox({ stateFile: path });
  expect((await call(third, 'GET', '/2/users/me')).json).toEqual(me);
  expect(await postsOf(third)).toHaveLength(3);
});

test('a line that a crash cut off is skipped, said, and harms no later one', async () => {
  const path = stateFile();
  const first = await runSandbox({ stateFile: path });
  await call(first, 'POST', '/2/tweets', { text: '一つ目' });
  await first.close();
  appendFileSync(path, '{"kind":"create","post":{"id":"99');
  warnings.length = 0;
  const second = await runSandbox({ stateFile: path });
  expect(warnings).toEqual(['sandbox posts: unreadable lines skipped']);
  await call(second, 'POST', '/2/tweets', { text: '二つ目' });
  await second.close();
  const third = await runSandbox({ stateFile: path });
  expect((await postsOf(third)).map((post) => post.text)).toEqual(['二つ目', '一つ目']);
});

test('a post that could not be kept is not made', async () => {
  const sandbox = await runSandbox({ stateFile: join(stateFile(), 'no', 'such', 'folder') });
  const answer = await call(sandbox, 'POST', '/2/tweets', { text: 'x' });
  expect(answer.status).toBe(500);
  expect(await postsOf(sandbox)).toEqual([]);
});

test('a long file is written anew when the sandbox starts', async () => {
  const path = stateFile();
  const post = { id: '1', text: 'x', createdAt: 1, deletedAt: null, source: 'api' };
  const line = `${JSON.stringify({ kind: 'create', post })}\n`;
  writeFileSync(path, line.repeat(20_001));
  await runSandbox({ stateFile: path });
  expect(readFileSync(path, 'utf8')).toBe(line);
});

test('a reset forgets posts, requests and faults, on disk too', async () => {
  const path = stateFile();
  const sandbox = await runSandbox({ stateFile: path });
  await call(sandbox, 'POST', '/2/tweets', { text: 'x' });
  await ask(sandbox, 'POST', '/sandbox/faults', { fault: 'status' });
  await ask(sandbox, 'POST', '/sandbox/feed', { title: 'added', url: 'https://www.jpo.go.jp/added.html' });
  expect((await ask(sandbox, 'POST', '/sandbox/reset')).status).toBe(204);
  for (const what of ['posts', 'requests', 'faults']) {
    expect((await ask(sandbox, 'GET', `/sandbox/${what}`)).json).toEqual([]);
  }
  expect((await ask(sandbox, 'GET', '/feed.xml')).text).not.toContain('added');
  await sandbox.close();
  expect(await postsOf(await runSandbox({ stateFile: path }))).toEqual([]);
});

test('the log shows what arrived, byte for byte, and none of the secrets', async () => {
  const sandbox = await runSandbox();
  const body = '{"text":"\\u7279許庁"}';
  await call(sandbox, 'POST', '/2/tweets', body);
  await fetch(`${sandbox.feedUrl}?x=1`, { headers: { 'user-agent': 'reader/1.0' } });
  await ask(sandbox, 'GET', '/elsewhere');
  const answer = await ask(sandbox, 'GET', '/sandbox/requests');
  expect(answer.json).toMatchObject([
    {
      number: 1,
      method: 'POST',
      path: '/2/tweets',
      body,
      status: 201,
      fault: null,
      headers: { authorization: 'OAuth (hidden)' },
    },
    {
      number: 2,
      method: 'GET',
      path: '/feed.xml',
      query: { x: '1' },
      status: 200,
      headers: { 'user-agent': 'reader/1.0' },
    },
    { number: 3, method: 'GET', path: '/elsewhere', status: 404 },
  ]);
  for (const secret of Object.values(SANDBOX_CREDENTIALS)) expect(answer.text).not.toContain(secret);
  expect(answer.text).not.toContain('oauth_signature');
});

test.each([
  { name: 'a body of more than a megabyte', body: 'x'.repeat(1_048_577), status: 413 },
  { name: 'a body of unknown length', body: new Blob(['x']).stream(), status: 411 },
])('$name is refused', async ({ body, status }) => {
  const sandbox = await runSandbox();
  const response = await fetch(`${sandbox.url}/sandbox/feed`, {
    method: 'PUT',
    body,
    duplex: 'half',
  });
  expect(response.status).toBe(status);
});

test('a sender that leaves in the middle of its request leaves no warning behind', async () => {
  const sandbox = await runSandbox();
  warnings.length = 0;
  const socket = connect(sandbox.port, '127.0.0.1');
  socket.write('POST /2/tweets HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"text"', () =>
    socket.destroy(),
  );
  await once(socket, 'close');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await ask(sandbox, 'GET', '/sandbox/requests')).json).toMatchObject([
    { path: '/2/tweets', body: null },
  ]);
  expect(warnings).toEqual([]);
});

test('a port that is taken is said by the error, and a closed sandbox frees its own', async () => {
  const first = await runSandbox();
  await expect(runSandbox({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  await first.close();
  expect((await runSandbox({ port: first.port })).port).toBe(first.port);
});

const page = async (sandbox: Sandbox): Promise<string> => (await fetch(sandbox.timelineUrl)).text();
const visible = (html: string): string => html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, '');

test('the page says in both languages that nothing reaches X, before and after the first post', async () => {
  const sandbox = await runSandbox();
  for (const text of ['', '最初の投稿']) {
    if (text !== '') await call(sandbox, 'POST', '/2/tweets', { text });
    const html = await page(sandbox);
    expect(html).toContain('サンドボックス（練習用）です。この画面の投稿は、Xには一切送信されません。');
    expect(html).toContain('Sandbox — nothing here reaches X.');
    expect(html.includes('まだ投稿はありません')).toBe(text === '');
  }
});

test('the page shows posts newest first, links shortened but leading to the full address, and no live markup', async () => {
  const sandbox = await runSandbox({ now: () => Date.parse('2026-11-22T02:15:07Z') });
  const link = 'https://www.jpo.go.jp/news/koho/saigai/1122_jishin.html?a=1&b=2';
  await ask(sandbox, 'POST', '/sandbox/posts', { text: '一つ目 <b>"Q&A"</b>' });
  await ask(sandbox, 'POST', '/sandbox/posts', { text: `二つ目\n${link}` });
  const html = await page(sandbox);
  expect(html).toContain(
    `href="${link.replace('&', '&amp;')}" rel="noreferrer">jpo.go.jp/news/koho/saiga…</a></p>`,
  );
  expect(html).toContain('>一つ目 &lt;b&gt;&quot;Q&amp;A&quot;&lt;/b&gt;</p>');
  expect(html).toContain('<p class="text" lang="ja">二つ目\n<a ');
  expect(html.indexOf('二つ目')).toBeLessThan(html.indexOf('一つ目'));
  expect(visible(html)).toContain('2026-11-22 11:15:07 日本時間 / JST');
  expect(html).not.toContain('<script');
});

test('the page reloads itself every few seconds until its reader asks it to stand still', async () => {
  const sandbox = await runSandbox();
  expect(await page(sandbox)).toContain('<meta http-equiv="refresh" content="5" />');
  expect(await page(sandbox)).toContain('href="?refresh=off"');
  const still = await (await fetch(`${sandbox.timelineUrl}?refresh=off`)).text();
  expect(still).not.toContain('http-equiv="refresh"');
  expect(still).toContain('この画面の自動更新は停止しています。');
});

test('the page shows the newest hundred posts and says how many more there are', async () => {
  const sandbox = await runSandbox();
  for (let n = 1; n <= 103; n += 1) await ask(sandbox, 'POST', '/sandbox/posts', { text: `post ${n}.` });
  const html = await page(sandbox);
  expect(html.match(/<article /g)).toHaveLength(100);
  expect(html).not.toContain('post 3.');
  expect(html).toContain('ほかに以前の投稿が3件あります。');
});

test('the address that X would give a post leads to it', async () => {
  const sandbox = await runSandbox();
  const post = (await ask<Post>(sandbox, 'POST', '/sandbox/posts', { text: 'お知らせ' })).json;
  const path = `${sandbox.url}/kosatsu_sandbox/status/${post.id}`;
  const found = await fetch(path, { redirect: 'manual' });
  expect([found.status, found.headers.get('location')]).toEqual([302, `/?refresh=off#p${post.id}`]);
  await call(sandbox, 'DELETE', `/2/tweets/${post.id}`);
  expect((await fetch(path)).status).toBe(404);
});

test('a deleted post leaves the page, and the handle has a page of its own', async () => {
  const sandbox = await runSandbox();
  const post = (await ask<Post>(sandbox, 'POST', '/sandbox/posts', { text: '取り下げる投稿' })).json;
  expect(await page(sandbox)).toContain('取り下げる投稿');
  await call(sandbox, 'DELETE', `/2/tweets/${post.id}`);
  expect(await page(sandbox)).not.toContain('取り下げる投稿');
  expect((await fetch(`${sandbox.url}/@kosatsu_sandbox`)).status).toBe(200);
  expect((await fetch(`${sandbox.url}/@somebody`)).status).toBe(404);
});
