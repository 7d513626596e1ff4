import { describe, expect, test } from 'vitest';
import { searchAudit } from '../../src/app/search-audit.ts';
import { act } from '../../src/app/operator-actions.ts';
import { pausePublishing } from '../../src/app/pauses.ts';
import { consoleLimits } from '../../src/limits/edges.ts';
import { aFakeApp, aRealEntry, SCOPE, START } from '../app/fake-app.ts';
import { seat } from './desk.ts';
import { TestConsole, type Browser } from './visitor.ts';

/** What the page lists, row by row, without markup. */
async function rowsOf(browser: Browser, path: string): Promise<string[]> {
  const { html } = await browser.get(path);
  return (html.split('<tbody')[1]?.split('</tbody>')[0]?.split('<tr').slice(1) ?? []).map((row) =>
    row
      .replaceAll(/^[^>]*>|<[^>]+>/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  );
}

describe('the page of the audit log', () => {
  async function withActs(): Promise<TestConsole> {
    const console = new TestConsole();
    const { app } = console;
    await app.store.recordEntry(aRealEntry({ id: 'e1', state: 'held' }));
    await act(app, { kind: 'cancel', id: 'e1', by: '森', reason: '古い内容のため' });
    await act(app, { kind: 'cancel', id: 'e1', by: 'mori', reason: 'again' });
    app.clock.boot += 86_400_000;
    await pausePublishing(app, { by: '佐藤', reason: '点検 <b>' });
    return console;
  }

  test('shows who did what, and what was refused, the newest first, with the post it was done to', async () => {
    const sato = await (await withActs()).signedIn('sato', 'ja');
    const rows = await rowsOf(sato, '/audit');
    expect(rows).toEqual([
      '2026年10月2日（金）12:00 投稿の停止 佐藤 すべての投稿 点検 &lt;b&gt;',
      '2026年10月1日（木）12:00 拒否（取消し） mori e1 現在の状態では不可',
      '2026年10月1日（木）12:00 取消し 森 e1 古い内容のため',
      '2026年10月1日（木）12:00 記録 自動 e1',
    ]);
    expect((await sato.get('/audit')).html).toContain('href="/posts/e1"');
  });

  test.each([
    ['text=停止', 1],
    ['text=古い', 1],
    ['text=現在の状態', 1],
    ['by=ＭＯＲＩ', 1],
    ['by=kosatsu', 1],
    ['from=2026-10-02', 1],
    ['to=2026-10-01', 3],
    ['text=nothing', 0],
  ])('finds by %s', async (query, count) => {
    const sato = await (await withActs()).signedIn('sato', 'ja');
    expect(await rowsOf(sato, `/audit?${query}`)).toHaveLength(count);
  });

  test('is for those who may have the record, and is named to nobody else', async () => {
    const console = await withActs();
    const viewer = await seat(console, 'anne', ['viewer']);
    expect((await viewer.get('/audit')).status).toBe(403);
    expect((await viewer.get('/history')).html).not.toContain('href="/audit"');
    const approver = await seat(console, 'ben', ['approver']);
    expect((await approver.get('/history')).html).toContain('href="/audit"');
  });
});

test('a log of any length is gone through page by page, and every record is met once', async () => {
  const app = aFakeApp();
  const fact = { scope: SCOPE, actor: 'kosatsu', act: 'records.exported', before: null, after: null };
  const count = consoleLimits.searchedAtOnce + consoleLimits.foundMax + 7;
  for (let no = 1; no <= count; no += 1)
    await app.governance.note({ ...fact, at: START, subject: String(no), reason: null, policyVersion: null });
  const met: string[] = [];
  const search = { text: '', by: '', madeFrom: null, madeBefore: null };
  let before: number | null = null;
  do {
    const { lines, next } = await searchAudit(app, search, { before, nameOf: (name) => name });
    met.push(...lines.map(({ subject }) => subject ?? ''));
    before = next;
  } while (before !== null);
  expect(met).toEqual(Array.from({ length: count }, (_, at) => String(count - at)));
  // A number that no record has yet, as somebody may type it, is where the log ends.
  const typed = await searchAudit(app, search, { before: 999_999_999_999_999, nameOf: (name) => name });
  expect(typed.lines[0]?.subject).toBe(String(count));
});
