import { describe, expect, test } from 'vitest';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { deleteWithdrawn } from '../../src/app/withdraw-post.ts';
import { publishedEntry } from '../app/fake-app.ts';
import { hiddenFields, TestConsole } from './visitor.ts';

const NOTICE = '地震により影響を受けた方の手続について https://www.jpo.go.jp/news/koho/saigai/noto.html';
const HERE = '/posts/u1/withdraw';

async function withNotice(): Promise<TestConsole> {
  const console = new TestConsole();
  const url = 'https://www.jpo.go.jp/news/koho/saigai/noto.html';
  await publishedEntry(console.app, {
    id: 'u1',
    kind: 'forced',
    topic: 'urgent',
    text: NOTICE,
    url,
    source: null,
  });
  return console;
}

describe('a live urgent post', () => {
  test.each(['/', '/posts/u1'])(
    'shows on %s its prepared correction and the time since it was posted',
    async (path) => {
      const console = await withNotice();
      console.app.clock.boot += 754_000;
      const sato = await console.signedIn('佐藤', 'ja');
      const { html } = await sato.get(path);
      expect(html).toMatch(/role="timer"\s+data-seconds="754"/u);
      expect(html).toMatch(/>12分34秒</u);
      expect(hiddenFields(html, HERE)['correction']).toContain('訂正');
    },
  );

  test('is one tap on the board from the page that names what will be deleted and posted, with the clock', async () => {
    const console = await withNotice();
    console.app.clock.boot += 754_000;
    const sato = await console.signedIn('佐藤', 'ja');
    const fields = await sato.form('/', HERE);
    const { html, status } = await sato.post(HERE, { ...fields, step: 'look' });
    expect(status).toBe(200);
    expect(html).toContain('地震により影響を受けた方の手続について');
    expect(html).toContain('訂正】');
    expect(html).toMatch(/>12分34秒</u);
    expect(html).toContain('@jpo_test の投稿を今すぐ取り下げ、訂正を投稿する');
    expect(await console.app.store.list({})).toHaveLength(1);
    await sato.post(HERE, { ...hiddenFields(html, HERE), reason: '日付の誤り', step: 'do' });
    expect((await console.app.store.find('u1'))?.state).toBe('withdrawing');
    expect(await console.app.store.list({})).toHaveLength(2);
  });

  test('is withdrawn and corrected in one step, and the clock runs until both are done', async () => {
    const console = await withNotice();
    const { app } = console;
    const sato = await console.signedIn('佐藤');
    const form = await sato.form('/', HERE);
    app.clock.boot += 60_000;
    const { to } = await sato.post(HERE, { ...form, reason: '日付の誤り', step: 'do' });
    expect((await sato.get(to ?? '')).html).toContain('Correcting wrong post u1');
    app.clock.boot += 5_000;
    const open = await sato.get('/');
    expect(open.html).toMatch(/>1 min 5 s</u);
    expect(open.html).toContain('Deletion at X: not yet');
    expect(app.publisher.sent).toHaveLength(0);
    const held = await app.lease.acquire('worker', 0);
    if (held.kind === 'busy') return expect.fail('the lease is taken');
    const { signal } = new AbortController();
    await publishNext(app, { lease: held.lease, guard: new TimelineGuard() }, 'urgent', signal);
    await deleteWithdrawn(app, signal);
    expect(app.publisher.sent.map(({ text }) => text)).toEqual([form['correction']]);
    expect(app.publisher.deleted).toHaveLength(1);
    expect((await sato.get('/')).html).not.toContain('Correcting wrong post');
  });

  test('is corrected once, also when the button is hit twice or by two people', async () => {
    const console = await withNotice();
    const [sato, mori] = [await console.signedIn('sato'), await console.signedIn('mori')];
    const [one, two] = [await sato.form('/', HERE), await mori.form('/', HERE)];
    const send = { reason: 'wrong', step: 'do' };
    const [first, again] = await Promise.all([
      sato.post(HERE, { ...one, ...send }),
      sato.post(HERE, { ...one, ...send }),
    ]);
    expect(again.to).toBe(first.to);
    const late = await mori.post(HERE, { ...two, ...send });
    expect((await mori.get(late.to ?? '')).html).toContain('sato changed the post');
    expect((await console.app.store.list({})).filter(({ kind }) => kind === 'correction')).toHaveLength(1);
  });

  test('alone has a correction ready: an ordinary update has none', async () => {
    const console = new TestConsole();
    await publishedEntry(console.app, { id: 'm1', topic: 'main' });
    const sato = await console.signedIn();
    expect((await sato.get('/')).html).not.toContain('role="timer"');
    expect((await sato.get('/posts/m1')).html).not.toContain('role="timer"');
  });
});
