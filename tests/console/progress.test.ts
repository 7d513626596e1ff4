import { expect, onTestFinished, test } from 'vitest';
import { SCOPE, START } from '../app/fake-app.ts';
import { TestConsole } from './visitor.ts';

test.each([
  ['ja', '情報源「jpo」の初回確認：2,000件中1,200件を確認済み', '次回の確認時に最初から確認し直します'],
  ['en', 'First reading of feed &quot;jpo&quot;: 1,200 of 2,000 items looked at', 'left as not read yet'],
] as const)(
  'in %s the board says how far long work is, and what stopping it will do',
  async (lang, far, effect) => {
    const console = new TestConsole();
    console.app.progress.begin('first-reading', 'jpo', null, START).step(1_200, 2_000);
    const { html } = await (await console.signedIn('sato', lang)).get('/');
    expect(html).toContain(far);
    expect(html).toMatch(/<progress[^>]* aria-labelledby="task-t1"[^>]* max="2000"\s+value="1200"/u);
    expect(html).toContain(effect);
  },
);

test('of work whose size nobody knows the board shows that it goes on, not how far', async () => {
  const console = new TestConsole();
  console.app.progress.begin('first-reading', 'jpo', null, START);
  const { html } = await (await console.signedIn()).get('/');
  expect(html).toContain('First reading of feed &quot;jpo&quot;: being fetched');
  expect(html).not.toMatch(/<progress[^>]* value=/u);
});

test('a first reading is stopped from the board, once, and the page no longer shows it', async () => {
  const console = new TestConsole();
  const running = console.app.progress.begin('first-reading', 'jpo', null, START);
  const sato = await console.signedIn();
  const form = await sato.form('/', '/tasks/t1/stop');
  const first = await sato.post('/tasks/t1/stop', form);
  expect((await sato.get(first.to ?? '')).html).toContain(
    'The first reading of feed &quot;jpo&quot; was stopped',
  );
  expect(running.signal.aborted).toBe(true);
  expect((await sato.get('/')).html).not.toContain('<progress');
  const again = await sato.post('/tasks/t1/stop', { ...form, key: 'a'.repeat(32) });
  expect((await sato.get(again.to ?? '')).html).toContain('It had ended already');
});

test('a backlog is stopped by a pause with a reason, and goes on when that pause is ended from the board', async () => {
  const console = new TestConsole();
  console.app.progress.begin('backlog', SCOPE.account, 40, START);
  const sato = await console.signedIn();
  const form = await sato.form('/', '/tasks/t1/stop');
  const bare = await sato.post('/tasks/t1/stop', form);
  expect((await sato.get(bare.to ?? '')).html).toContain('Please give a reason');
  await sato.post('/tasks/t1/stop', { ...form, key: 'a'.repeat(32), reason: '内容の確認' });
  expect(await console.app.store.stops(SCOPE)).toMatchObject([
    { topic: 'main', by: 'sato', reason: '内容の確認' },
  ]);
  await sato.post('/resume', { ...(await sato.form('/', '/resume')), reason: '確認済み' });
  expect(await console.app.store.stops(SCOPE)).toEqual([]);
});

test('a form of another session stops nothing', async () => {
  const console = new TestConsole();
  const running = console.app.progress.begin('first-reading', 'jpo', null, START);
  const form = await (await console.signedIn('mori')).form('/', '/tasks/t1/stop');
  expect((await (await console.signedIn()).post('/tasks/t1/stop', form)).status).toBe(403);
  expect(running.signal.aborted).toBe(false);
});

test('the stream of changes tells how far work is, and of its beginning and end', async () => {
  const console = new TestConsole();
  const sato = await console.signedIn('sato', 'ja');
  const cookie = [...sato.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, 'accept-language': 'ja' };
  const answer = await console.pages.request('http://127.0.0.1:7080/events', { headers });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => reader?.cancel());
  const heard = async (words: string): Promise<string> => {
    for (;;) {
      const { value = '' } = (await reader?.read()) ?? {};
      if (value.includes(words)) return value;
    }
  };
  await heard('event: beat');
  const running = console.app.progress.begin('first-reading', 'jpo', null, START);
  await heard('event: progress');
  running.step(1_200, 2_000);
  expect(await heard('1200')).toContain(
    '{"id":"t1","done":1200,"total":2000,"text":"情報源「jpo」の初回確認：2,000件中1,200件を確認済み"}',
  );
  running[Symbol.dispose]();
  await heard('event: change');
});
