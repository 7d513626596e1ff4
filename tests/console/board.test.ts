import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pausePublishing } from '../../src/app/pauses.ts';
import { emptyFeedState } from '../../src/feed/feed-state.ts';
import { aFakeApp, aRealEntry, publishedEntry, START } from '../app/fake-app.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { TestConsole } from './visitor.ts';

const HOUR = 3_600_000;

/** What stands on the board under the heading of this id, as text. */
function under(html: string, id: string): string {
  const part = html.split(`aria-labelledby="${id}"`)[1]?.split('</section>')[0] ?? '';
  return part.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');
}

test('the board tells what goes out next and when, what went out, the age of each feed, and what it cost', async () => {
  const base = aFakeApp();
  const x = { ...base.config.x, apiUrl: new URL('http://127.0.0.1:9/') };
  const console = new TestConsole({
    ...base,
    config: { ...base.config, x, feeds: [feedConfig({ name: 'jpo' })] },
  });
  const { app } = console;
  const { remoteId } = await publishedEntry(app, { id: 'out1', text: '公表しました。' });
  await publishedEntry(app, { id: 'out2', originKey: 'o2', topic: 'urgent', text: '緊急です。' });
  await app.store.recordEntry(
    aRealEntry({ id: 'later1', originKey: 'o3', dueAt: START + 2 * HOUR, text: '後です。' }),
  );
  await app.store.recordEntry(
    aRealEntry({ id: 'soon1', originKey: 'o4', dueAt: START + HOUR, text: '先です。' }),
  );
  await app.store.saveFeedState(app.scope, { ...emptyFeedState('jpo'), lastNewItemAt: START - 5 * HOUR });
  const { html } = await (await console.signedIn()).get('/');
  expect(under(html, 'next')).toMatch(
    /due Thu 1 Oct 2026 13:00 JST 先です。.*due Thu 1 Oct 2026 14:00 JST 後です。/u,
  );
  expect(under(html, 'last')).toMatch(/緊急です。.*公表しました。/u);
  expect(html).toContain(`href="http://127.0.0.1:9/jpo_test/status/${remoteId ?? ''}"`);
  expect(html).toContain('Posted today: 2 of 40 (1 urgent; 10 are kept for urgent notices)');
  expect(html).toContain('Cost this month: 2 post(s), 0 deletion(s), at most 0.406 USD');
  expect(html).toContain('(5 hours ago)');
});

test('the board says that publishing is paused, by whom and why', async () => {
  const console = new TestConsole();
  expect((await (await console.signedIn()).get('/')).html).not.toContain('paused all publishing');
  await pausePublishing(console.app, { by: '森', reason: '誤りの確認のため' });
  const { html } = await (await console.signedIn()).get('/');
  expect(html).toMatch(/森 paused all publishing.*誤りの確認のため/u);
});

test.each(['css', 'js'])(
  'the page names its %s by a hash of the content, which browsers may keep',
  async (kind) => {
    const browser = new TestConsole().browser();
    const { html } = await browser.get('/sign-in');
    const path = new RegExp(`"(/\\w+-([0-9a-f]{12})\\.${kind})"`, 'u').exec(html)?.[1] ?? '';
    const file = await browser.get(path);
    expect(file.status).toBe(200);
    expect(path).toContain(createHash('sha256').update(file.html).digest('hex').slice(0, 12));
    expect(file.headers.get('cache-control')).toContain('immutable');
  },
);
