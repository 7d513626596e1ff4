import { describe, expect, test } from 'vitest';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE } from '../app/fake-app.ts';
import { layOut } from './desk.ts';
import { TestConsole } from './visitor.ts';

describe('everybody', () => {
  test('reads what was announced in both feeds, and nothing that is held or was taken back', async () => {
    const console = new TestConsole();
    await publishedEntry(console.app, { id: 'e1', text: '公開 <b>&amp;\u0001 https://www.jpo.go.jp/1.html' });
    await console.app.store.recordEntry(aRealEntry({ id: 'e2', state: 'held', text: '秘密' }));
    await console.app.store.recordEntry(aRealEntry({ id: 'e3', state: 'cancelled', text: '秘密の二' }));
    const rss = await console.browser().get('/feed.xml');
    expect(rss.headers.get('content-type')).toContain('application/rss+xml');
    expect(rss.html).toContain('公開 &lt;b&gt;&amp;amp; https://www.jpo.go.jp/1.html');
    const json: { items: { content_text: string }[] } = JSON.parse(
      (await console.browser().get('/feed.json')).html,
    );
    expect(json.items.map((item) => item.content_text)).toEqual([
      '公開 <b>&amp;\u0001 https://www.jpo.go.jp/1.html',
    ]);
    expect(rss.html).not.toContain('秘密');
    expect(rss.html).toMatch(
      /<atom:link href="http:[^"]+\/feed\.xml" rel="self" type="application\/rss\+xml"\/>/u,
    );
    expect(json).toMatchObject({ home_page_url: expect.stringMatching(/\/policy$/u) });
  });

  test('is told in both feeds where they stand behind the proxy, which speaks https', async () => {
    const app = aFakeApp();
    const origin = 'https://kosatsu.example.go.jp';
    const config = { ...app.config, console: { ...app.config.console, origin } };
    const { pages } = new TestConsole({ ...app, config });
    const read = async (path: string): Promise<string> =>
      (await pages.request(`http://kosatsu.example.go.jp${path}`)).text();
    expect(await read('/feed.xml')).toContain(`<atom:link href="${origin}/feed.xml" rel="self"`);
    expect(JSON.parse(await read('/feed.json'))).toMatchObject({
      feed_url: `${origin}/feed.json`,
      home_page_url: `${origin}/policy`,
    });
  });

  test.each([
    ['ja', '返信、リポスト、フォロー'],
    ['en', 'never replies, reposts, follows'],
  ] as const)('reads the policy in %s, with the sites that posts link to', async (lang, words) => {
    const { html } = await new TestConsole().browser(lang).get('/policy');
    expect(html).toContain(words);
    expect(html).toContain('jpo.go.jp');
    expect(html).not.toContain('<nav');
  });

  test('reads the policy in the institution’s own words, in both languages, with its version and the opinion box', async () => {
    const console = new TestConsole();
    const { published, version } = console.app.config.policy;
    if (published === null) return expect.fail('the shipped policy has no text');
    const { html } = await console.browser('en').get('/policy');
    const words = [published.ja, published.en].flatMap(({ title, clauses }) => [title, ...clauses]);
    for (const said of [...words, version]) expect(html).toContain(said.replaceAll("'", '&#39;'));
    expect(html).toContain(`href="${published.opinionBox}"`);
    const without = { ...console.app.config.policy, published: null };
    const bare = new TestConsole({ ...console.app, config: { ...console.app.config, policy: without } });
    expect((await bare.browser('en').get('/policy')).status).toBe(200);
  });

  test('keeps the language that was chosen, on the same page', async () => {
    const browser = new TestConsole().browser('ja');
    expect((await browser.get('/policy')).html).toContain('href="?lang=en"');
    await browser.get('/policy?lang=en');
    expect((await browser.get('/policy')).html).toContain('<html lang="en"');
  });
});

describe('mode and account', () => {
  test.each([
    ['live', '[LIVE] @jpo_test', 'posts go to @jpo_test'],
    ['sandbox', '[SANDBOX] @jpo_test', 'nothing here reaches X'],
    ['drill', '[DRILL] @jpo_test', 'nothing here reaches X'],
  ] as const)('of %s stand in band, title and icon of every page', async (mode, title, band) => {
    const console = new TestConsole(aFakeApp({ scope: { ...SCOPE, mode } }));
    const sato = await console.signedIn();
    for (const path of ['/', '/urgent', '/history', '/policy', '/nothing']) {
      const { html } = await sato.get(path);
      expect(html).toContain(`<div class="band ${mode}">`);
      expect(html).toContain(band);
      expect(html).toContain(title);
      expect(html).toContain(`href="/favicon-${mode}.svg"`);
    }
    // And a post that stands nowhere but here is not said to stand on X without a word of that.
    await publishedEntry(console.app, { id: 'e1', mode });
    const { html } = await sato.get('/posts/e1');
    expect(html.includes('never reach')).toBe(mode !== 'live');
    expect((await sato.get(`/favicon-${mode}.svg`)).headers.get('content-type')).toBe('image/svg+xml');
  });
});

test.each(['/posts/published1/withdraw', '/posts/held1/edit', '/batches/b1', '/urgent', '/pause'])(
  'the answer to a form sent to %s leads to a page that exists in the other language',
  async (at) => {
    const console = new TestConsole();
    await layOut(console);
    const sato = await console.signedIn();
    const refused = await sato.post(at, { csrf: 'of another sign-in' });
    expect(refused.status).toBe(403);
    const [, link = ''] = /class="language" href="([^"]+)"/u.exec(refused.html) ?? [];
    const { pathname, search } = new URL(link.replaceAll('&amp;', '&'), `http://127.0.0.1${at}`);
    const there = await sato.get(pathname + search);
    expect(there.status).toBe(200);
    expect(there.html).toContain('<html lang="ja">');
  },
);
