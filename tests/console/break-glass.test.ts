import { describe, expect, test } from 'vitest';
import { publishNext } from '../../src/app/publish-next.ts';
import { openReviews } from '../../src/app/review-post.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import type { Role } from '../../src/governance/operator.ts';
import { aFakeApp } from '../app/fake-app.ts';
import { enrol } from './desk.ts';
import { hiddenFields, TestConsole, type Browser, type Page } from './visitor.ts';

const PASSWORD = 'correct horse battery staple';
const TYPED = {
  template: 'earthquake',
  'f-name': '令和8年能登沖地震',
  url: 'https://www.jpo.go.jp/news/koho/saigai/noto.html',
  lang: 'ja',
  reason: '二人目と連絡が取れない',
};

/** A console where two persons are required, with these people registered; whatever is due goes out at once. */
async function anOffice(people: Readonly<Record<string, readonly Role[]>>): Promise<TestConsole> {
  const base = aFakeApp();
  const { policy } = base.config;
  const approval = { ...policy.approval, forced: 'two' as const };
  const console = new TestConsole({ ...base, config: { ...base.config, policy: { ...policy, approval } } });
  const { app } = console;
  await enrol(console, people, PASSWORD);
  const held = await app.lease.acquire('worker', 0);
  if (held.kind === 'busy') return expect.fail('the lease is taken');
  const right = { lease: held.lease, guard: new TimelineGuard() };
  console.onKnock = () => void publishNext(app, right, 'urgent', new AbortController().signal);
  return console;
}

async function enter(console: TestConsole, name: string): Promise<Browser> {
  const browser = console.browser();
  expect((await browser.signIn(name, PASSWORD)).status).toBe(303);
  return browser;
}

async function look(browser: Browser): Promise<Page> {
  const open = await browser.form('/urgent', '/urgent');
  return browser.post('/urgent', { ...open, ...TYPED, step: 'look' });
}

describe('where two persons are required', { timeout: 60_000 }, () => {
  test('a notice is forced alone only with the password given once more; then a second person reviews it', async () => {
    const console = await anOffice({ sato: ['approver'], mori: ['approver'] });
    const { app } = console;
    const sato = await enter(console, 'sato');
    const shown = await look(sato);
    expect(shown.html).toContain('Submit for approval (approvals: 1 of 2; not posted until then)');
    expect(shown.html).toContain('now without the second person (approvals: 1 of 2)');
    const form = { ...hiddenFields(shown.html, '/urgent'), ...TYPED, step: 'break' };

    const wrong = await sato.post('/urgent', { ...form, password: 'a guess that is long enough' });
    expect(wrong.status).toBe(403);
    expect(wrong.html).toContain(TYPED['f-name']);
    expect(wrong.html).not.toContain('a guess');
    expect(app.publisher.sent).toHaveLength(0);

    const { to } = await sato.post('/urgent', { ...form, password: PASSWORD });
    expect((await sato.get(to ?? '')).html).toContain('Another person must review it.');
    expect(app.publisher.sent).toHaveLength(1);
    expect(app.told.map(({ code }) => code)).toContain('break-glass');
    const [review] = await openReviews(app);
    const id = review?.id ?? '';
    expect((await sato.get('/')).html).toContain('To be reviewed');
    expect((await sato.get(`/posts/${id}`)).html).toContain('You posted it yourself');

    const mori = await enter(console, 'mori');
    const fields = await mori.form(`/posts/${id}`, `/posts/${id}/review`);
    const own = await sato.post(`/posts/${id}/review`, {
      csrf: hiddenFields(shown.html, '/urgent')['csrf'] ?? '',
      key: '0'.repeat(32),
      reason: 'fine',
    });
    expect((await sato.get(own.to ?? '')).html).toContain('Another person must review it');
    expect(await openReviews(app)).toHaveLength(1);
    const done = await mori.post(`/posts/${id}/review`, { ...fields, reason: '内容は正しい' });
    expect((await mori.get(done.to ?? '')).html).toContain('by mori is on record');
    expect((await mori.get('/')).html).not.toContain('To be reviewed');
    expect(await openReviews(app)).toEqual([]);
  });

  test('an editor is not offered to force alone, and is refused who asks for it all the same', async () => {
    const console = await anOffice({ abe: ['editor'] });
    const abe = await enter(console, 'abe');
    const shown = await look(abe);
    expect(shown.html).toContain('Submit for approval');
    expect(shown.html).not.toContain('value="break"');
    const form = { ...hiddenFields(shown.html, '/urgent'), ...TYPED, step: 'break', password: PASSWORD };
    const refused = await abe.post('/urgent', form);
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('forcing a notice alone');
    expect(console.app.publisher.sent).toHaveLength(0);
    expect(await console.app.store.list({})).toEqual([]);
  });
});
