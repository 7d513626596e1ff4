import { describe, expect, test } from 'vitest';
import { readStatus, type FeedProblemStatus } from '../../src/app/read-status.ts';
import { rss, type Listed } from '../fixtures/feed/write-feed.ts';
import { FloodWorld } from '../flood/flood-world.ts';
import { START } from './fake-app.ts';

const NEWS: readonly Listed[] = ['審査基準の改訂', '意匠制度小委員会の開催', '商標審査便覧の公表'].map(
  (title, at) => ({
    title: `${title}について`,
    url: `https://www.jpo.go.jp/news/${at}.html`,
    guid: null,
    at: START - at * 3_600_000,
  }),
);
const KNOWN: Listed = {
  title: '既知のお知らせ',
  url: 'https://www.jpo.go.jp/known.html',
  guid: null,
  at: START - 86_400_000,
};
const WHOLE = rss([...NEWS, KNOWN]);
const archive = Array.from({ length: 25 }, (_, at): Listed => ({
  ...KNOWN,
  title: `第${at}回審議会の資料`,
  url: `https://www.jpo.go.jp/old/${at}.html`,
}));
const without = (what: RegExp): string => WHOLE.replace(what, '');

/** Polls a feed whose past is known with each document in turn; says what its page shows then, in Japanese and English. */
async function troubles(
  known: string | null,
  ...documents: readonly string[]
): Promise<{ ja: FeedProblemStatus[]; en: FeedProblemStatus[] }> {
  const world = new FloodWorld();
  for (const document of [...(known === null ? [] : [known]), ...documents]) await world.poll(document);
  const shown = async (operatorLang: 'ja' | 'en'): Promise<FeedProblemStatus[]> => {
    const { feeds } = await readStatus({ ...world.app, config: { ...world.app.config, operatorLang } });
    return feeds.flatMap(({ problems }) => problems);
  };
  return { ja: await shown('ja'), en: await shown('en') };
}

describe('a feed’s page says what was not posted because of a trouble', () => {
  const past = rss([KNOWN]);
  const check = (
    name: string,
    documents: readonly string[],
    expected: readonly [code: string, held: number, refused?: number][],
    ja: RegExp,
    en: RegExp,
  ): void => {
    test(name, async () => {
      const shown = await troubles(past, ...documents);
      expect(
        shown.en.map(({ code, held, refused }) => [code, held, refused].slice(0, refused === 0 ? 2 : 3)),
      ).toEqual(expected);
      expect(shown.ja.map(({ message, notPosted }) => message + notPosted).join('\n')).toMatch(ja);
      expect(shown.en.map(({ message, notPosted }) => `${message} ${notPosted}`).join('\n')).toMatch(en);
    });
  };
  check('nothing is wrong: it says nothing', [WHOLE], [], /^$/u, /^$/u);
  check(
    'the document is cut',
    [WHOLE.slice(0, WHOLE.indexOf('known'))],
    [['truncated', 3]],
    /待っている項目：3件/u,
    /waiting for a person: 3\./u,
  );
  check(
    'an item has no link',
    [without(/<link>https:..www.jpo.go.jp.news.1.html<.link>/u)],
    [['items-held', 1]],
    /不備のある項目1件.*待っている項目：1件/u,
    /items with faults: 1.*waiting for a person: 1\./u,
  );
  check(
    'a character was lost by the site itself',
    [WHOLE.replace('審査基準', '審査\ufffd準')],
    [['items-held', 0, 1]],
    /取りやめた項目：1件/u,
    /0 waiting for a person, 1 refused/u,
  );
  check(
    'the archive appears',
    [rss([...archive, KNOWN])],
    [['burst', 25]],
    /整理番号\S+、25件.*待っている項目：25件/u,
    /batch \S+ of 25.*waiting for a person: 25\./u,
  );
  check(
    'a page came in its place',
    ['<html><body>x</body></html>', '<html><body>x</body></html>'],
    [['html', 0]],
    /2026年10月1日.*より後に掲載された項目は.*失敗2回/u,
    /listed after .*failed attempts since: 2/u,
  );
  check(
    'what it listed is gone',
    [WHOLE, rss([])],
    [['items-vanished', 0]],
    /確認を待っている項目はありません/u,
    /No post waits/u,
  );
  check('the cut document is whole again', [WHOLE.slice(0, WHOLE.indexOf('known')), WHOLE], [], /^$/u, /^$/u);

  test('it was never read', async () => {
    const { ja, en } = await troubles(null, '<html><body>x</body></html>');
    expect(en).toMatchObject([{ code: 'html', held: 0, unreadSince: null }]);
    expect(ja[0]?.notPosted).toBe(
      '一度も読み取れていないため、この情報源の項目は一切投稿していません（失敗1回）。',
    );
  });
});
