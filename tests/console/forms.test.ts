import { describe, expect, test } from 'vitest';
import { pausePublishing } from '../../src/app/pauses.ts';
import { ROLES } from '../../src/governance/operator.ts';
import { consoleMessages } from '../../src/messages/console.ts';
import { say } from '../../src/messages/sentence.ts';
import { face, layOut, seat } from './desk.ts';
import { ASKS, filled } from './routes.ts';
import { hiddenFields, TestConsole, type Browser } from './visitor.ts';

const ACTS = ASKS.filter(({ changes }) => changes === true);
/** A notice without its language is one in Japanese; a finding names no version of the post, which no longer changes. */
const SPARE = ['POST /urgent lang', 'POST /posts/:id/review revision'];
const BROKEN = say(consoleMessages['form-broken'], 'en');

async function aDesk(): Promise<{ console: TestConsole; sato: Browser; csrf: string }> {
  const console = new TestConsole();
  await layOut(console);
  const sato = await seat(console, 'sato', ROLES);
  return { console, sato, csrf: (await sato.form('/account', '/sign-out'))['csrf'] ?? '' };
}

describe.each(ACTS)('$route $fields', (ask) => {
  test('does nothing without one of its fields, or with one sent twice, and never breaks', async () => {
    const { console, sato, csrf } = await aDesk();
    const form = await filled(console, ask, csrf);
    const isOfPost = ask.at.startsWith('/posts/');
    const needed = [
      'csrf',
      'key',
      'reason',
      ...(isOfPost ? ['revision'] : []),
      ...Object.keys(ask.fields ?? {}),
    ];
    const before = face(console);
    for (const name of needed.filter((one) => !SPARE.includes(`${ask.route} ${one}`))) {
      // A key of its own each time: the answer to the one before is not the answer to this.
      const { key = '' } = await filled(console, ask, csrf);
      const rest = Object.entries({ ...form, key }).filter(([one]) => one !== name);
      const { status } = await sato.post(ask.at, Object.fromEntries(rest));
      expect(status, `without ${name}`).toBeLessThan(500);
      expect(face(console), `without ${name}`).toBe(before);
    }
    for (const name of needed) {
      const twice = `${new URLSearchParams(form).toString()}&${name}=other`;
      const headers = {
        origin: 'http://127.0.0.1:7080',
        'content-type': 'application/x-www-form-urlencoded',
      };
      const answer = await sato.ask(ask.at, { method: 'POST', body: twice }, headers);
      expect(answer, `twice ${name}`).toMatchObject({ status: 400, html: BROKEN });
    }
    expect(face(console)).toBe(before);
  });
});

test('posts ticked in a flood, without a decision on them, wait on', async () => {
  const { console, sato, csrf } = await aDesk();
  const before = face(console);
  const form = { csrf, key: 'a'.repeat(32), reason: 'r', 'post-flood1': 'on' };
  const { to } = await sato.post('/batches/b1', form);
  expect((await sato.get(to ?? '')).html).toContain('No post was chosen. Nothing was changed.');
  expect(face(console)).toBe(before);
});

test.each(['constructor', '__proto__', 'none'])('a template named %s is none', async (template) => {
  const { sato, csrf } = await aDesk();
  const typed = { csrf, key: 'a'.repeat(32), reason: 'r', template };
  for (const step of ['look', 'post'])
    expect((await sato.post('/urgent', { ...typed, step })).status).toBe(422);
  expect((await sato.post('/urgent/check', typed)).status).toBe(200);
});

test.each(['ja', 'en'] as const)('what is refused at the door is told in a sentence: %s', async (lang) => {
  const { sato } = await aDesk();
  sato.cookies.set('lang', lang);
  const foreign = await sato.post('/pause', {}, { origin: 'https://evil.example' });
  expect(foreign).toMatchObject({ status: 403, html: say(consoleMessages['not-from-here'], lang) });
  const large = await sato.post('/pause', { reason: 'x'.repeat(1_000_000) });
  expect(large).toMatchObject({ status: 413, html: say(consoleMessages['too-large'], lang) });
});

test('the end of a pause ends the one that was seen, and none that was set in its place', async () => {
  const { console, sato } = await aDesk();
  const { app } = console;
  const pause = (reason: string): Promise<unknown> => pausePublishing(app, { by: 'sato', reason });
  await pause('点検');
  const old = await sato.form('/', '/resume');
  app.clock.boot += 60_000;
  await pause('誤報の疑い');
  const { to } = await sato.post('/resume', { ...old, reason: '点検終了' });
  expect((await sato.get(to ?? '')).html).toContain('It was not ended.');
  const odd = { ...(await sato.form('/', '/resume')), topic: 'other', reason: '点検終了' };
  await sato.post('/resume', odd);
  expect(await app.store.stops(app.scope)).toMatchObject([{ reason: '誤報の疑い' }]);
  await sato.post('/resume', { ...(await sato.form('/', '/resume')), reason: '確認済み' });
  expect(await app.store.stops(app.scope)).toEqual([]);
});

test.each([
  ['/urgent', { template: 'free', text: '窓口を "午後" に閉めます。', reason: '指示' }],
  ['/posts/held1/edit', { text: '審査基準を改めました。', reason: '指示' }],
])('the other language at %s shows what was typed once more, and does nothing', async (at, typed) => {
  const { console, sato } = await aDesk();
  const before = face(console);
  const looked = await sato.post(at, { ...(await sato.form(at, at)), ...typed, step: 'look' });
  const other = hiddenFields(looked.html, `${at}?lang=ja`);
  expect(other).toMatchObject(typed);
  const again = await sato.post(`${at}?lang=ja`, { ...other, step: 'look' });
  expect(again.html).toContain('<html lang="ja">');
  expect(hiddenFields(again.html, `${at}?lang=en`)).toEqual(other);
  expect(face(console)).toBe(before);
});

test.each([
  ['ja', '稼働しています。', '投稿は通常どおり'],
  ['en', 'is running. ', 'Publishing goes on'],
])('the board says in %s that all goes on, where a worker runs', async (lang, runs, goesOn) => {
  const { console, sato } = await aDesk();
  // No worker, and so nobody who publishes as usual.
  expect((await sato.get(`/?lang=${lang}`)).html).not.toContain(goesOn);
  await console.app.lease.acquire('worker', 0);
  expect((await sato.get(`/?lang=${lang}`)).html).toContain(runs + goesOn);
});
