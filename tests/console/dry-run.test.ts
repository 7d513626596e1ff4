import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createDocumentShelf } from '../../src/adapters/file/document-shelf.ts';
import { createParser } from '../../src/adapters/parser/parser.ts';
import { pollFeed } from '../../src/app/poll-feed.ts';
import { createFeedReader, createKeptReader } from '../../src/app/read-feed.ts';
import { SCOPE, START, aFakeApp, type FakeApp } from '../app/fake-app.ts';
import { TestConsole } from './visitor.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const RSS = `<?xml version="1.0" encoding="Shift_JIS"?><rss version="2.0"><channel><title>新着</title>
<item><title>令和8年能登沖地震により影響を受けた手続の取扱いについて</title><link>https://www.jpo.go.jp/news/koho/saigai/noto.html</link></item>
<item><title>特許庁ステータスレポート2026を公表しました</title><link>https://www.jpo.go.jp/resources/report/2026.html</link></item>
<item><title>&lt;b&gt;職員採用情報&lt;/b&gt;</title><link>https://www.jpo.go.jp/news/saiyo.html</link></item>
</channel></rss>`;

/** An app whose first feed gives the document, read and kept as in the program itself. */
async function anApp(document: Uint8Array): Promise<FakeApp> {
  const folder = await mkdtemp(join(tmpdir(), 'dry-run-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const parser = createParser();
  ends.push(() => parser.close());
  const plain = aFakeApp();
  const reader = createFeedReader({
    fetcher: {
      get: ({ url }) =>
        Promise.resolve({
          kind: 'document',
          status: 200,
          bytes: document,
          contentType: 'text/xml',
          finalUrl: url,
          etag: null,
          lastModified: null,
          hints: { freshForMs: null, certificateExpiresAt: null },
        }),
    },
    parser,
    readFile: () => Promise.resolve({ kind: 'failed', problem: { code: 'unreachable', detail: '' } }),
    contact: '',
  });
  const documents = createDocumentShelf(folder, plain.log);
  return aFakeApp({ reader, documents, readKept: createKeptReader(parser) });
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a dry run', () => {
  test('of a pasted document shows a card for each item, whatever encoding it claims, and records nothing', async () => {
    const app = await anApp(bytesOf(''));
    const sato = await new TestConsole(app).signedIn();
    const { csrf = '' } = await sato.form('/account', '/sign-out');
    const { status, html } = await sato.post('/dry-run', { csrf, document: RSS, give: 'show' });
    expect(status).toBe(200);
    expect(html.split('<article').length - 1).toBe(3);
    expect(html).toContain('能登沖地震');
    expect(html).not.toContain('<b>職員');
    expect(await app.store.list({ scope: SCOPE })).toEqual([]);
    expect(app.publisher.sent).toEqual([]);
  });

  test('of a pasted document is had as one file without a link to anything of ours', async () => {
    const sato = await new TestConsole(await anApp(bytesOf(''))).signedIn();
    const { csrf = '' } = await sato.form('/account', '/sign-out');
    const file = await sato.post('/dry-run', { csrf, document: RSS, give: 'download' });
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.html).toContain('能登沖地震');
    expect(file.html).not.toMatch(/<script|<link|src=/u);
  });

  test.each([
    ['', 'problems'],
    ['no feed at all', 'problems'],
    ['x'.repeat(500_001), 'too long'],
  ])('of %j says what is wrong', async (document, said) => {
    const sato = await new TestConsole(await anApp(bytesOf(''))).signedIn();
    const { csrf = '' } = await sato.form('/account', '/sign-out');
    const { status, html } = await sato.post('/dry-run', { csrf, document });
    expect(status).toBe(200);
    expect(html).toContain(said);
  });

  test('takes no more than a document: larger bodies are refused unread', async () => {
    const sato = await new TestConsole(await anApp(bytesOf(''))).signedIn();
    expect((await sato.post('/dry-run', { document: 'あ'.repeat(200_000) })).status).toBe(413);
  });

  test('replays what a poll read, also after the feed has changed, and says when it is no longer kept', async () => {
    const app = await anApp(bytesOf(RSS));
    const feed = app.config.feeds.find(({ kind }) => kind === 'feed');
    if (feed === undefined) throw new Error('no feed is configured');
    await pollFeed(app, feed, new AbortController().signal);
    const sato = await new TestConsole(app).signedIn();
    const value = `${feed.name}@${String(START)}`;
    expect((await sato.get('/dry-run')).html).toContain(`value="${value}"`);
    const replay = await sato.get(`/dry-run?stored=${encodeURIComponent(value)}`);
    // This feed is asked for titles with these words only.
    expect(replay.html.split('<article').length - 1).toBe(1);
    expect(replay.html).toContain('ステータスレポート');
    expect((await sato.get(`/dry-run/download?stored=${encodeURIComponent(value)}`)).html).toContain(
      'ステータスレポート',
    );
    expect((await sato.get('/dry-run?stored=gone%401')).html).toContain('no longer kept');
    expect((await sato.get(`/dry-run?stored=${feed.name}@0`)).html).toContain('no longer kept');
  });
});
