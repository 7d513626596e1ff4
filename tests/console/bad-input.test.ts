import { describe, expect, test } from 'vitest';
import { publishNext } from '../../src/app/publish-next.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { aRealEntry } from '../app/fake-app.ts';
import { hiddenFields, PRINTED, TestConsole, type Browser } from './visitor.ts';

const DAY = 24 * 3_600_000;
const TYPED = {
  template: 'earthquake',
  'f-name': '令和8年能登沖地震',
  url: 'https://www.jpo.go.jp/news/koho/saigai/noto.html',
  lang: 'ja',
  reason: '長官の指示',
};

/** A console whose worker publishes what is due when it is woken. */
async function working(app?: TestConsole['app']): Promise<TestConsole> {
  const console = new TestConsole(app);
  if (app === undefined) {
    const held = await console.app.lease.acquire('worker', 0);
    if (held.kind === 'busy') return expect.fail('the lease is taken');
    const right = { lease: held.lease, guard: new TimelineGuard() };
    console.onKnock = () => void publishNext(console.app, right, 'urgent', new AbortController().signal);
  }
  return console;
}

async function shown(browser: Browser): Promise<Record<string, string>> {
  const open = await browser.form('/urgent', '/urgent');
  const { html } = await browser.post('/urgent', { ...open, ...TYPED, step: 'look' });
  return { ...hiddenFields(html, '/urgent'), ...TYPED };
}

describe('a page that was left open for a day', () => {
  test('posts nothing when its button is pressed, says so, and goes on after signing in with what was typed', async () => {
    const console = await working();
    const sato = await console.signedIn();
    const form = await shown(sato);
    console.app.clock.boot += DAY;
    const answer = await sato.post('/urgent', { ...form, step: 'post' });
    expect(answer.status).toBe(401);
    expect(answer.html).toContain('nothing was posted or changed');
    expect(answer.html).toContain(TYPED['f-name']);
    const carried = hiddenFields(answer.html, '/sign-in?next=%2F');
    const wrong = await sato.post('/sign-in', { ...carried, name: 'sato', password: 'wrong' });
    expect(wrong.status).toBe(403);
    expect(wrong.html).toContain(TYPED['f-name']);
    const inside = await sato.post('/sign-in', { ...carried, name: 'sato', password: PRINTED });
    expect(inside.html).toContain('Nothing was done with what you had sent');
    const again = await sato.post('/urgent', { ...hiddenFields(inside.html, '/urgent'), step: 'look' });
    expect(again.html).toContain('令和8年能登沖地震により影響を受けた');
    expect(console.app.publisher.sent).toHaveLength(0);
    const post = { ...TYPED, ...hiddenFields(again.html, '/urgent'), step: 'post' };
    const { to } = await sato.post('/urgent', post);
    expect((await sato.get(to ?? '')).html).toContain('It is posted.');
    expect(console.app.publisher.sent).toHaveLength(1);
  });

  test('gives the reason of a decision back to be copied, decides nothing, and leads to the post', async () => {
    const console = await working();
    await console.app.store.recordEntry(aRealEntry({ id: 'e1', state: 'held' }));
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/decide');
    console.app.clock.boot += DAY;
    const answer = await sato.post('/posts/e1/decide', { ...form, act: 'approve', reason: '内容を確認した' });
    expect(answer.html).toContain('内容を確認した');
    expect(answer.html).not.toContain('kept.act');
    const carried = hiddenFields(answer.html, '/sign-in?next=%2F');
    const inside = await sato.post('/sign-in', { ...carried, name: 'sato', password: PRINTED });
    expect(inside.html).toContain('href="/posts/e1"');
    expect(inside.html).toContain('内容を確認した');
    expect((await console.app.store.find('e1'))?.state).toBe('held');
  });

  test('and was signed in to again elsewhere keeps what was typed as well', async () => {
    const console = await working();
    await console.app.store.recordEntry(aRealEntry({ id: 'e1', state: 'held' }));
    const sato = await console.signedIn();
    const form = await sato.form('/posts/e1', '/posts/e1/decide');
    console.app.clock.boot += DAY;
    await sato.signIn('sato', PRINTED);
    const answer = await sato.post('/posts/e1/decide', { ...form, act: 'approve', reason: '内容を確認した' });
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('Nothing was changed');
    expect(answer.html).toContain('内容を確認した');
    expect((await console.app.store.find('e1'))?.state).toBe('held');
  });

  test('never carries on a password, nor leads to another site', async () => {
    const console = await working();
    const stranger = console.browser();
    const answer = await stranger.post('/urgent', { reason: 'r', password: 'my own secret' });
    expect(answer.html).not.toContain('my own secret');
    const evil = {
      'kept.path': 'https://evil.example/',
      'kept.reason': 'r',
      name: 'sato',
      password: PRINTED,
    };
    expect((await stranger.post('/sign-in', evil)).html).not.toContain('evil.example');
  });
});

describe('a network that is lost in the middle of a post', () => {
  test.each([
    ['X has it', 'accept', 'It is posted.', 1],
    ['X refused it', { kind: 'rejected', detail: 'no' }, 'X refused', 1],
  ] as const)(
    'is asked again with the same form and tells the true state: %s',
    async (_, outcome, says, sent) => {
      const console = await working();
      console.app.publisher.outcomes = [outcome as never];
      const sato = await console.signedIn();
      const form = { ...(await shown(sato)), step: 'post' };
      await sato.post('/urgent', form); // This answer never reaches the person.
      const { to } = await sato.post('/urgent', form);
      expect((await sato.get(to ?? '')).html).toContain(says);
      expect(console.app.publisher.sent).toHaveLength(sent);
    },
  );

  test('and a program that was started anew since: still one notice, and the truth about it', async () => {
    const console = await working();
    const sato = await console.signedIn();
    const form = { ...(await shown(sato)), step: 'post' };
    await sato.post('/urgent', form);
    expect(console.app.publisher.sent).toHaveLength(1);
    // The sessions live in memory; the outbox does not.
    const anew = await working(console.app);
    const again = await anew.signedIn();
    const { csrf = '' } = await again.form('/urgent', '/urgent');
    const { to } = await again.post('/urgent', { ...form, csrf });
    expect((await again.get(to ?? '')).html).toContain('It is posted.');
    expect(console.app.publisher.sent).toHaveLength(1);
    expect(await console.app.store.list({})).toHaveLength(1);
  });

  test('and a form whose words were changed after it was posted is another notice, not given that answer', async () => {
    const console = await working();
    const sato = await console.signedIn();
    const form = { ...(await shown(sato)), step: 'post' };
    await sato.post('/urgent', form);
    const changed = { ...form, 'f-name': '令和8年別の地震' };
    const refused = await sato.post('/urgent', changed);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Submit a new notice instead');
    const looked = await sato.post('/urgent', { ...changed, step: 'look' });
    const { to } = await sato.post('/urgent', { ...changed, ...hiddenFields(looked.html, '/urgent') });
    expect((await sato.get(to ?? '')).html).toContain('It is posted.');
    expect(console.app.publisher.sent).toHaveLength(2);
  });

  test('while X itself gave no answer: called neither posted nor not posted, and not sent again', async () => {
    const console = await working();
    console.app.publisher.outcomes = ['accept-and-lose'];
    console.app.publisher.timelines = [
      { kind: 'unreadable', cause: 'network', until: null, detail: 'ECONNRESET' },
    ];
    const sato = await console.signedIn();
    const form = { ...(await shown(sato)), step: 'post' };
    const first = await sato.post('/urgent', form);
    const second = await sato.post('/urgent', form);
    expect(second.to).toBe(first.to);
    const { html } = await sato.get(second.to ?? '');
    expect(html).toContain('it is not known whether X posted it');
    expect(html).not.toContain('It is posted.');
    expect(console.app.publisher.sent).toHaveLength(1);
  });
});
