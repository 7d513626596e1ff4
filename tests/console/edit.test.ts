import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/outbox/entry.ts';
import { aRealEntry, publishedEntry } from '../app/fake-app.ts';
import { hiddenFields, TestConsole, type Browser } from './visitor.ts';

const LINK = 'https://www.jpo.go.jp/news/e1.html';
const BETTER = `審査基準を再び改訂しました ${LINK}`;
const HERE = '/posts/e1/edit';

async function withEntry(overrides: Partial<Entry> = {}): Promise<TestConsole> {
  const console = new TestConsole();
  const text = `審査基準を改訂しました ${LINK}`;
  await console.app.store.recordEntry(aRealEntry({ id: 'e1', state: 'held', text, ...overrides }));
  return console;
}

async function save(browser: Browser, text = BETTER, from?: Record<string, string>) {
  const fields = from ?? (await browser.form(HERE, HERE));
  return browser.post(HERE, { ...fields, text, reason: '表現の修正', step: 'save' });
}

describe('the page on which a post is edited', () => {
  test('is reached from a post that has not gone out, and from no other', async () => {
    const console = await withEntry();
    await publishedEntry(console.app, { id: 'e2', originKey: 'o2' });
    const sato = await console.signedIn();
    expect((await sato.get('/posts/e1')).html).toContain('href="/posts/e1/edit"');
    expect((await sato.get('/posts/e2')).html).not.toContain('/edit"');
    expect((await sato.get('/posts/none/edit')).status).toBe(404);
  });

  test('shows the new version, what changes and every check, and records nothing yet', async () => {
    const console = await withEntry();
    const sato = await console.signedIn();
    const fields = await sato.form(HERE, HERE);
    const { html, status } = await sato.post(HERE, { ...fields, text: BETTER, reason: 'r', step: 'look' });
    expect(status).toBe(200);
    expect(html).toContain('<ins><span class="unseen" lang="en">[added: </span>再び');
    expect(html).toContain('no unfilled placeholder');
    expect(html).toContain('Record the new version');
    expect(await console.app.store.list({})).toHaveLength(1);
  });

  test('records the new version, which waits; the old one says where it went, the new one what changed', async () => {
    const console = await withEntry({ state: 'queued' });
    const sato = await console.signedIn('佐藤');
    const answer = await save(sato);
    const page = await sato.get(answer.to ?? '');
    expect(page.html).toContain('Post e1 was edited');
    expect(page.html).toContain('What the edit changed');
    expect(page.html).toContain('<ins>');
    expect((await sato.get('/posts/e1')).html).toContain('Open the new version');
    const id = /posts\/(\w+)/u.exec(answer.to ?? '')?.[1] ?? '';
    expect(await console.app.store.find(id)).toMatchObject({ state: 'held', by: '佐藤', text: BETTER });
    expect(await console.app.store.find('e1')).toMatchObject({ state: 'cancelled', note: id });
  });

  test('keeps what was typed where policy refuses it, and offers no button to record it', async () => {
    const console = await withEntry();
    const { html, status } = await save(await console.signedIn(), `〇月〇日に改訂します ${LINK}`);
    expect(status).toBe(422);
    expect(html).toContain('〇月〇日に改訂します');
    expect(html).not.toContain('value="save"');
    const log = await console.app.governance.auditRecords(0, 100);
    expect(log.filter(({ body }) => body.includes('"act":"refused"'))).toHaveLength(1);
    expect(await console.app.store.list({})).toHaveLength(1);
  });

  test('sent twice makes one new version', async () => {
    const console = await withEntry();
    const sato = await console.signedIn();
    const form = await sato.form(HERE, HERE);
    const [one, two] = await Promise.all([save(sato, BETTER, form), save(sato, BETTER, form)]);
    expect(one.to).toBe(two.to);
    expect(await console.app.store.list({})).toHaveLength(2);
  });

  test('of the second of two people tells what the first one did', async () => {
    const console = await withEntry();
    const [sato, mori] = [await console.signedIn('sato'), await console.signedIn('mori')];
    const open = await mori.form(HERE, HERE);
    await save(sato);
    const answer = await save(mori, `別の言い方 ${LINK}`, open);
    expect((await mori.get(answer.to ?? '')).html).toContain('sato changed the post');
    expect(await console.app.store.list({})).toHaveLength(2);
  });

  test('counts while somebody types, by the code that records, also what is too long', async () => {
    const sato = await (await withEntry()).signedIn();
    const fields = await sato.form(HERE, HERE);
    const { html } = await sato.post(`${HERE}/check`, { ...fields, text: `${'長'.repeat(140)} ${LINK}` });
    expect(html).toContain('24 too many');
    expect((await sato.post(`${HERE}/check`, { ...fields, text: BETTER })).html).toContain(
      'left (as X counts)',
    );
  });

  test('shows text as text, whatever stands in it', async () => {
    const sato = await (await withEntry({ text: `<script>x</script> ${LINK}` })).signedIn();
    const { html } = await sato.get(HERE);
    expect(html).not.toContain('<script>x');
    expect(html).toContain('&lt;script&gt;x');
  });
});

test('an update shows what changed since the post before, in words for who cannot see the marks', async () => {
  const console = await withEntry({
    id: 'e2',
    originKey: 'o2',
    kind: 'update',
    predecessorId: 'e1',
    text: `審査基準を再び改訂しました ${LINK}`,
  });
  await publishedEntry(console.app, { id: 'e1', text: `審査基準を改訂しました ${LINK}` });
  await console.app.store.setFact(console.app.scope, 'account-name', '特許庁');
  const sato = await console.signedIn('sato', 'ja');
  const { html } = await sato.get('/posts/e2');
  // Both are shown as X shows them.
  expect(html.split('<span class="name">特許庁</span>')).toHaveLength(3);
  expect(html).toContain('前の投稿からの変更箇所');
  expect(html).toContain('［追加］</span>再び<span class="unseen" lang="ja">［ここまで］');
  expect(hiddenFields(html, '/posts/e2/decide')['revision']).toBe('1');
});
