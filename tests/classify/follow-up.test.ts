import { describe, expect, test } from 'vitest';
import { followUpOf } from '../../src/classify/follow-up.ts';
import { cpuTime } from '../cpu-time.ts';

/** `KIND NUMBER marked|found | STEM`, or `none`. */
function check(title: string, expected: string): void {
  const read = followUpOf(title);
  const said =
    read === null
      ? 'none'
      : `${read.kind} ${read.number ?? '-'} ${read.marked ? 'marked' : 'found'} | ${read.stem}`;
  expect(said).toBe(expected);
}

describe('a title that follows an earlier one says so', () => {
  test.each([
    [
      '台風により影響を受けた手続の取扱いについて(第2報)',
      'report 2 marked | 台風により影響を受けた手続の取扱いについて',
    ],
    ['【第３報】大雨の影響を受けた手続', 'report 3 marked | 大雨の影響を受けた手続'],
    ['大雨の影響を受けた手続（第十二報）', 'report 12 marked | 大雨の影響を受けた手続'],
    ['（続報）システム障害について', 'report - marked | システム障害について'],
    ['【訂正】大雨の影響を受けた手続', 'correction - marked | 大雨の影響を受けた手続'],
    ['【訂正】大雨の影響を受けた手続（第2報）', 'correction 2 marked | 大雨の影響を受けた手続'],
    ['大雨の影響を受けた手続（追記）', 'addition - marked | 大雨の影響を受けた手続'],
    ['大雨の影響を受けた手続（期間延長）', 'extension - marked | 大雨の影響を受けた手続'],
    ['大雨の影響を受けた手続（更新）', 'update - marked | 大雨の影響を受けた手続'],
    ['大雨の影響を受けた手続（11月5日更新）', 'update - marked | 大雨の影響を受けた手続'],
    ['【取消】大雨の影響を受けた手続', 'cancellation - marked | 大雨の影響を受けた手続'],
    ['大雨の影響を受けた手続（終了）', 'cancellation - marked | 大雨の影響を受けた手続'],
    ['大雨に係る手続期間の再延長について', 'extension - found | 大雨に係る手続'],
    ['大雨に係る特例の終了について', 'cancellation - found | 大雨に係る特例'],
    [
      'Procedures Affected by the Flood (Second Report)',
      'report 2 marked | Procedures Affected by the Flood',
    ],
    ['Update no. 3: measures after the flood', 'report 3 marked | measures after the flood'],
    ['(3rd notice) Procedures Affected by the Flood', 'report 3 marked | Procedures Affected by the Flood'],
    [
      '[Corrected] Procedures Affected by the Flood',
      'correction - marked | Procedures Affected by the Flood',
    ],
    [
      'Withdrawn: Procedures Affected by the Flood',
      'cancellation - marked | Procedures Affected by the Flood',
    ],
    ['Procedures Affected by the Flood (Update)', 'update - marked | Procedures Affected by the Flood'],
  ])('%s', (title, expected) => {
    check(title, expected);
  });
});

describe('a title that follows nothing is left alone', () => {
  test.each([
    '大雨の影響を受けた手続（第1報）',
    '商標の更新登録申請について',
    '特許権の存続期間の延長登録出願について',
    '特許請求の範囲の訂正審判の概要',
    'Extension of Time Limits after the Flood',
    'How to update your address',
    '第3回政策推進懇談会を開催しました',
  ])('%s', (title) => check(title, 'none'));
});

test('a title made to be slow is read in under a second', () => {
  const spent = cpuTime();
  followUpOf(`${'第'.repeat(2_000)}（${'('.repeat(2_000)}`);
  expect(spent()).toBeLessThan(1_000);
});
