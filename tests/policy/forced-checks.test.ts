import { describe, expect, test } from 'vitest';
import { postWeight } from '../../src/compose/post-weight.ts';
import { describeReason } from '../../src/messages/policy.ts';
import type { PolicyContext } from '../../src/policy/check.ts';
import { judge } from '../../src/policy/judge.ts';
import { aContext, aDraft, aForcedContext, LINK } from './sample-draft.ts';

/** Noon in Japan on Sunday, 22 November 2026. */
const NOW = Date.parse('2026-11-22T12:00:00+09:00');

/** Judges words that a person typed (or a feed brought); `position` is the first character that is wrong, counted from 1. */
function check(
  words: string,
  expected: string,
  change: Partial<PolicyContext> = {},
  position?: number,
): ReturnType<typeof judge> {
  const verdict = judge(
    aDraft(words, { topic: 'urgent', source: null }),
    aForcedContext({ now: NOW, ...change }),
  );
  const [reason] = verdict.reasons;
  expect(`${verdict.kind} ${reason?.rule ?? ''}`.trim()).toBe(expected);
  if (position !== undefined) expect(reason?.params['position']).toBe(position);
  for (const each of verdict.reasons)
    for (const lang of ['ja', 'en'] as const)
      expect(describeReason(each, lang)).not.toMatch(/—|undefined|NaN/u);
  return verdict;
}

describe('a weekday that does not belong to its date is refused where it stands', () => {
  test.each<[string, number?]>([
    ['令和8年11月23日（火）まで受け付けます', 1],
    ['令和８年１１月２３日（火曜日）まで', 1],
    ['期限は2026年11月23日(火)です', 4],
    ['期限は11/23(火)です', 4],
    ['期限は11月23日火曜日です', 4],
    ['2026/11/23（火・祝）まで', 1],
    ['2026-11-23 (Tue)', 1],
    ['R8.11.23(火)まで', 1],
    ['The period ends on Tue 23 November', 20],
    ['The period ends on Tuesday, 23 November 2026', 20],
    ['The period ends on Tuesday, November 23, 2026', 20],
    ['The period ends on Nov. 23 (Tue)', 20],
    ['令和8年11月31日まで', 1],
    ['2026年2月29日に公表しました', 1],
    ['受付は13月1日からです', 4],
    ['令和八年十一月三十一日まで', 1],
    ['十一月二十三日（火）まで', 1],
    ['二〇二六年十一月二十三日（火）まで', 1],
    ['R8年11月31日まで', 1],
    ['㋿8年11月31日まで', 1],
    ['Ｒ８．１１．３１まで', 1],
    ['期限は11/31です', 4],
    ['2/30まで', 1],
    ['by Feb 30', 4],
    ['30th of February', 1],
    ['on 31/11/2026', 4],
    ['on 11/31/2026', 4],
    ['on 31-Nov-2026', 4],
    ['令和8年11月31まで', 1],
    ['11月23日［火］まで', 1],
    ['11月23日【火曜】まで', 1],
    ['11月23日は火曜日です', 1],
    ['11月23日（祝・火）', 1],
    ['11月23日㈫', 1],
    ['11月23日(Tue)', 1],
    ['11/23 火曜日', 1],
    ['火曜日の11月23日', 1],
    ['12月4日（金）から7日（火）まで', 11],
    ['23日（火）まで', 1],
    ['Tuesday (November 23)', 1],
    ['November 23, 2026, Tuesday', 1],
    ['Tue 11/23', 1],
    ['2026-11-23 Tuesday', 1],
  ])('%s', (words, position) => void check(words, 'deny date-weekday', {}, position));

  test.each([
    '令和8年11月23日（月・祝）まで受け付けます',
    '期限は11/23(月)です',
    '期限は2026年11月23日月曜日です',
    'The period ends on Mon 23 November',
    'The period ends on Monday, November 23, 2026',
    '期限は5月10日(月)です',
    '令和6年1月1日（月）に発生した地震',
    '様式第3/4号、Rule 82quater.1、1.5/2.0倍',
    '第4回（月）例会',
    'The march of progress, May it please you',
    '十一月二十三日（月）まで',
    '12月4日（金）から7日（月）まで',
    '11月23日、月曜日から金曜日まで',
    'From December 1, Monday to Friday',
    '様式第2/30号、手数料を1/2に軽減',
    '昭和五十年の法律',
  ])('but %s passes', (words) => void check(words, 'allow'));

  test('an item of a feed with such a date is held, because a person can compare it with its page', () => {
    const verdict = judge(aDraft('11月23日（火）まで受け付けます', { source: null }), aContext({ now: NOW }));
    expect(verdict.kind).toBe('hold');
    expect(verdict.reasons[0]?.rule).toBe('date-weekday');
  });

  test('the sentence names the weekday that would be right', () => {
    const [reason] = check('期限は11/23(火)です', 'deny date-weekday').reasons;
    expect(reason && describeReason(reason, 'ja')).toContain('正しくは月曜日');
    expect(reason && describeReason(reason, 'en')).toContain('falls on a Monday');
  });
});

describe('a day that is over is refused where a notice asks for something by it', () => {
  test.each<[string, number?]>([
    ['手続期間を令和8年11月20日まで延長します', 6],
    ['手続期間を令和7年12月24日まで延長します', 6],
    ['11月20日まで受け付けます', 1],
    ['期限は2026年11月21日です', 4],
    ['期限：2025年11月30日', 4],
    ['Time limits are extended to 20 November 2026', 29],
    ['Please reply by November 20', 17],
    ['The office is closed on 3 November 2026', 25],
    ['窓口は2026年11月21日に休止します', 4],
    ['The interrupted service is due on 20 November', 35],
    ['11月20日に提出してください', 1],
    ['十一月二十日まで受け付けます', 1],
    ['11/20まで受け付けます', 1],
    ['Please reply by 11/20/2026', 17],
    ['令和7年12月末まで延長します', 1],
    ['10月末まで延長します', 1],
    ['2025年まで延長します', 1],
    ['extended until December 2025', 16],
    ['The new date is November 20', 17],
    ['20日（金）まで受け付けます', 1],
    ['本日10時まで受け付けます', 1],
    ['11月22日（日）午前10時まで', 1],
    ['本日午前11時半まで受け付けます', 1],
  ])('%s', (words, position) => void check(words, 'deny date-past', {}, position));

  test.each([
    '手続期間を令和8年11月30日まで延長します',
    '本日11月22日まで受け付けます',
    '3月31日まで延長します',
    '令和6年1月1日に発生した能登半島地震により影響を受けた手続',
    '発生日：2026年11月20日',
    '発生：11月20日14:30\n復旧：11月21日9:00',
    '上陸・接近：2026年11月20日',
    '11月20日からの大雨により影響を受けた手続',
    '令和8年11月20日の大雨により影響を受けた手続',
    'The outage started on 20 November 2026',
    'Date: 20 November 2026',
    'Procedures affected by the earthquake of 1 January 2024',
    'Since 20 November the filing system has been down',
    '令和8年11月20日付けのお知らせを更新しました',
    '11月20日までの大雨により影響を受けた手続',
    '11月1日から11月20日までに所定の期間が満了した手続',
    '令和8年度末まで延長します',
    '本日18時まで受け付けます',
    '手数料が1/2まで軽減されます',
    '通信障害により11月20日に手続を完了できなかった皆様へ',
    'クレジットカード納付が利用できない状況が続いています(第3報・11月20日18時更新)',
    '福島県沖を震源とする地震(令和4年3月16日)に関連した登録料の追納',
    '11月20日に提出された書類の取扱い',
    'Users impacted by the 20 November computer outage',
    'Interruption of the e-renewal service on 19 and 20 November',
    'Papers received between 18 and 20 November',
  ])('but %s passes', (words) => void check(words, 'allow'));

  test.each([
    ['2026-11-22T18:00', '本日正午まで受け付けます', 'deny date-past'],
    ['2026-11-22T11:00', '本日正午まで受け付けます', 'allow'],
    ['2026-11-22T18:00', '本日午後12時まで受け付けます', 'allow'],
    ['2026-11-22T18:00', '本日午後12時30分まで受け付けます', 'deny date-past'],
    ['2026-11-22T18:00', '本日午後5時半まで受け付けます', 'deny date-past'],
    ['2026-12-31T23:59', '12月31日まで受け付けます', 'allow'],
    ['2027-01-01T00:00', '12月31日まで受け付けます', 'deny date-past'],
    ['2027-02-28T12:00', '2月29日まで受け付けます', 'deny date-weekday'],
    ['2028-02-28T12:00', '2月29日まで受け付けます', 'allow'],
    ['2028-03-01T00:00', '2月29日まで受け付けます', 'deny date-past'],
    ['2028-10-01T12:00', '2月29日に発生した地震', 'allow'],
  ])('at %s in Japan, %s: %s', (at, words, expected) => {
    check(words, expected, { now: Date.parse(`${at}:00+09:00`) });
  });

  test('an item of a feed may tell of any day', () => {
    expect(judge(aDraft('11月20日まで受け付けました', { source: null }), aContext({ now: NOW })).kind).toBe(
      'allow',
    );
  });
});

describe('words of practice are refused in a real notice', () => {
  test.each<[string, number?]>([
    ['【訓練】地震により影響を受けた手続', 2],
    ['これは訓練です。地震により影響を受けた手続', 4],
    ['This is a drill', 11],
    ['Test of the urgent way', 1],
    ['試験配信です', 1],
    ['【テスト】お知らせ', 1],
    ['テスト投稿です', 1],
    ['訓　練です', 1],
    ['くんれんです', 1],
    ['ＴＥＳＴ', 1],
    ['T E S T', 1],
    ['（テスト）お知らせ', 1],
    ['テストメールです', 1],
    ['これは演習です', 4],
    ['動作確認のため', 1],
    ['実際の災害ではありません', 1],
    ['This is an exercise', 6],
    ['EXERCISE EXERCISE', 1],
    ['This is not a real notice', 9],
  ])('%s', (words, position) => void check(words, 'deny drill-word', {}, position));

  test.each([
    '弁理士試験の延期について',
    'コンテストの延期について',
    'The latest notice, contested by nobody',
    'The exercise of rights in patent practice, see the Practice Notice',
    '臨床試験、模擬裁判、テストステロン',
    `詳細 ${LINK}?test=drill`,
  ])('but %s passes', (words) => void check(words, 'allow'));

  test('a drill must say at its beginning that it is one', () => {
    check('【訓練】地震により影響を受けた手続', 'allow', { drill: true });
    check('[DRILL] Procedures affected by the earthquake', 'allow', { drill: true });
    check('地震により影響を受けた手続(訓練)', 'deny drill-word', { drill: true });
  });
});

describe('what was left open is refused, however it is written', () => {
  test.each<[string, number?]>([
    ['対象は｛災害名｝です', 4],
    ['対象は{災害\n名}です', 4],
    ['対象は（災害名）です', 4],
    ['対象は[氏名]です', 4],
    ['Covered: [insert name]', 10],
    ['対象は%NAME%です', 4],
    ['対象はＴＢＤです', 4],
    ['対象はt.b.d.です', 4],
    ['The date is to be  announced', 13],
    ['時期は未　定です', 4],
    ['時期は未確定です', 4],
    ['対象はX県です', 4],
    ['対象はX Xです', 4],
    ['対象はＸ Ｘです', 4],
    ['⭕時に発生', 1],
    ['◎◎県に発生', 1],
    ['Ｏ時Ｏ分に発生', 1],
    ['？月？日に発生', 1],
    ['・月・日に発生', 1],
    ['令和　年　月　日に発生', 1],
    ['11月　日に発生', 2],
    ['11月日に発生', 2],
    ['yyyy/mm/ddに発生', 1],
    ['（　）に発生', 1],
    ['▲▲に発生', 1],
    ['期限：TO-DO', 4],
    ['担当はFIX-MEです', 4],
  ])('%s', (words, position) => void check(words, 'deny unfilled-placeholder', {}, position));

  test.each([
    '●日時：12月1日10時から',
    '特許庁×日本弁理士会',
    '土・日曜日も受け付けます',
    '対象は石川県（能登町等）です',
    '【対象】石川県',
    '詳細は特許庁のページ（www.jpo.go.jp）へ',
    '2026年 年頭所感',
    'どうしますか?日程は次のとおり',
    'TEL:03-3581-1101（内線2011）',
  ])('but %s passes', (words) => void check(words, 'allow'));
});

describe('an address that does not lead to our own pages is refused, however it is written', () => {
  test.each<[string, number?]>([
    ['詳細は ftp://example.com/a へ', 5],
    ['詳細は hxxps://example.com へ', 5],
    ['詳細は https:/example.com へ', 5],
    ['詳細は ｈｔｔｐｓ://example.com へ', 5],
    ['詳細は ｗｗｗ.ｅｘａｍｐｌｅ.ｃｏｍ へ', 5],
    ['詳細は example．com へ', 5],
    ['詳細は example.kids へ', 5],
    ['詳細は特許庁.jpへ', 1],
    ['詳細は 192.168.1.1/a へ', 5],
    ['詳細は localhost へ', 5],
    ['詳細は javascript:alert(1) へ', 5],
    ['詳細は https://www.jpo.go.jp:8443/ へ', 5],
    ['詳細は https://www.jpo.go.jp@example.com/ へ', 5],
    ['詳細は https://xn--jpo-xyz.go.jp/ へ', 5],
    ['詳細は http://www.jpo.go.jp/ へ', 5],
  ])('%s', (words, position) => void check(words, 'deny link-host', {}, position));

  test.each([
    '詳細は www.jpo.go.jp へ',
    'See https://www.jpo.go.jp/e/.',
    '様式は form1.pdf です',
    'PA0000@jpo.go.jp までご連絡ください',
    'Ph.D. holders, e.g. No.12 and U.S.A.',
  ])('but %s passes', (words) => void check(words, 'allow'));

  test('letters that only look like Latin ones are refused with their place, and are letters where a feed brings them', () => {
    check('詳細は jро へ', 'deny unsafe-character', {}, 6);
    check('これは tеst です', 'deny unsafe-character', {}, 6);
    expect(judge(aDraft('Роспатентとの会合', { source: null }), aContext({ now: NOW })).kind).toBe('allow');
  });
});

describe('half-width kana', () => {
  test('are sent back with the full-width letters to write', () => {
    const [reason] = check('ﾆｭｰｽ リリース', 'deny half-width-kana', {}, 1).reasons;
    expect(reason?.params['better']).toBe('ニュース');
    check('お知らせ｢手続｣', 'deny half-width-kana', {}, 5);
  });
  test('of a feed pass, since the office may write them so', () => {
    expect(judge(aDraft('ﾆｭｰｽ', { source: null }), aContext({ now: NOW })).kind).toBe('allow');
  });
});

describe('what is refused is shown with its place', () => {
  test('a gap, a foreign link, and the first character that does not fit', () => {
    check('本日○時頃の地震により', 'deny unfilled-placeholder', {}, 3);
    check('対象はTBDです', 'deny unfilled-placeholder', {}, 4);
    check('詳細は https://example.com/ へ', 'deny link-host', {}, 5);
    const text = 'あ'.repeat(150);
    const long = judge(
      aDraft('', { text, weight: 300, url: null, source: null }),
      aForcedContext({ now: NOW }),
    );
    const weight = long.reasons.find(({ rule }) => rule === 'weight');
    expect(weight?.params['position']).toBe(141);
  });

  test.each([
    ['one Latin letter too many', `${'あ'.repeat(128)}a`, 129],
    ['full-width letters', 'Ａ'.repeat(130), 129],
    ['half-width ones', 'a'.repeat(300), 257],
    ['families joined into one character each', '👨‍👩‍👧‍👦'.repeat(131), 129],
    [
      'a link in the middle, whose length does not count',
      `https://www.jpo.go.jp/${'b'.repeat(200)} ${'あ'.repeat(120)}`,
      340,
    ],
  ])('what has no room beside the link at the end: %s', (_, words, position) => {
    const url = 'https://www.jpo.go.jp/a.html';
    const text = `${words}\n${url}`;
    const long = judge(
      aDraft('', { text, weight: postWeight(text), url, source: null }),
      aForcedContext({ now: NOW }),
    );
    expect(long.reasons.map(({ rule, params }) => [rule, params['position']])).toEqual([
      ['weight', position],
    ]);
  });
});
