import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONFIG, Workplace, spawned, timeline } from './kosatsu.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.close());

test('without an account or settings, a main update and an urgent notice stand on the timeline within a minute', async () => {
  // The folder's name is in `.env`, where the quick way to the worker must find it too.
  place.write('.env', `KOSATSU_DATA=${place.data}\n`);
  const worker = place.start(['run', '--config', CONFIG]);
  const [, page = ''] = await worker.shows(/Status page: (\S+)/u);
  const [, shown = ''] = await worker.shows(/Timeline: (\S+)/u);
  const [, feed = ''] = await worker.shows(/Feed: (\S+)/u);
  expect(await (await fetch(page)).text()).toContain('kosatsu_sandbox');
  expect(await (await fetch(feed)).text()).toContain('<rss');
  const api = new URL(shown).origin;
  expect(await timeline(api), 'existing items are known, not news').toEqual([]);
  await expect
    .poll(() => timeline(api), { timeout: 55_000, interval: 500 })
    .toSatisfy(
      (texts: string[]) =>
        texts.some((text) => text.includes('【重要】')) && texts.some((text) => !text.includes('【重要】')),
    );
  const [first = ''] = await timeline(api);
  expect(await (await fetch(shown)).text()).toContain(first.split('\n')[0]);
  const words = [
    'urgent',
    '--template',
    'earthquake',
    '--set',
    'name=令和8年駿河湾地震',
    '--url',
    'https://www.jpo.go.jp/',
    '--yes',
  ];
  const forced = await spawned(words, { cwd: place.dir });
  expect(forced).toMatchObject({ code: 0, err: expect.stringContaining('| ') });
  expect(
    (await timeline(api)).some(
      (text) => text.includes('令和8年駿河湾地震') && text.includes('https://www.jpo.go.jp/'),
    ),
  ).toBe(true);
  worker.child.kill('SIGINT');
  const ended = await worker.ended;
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(
    `${ended.out}${ended.err}`.match(/[\da-f]{5}(?:-[\da-f]{5}){3}/gu),
    'one thing to type',
  ).toHaveLength(1);
}, 90_000);
