import { describe, expect, test } from 'vitest';
import { act } from '../../src/app/operator-actions.ts';
import { consoleLimits } from '../../src/limits/edges.ts';
import { aRealEntry, publishedEntry, START } from '../app/fake-app.ts';
import { seat } from './desk.ts';
import { TestConsole, type Browser } from './visitor.ts';

const DAY = 86_400_000;

/** The posts of a page in its order, and where its links to other pages lead. */
async function pageOf(
  browser: Browser,
  path: string,
): Promise<{ ids: string[]; older: string | null; html: string }> {
  const { html } = await browser.get(path);
  const ids = [...html.matchAll(/href="\/posts\/([^"]+)"/gu)].map(([, id = '']) => id);
  const older = /rel="next" href="([^"]+)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
  return { ids, older, html };
}

/** So many posts, one a day back from now. */
async function archive({ app }: TestConsole, count: number): Promise<void> {
  for (let no = 0; no < count; no += 1) {
    const id = `e${String(no).padStart(4, '0')}`;
    const text = `第${String(no)}号 https://www.jpo.go.jp/${id}.html`;
    const createdAt = START - no * DAY;
    await app.store.recordEntry(aRealEntry({ id, originKey: id, text, createdAt, state: 'cancelled' }));
  }
}

describe('the history', () => {
  test.each([
    ['text=第二', ['e2']],
    ['state=held', ['e1']],
    ['by=mori', ['e2']],
    ['by=ＳＡＴＯ', ['e1']],
    ['by=nobody', []],
    ['text=ｊｐｏ', ['e1', 'e2']],
    ['from=2026-10-02', []],
    ['from=2026-10-01&to=2026-10-01', ['e1', 'e2']],
    ['text=nowhere', []],
    ['after=wrong&state=unknown&from=never', ['e1', 'e2']],
    ['to=2026-02-31', ['e1', 'e2']],
  ])('searched for %s shows %j', async (query, ids) => {
    const console = new TestConsole();
    await console.app.store.recordEntry(aRealEntry({ id: 'e1', state: 'queued' }));
    await publishedEntry(console.app, {
      id: 'e2',
      text: '第二のお知らせ https://www.jpo.go.jp/2.html',
      by: 'mori',
    });
    // Sato neither made nor approved it: that they held it back stands in the log alone.
    await act(console.app, { kind: 'hold', id: 'e1', by: 'Sato', reason: '確認' });
    const page = await pageOf(await console.signedIn(), `/history?${query}`);
    expect(page.ids.toSorted((a, b) => a.localeCompare(b))).toEqual(ids);
    expect(page.older).toBeNull();
  });

  test('leads page by page to the oldest post, without a post twice or left out', async () => {
    const console = new TestConsole();
    const count = consoleLimits.foundMax * 2 + 3;
    await archive(console, count);
    const sato = await console.signedIn();
    const all: string[] = [];
    let next: string | null = '/history?text=jpo';
    let pages = 0;
    while (next !== null) {
      const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(sato, next);
      all.push(...page.ids);
      next = page.older;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(all).toEqual(Array.from({ length: count }, (_, no) => `e${String(no).padStart(4, '0')}`));
  });

  test('finds the oldest post among more than one page looks through, a page further', async () => {
    const console = new TestConsole();
    await archive(console, consoleLimits.searchedMax + 2);
    const sato = await console.signedIn();
    const oldest = `e${String(consoleLimits.searchedMax + 1)}`;
    const first = await pageOf(sato, `/history?text=${oldest}`);
    expect(first).toMatchObject({ ids: [], html: expect.stringContaining('posts were looked at') });
    expect(await pageOf(sato, first.older ?? '')).toMatchObject({ ids: [oldest], older: null });
  });

  test('hands out the audit log of the days of the search, as a table or as lines, to whoever may have it', async () => {
    const console = new TestConsole();
    await console.app.store.recordEntry(aRealEntry({ id: 'e1', state: 'held' }));
    const sato = await console.signedIn();
    expect((await sato.get('/history')).html).toContain('formaction="/history/audit.csv"');
    const csv = await sato.get('/history/audit.csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="kosatsu-audit.csv"');
    expect(csv.html).toMatch(/^\uFEFF?"[^"]+",/u);
    expect(csv.html.split('\r\n').length).toBeGreaterThan(2);
    const lines = (await sato.get('/history/audit.jsonl')).html.trim().split('\r\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ subject: 'e1' }),
    );
    expect((await sato.get('/history/audit.jsonl?to=1999-12-31')).html).toBe('');
  });

  test('hands out every post of the search, also those that the page does not show', async () => {
    const console = new TestConsole();
    await archive(console, consoleLimits.foundMax + 2);
    await console.app.store.recordEntry(
      aRealEntry({ id: 'evil', text: '=HYPERLINK("https://example.com")' }),
    );
    const sato = await console.signedIn('sato', 'ja');
    const csv = await sato.get('/history/posts.csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="kosatsu-posts.csv"');
    expect(csv.html).toMatch(/^\uFEFF?"番号","状態"/u);
    expect(csv.html.trim().split('\r\n')).toHaveLength(1 + consoleLimits.foundMax + 3);
    expect(csv.html).toContain(`"'=HYPERLINK(""https://example.com"")"`);
    const found = await sato.get('/history/posts.jsonl?text=e0001');
    expect(
      found.html
        .trim()
        .split('\r\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([expect.objectContaining({ id: 'e0001', state: 'cancelled' })]);
    const records = await console.app.governance.auditRecords(0, 1_000);
    expect(records.map(({ body }): unknown => JSON.parse(body))).toContainEqual(
      expect.objectContaining({ act: 'records.exported', subject: 'posts', after: { format: 'jsonl' } }),
    );
  });

  test('offers no export to who may have none, and looking at the page is no refused act', async () => {
    const console = new TestConsole();
    const mori = await seat(console, 'mori', ['viewer']);
    expect((await mori.get('/history')).html).not.toContain('formaction');
    const records = await console.app.governance.auditRecords(0, 1_000);
    expect(records.filter(({ body }) => body.includes('"act":"refused"'))).toEqual([]);
  });
});
