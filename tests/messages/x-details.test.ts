import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeXDetail } from '../../src/messages/x-details.ts';
import { entryNotices } from '../../src/messages/entry-notices.ts';
import { say } from '../../src/messages/sentence.ts';
import { parseBody } from '../../src/publish/answer.ts';
import { describe as describeAnswer } from '../../src/publish/classify-answer.ts';

function check(english: string, japanese: string): void {
  test(english, () => {
    expect(describeXDetail(english, 'ja')).toBe(japanese);
    expect(describeXDetail(english, 'en')).toBe(english);
  });
}

describe('an officer reads in Japanese what is known of a post', () => {
  check('still unknown after 20 looks', '20回確認したが、なお不明');
  check(
    "own posts can't be read: DEADLINE no whole answer within 15000 ms",
    'アカウントの投稿一覧を読み取れない：15秒以内に応答が完了しない（DEADLINE）',
  );
  check(
    "own posts can't be read: 403 Forbidden / no",
    'アカウントの投稿一覧を読み取れない：403 Forbidden / no',
  );
  check(
    'post 12 of 2026-04-01T03:00:00.000Z has the same link under other words',
    '同じリンクで文面の異なる投稿12（2026-04-01T03:00:00.000Z）がある',
  );
  check('201 with an empty body, cut off', 'HTTP 201、本文なし（途中で切断）');
  check('ECONNRESET read ECONNRESET', '通信が切断された（ECONNRESET）');
  check('ENOTFOUND getaddrinfo ENOTFOUND api.x.com', 'ホスト名を解決できない（ENOTFOUND）');
  check('CERT_HAS_EXPIRED certificate has expired', '接続先の証明書を確認できない（CERT_HAS_EXPIRED）');
  check(
    'ANSWER_TOO_LARGE the answer is larger than 1048576 bytes',
    '応答が1048576バイトを超過（ANSWER_TOO_LARGE）',
  );
  check('claim is 20500 ms old', '送信の準備から20.5秒が経過したため、送信していない');
  check('429 Too Many Requests', '429 Too Many Requests');
  check('日付の誤り', '日付の誤り');
  check('its approvals have expired', '承認の有効期間を過ぎたため、改めて承認が必要');
  check('the own timeline shows it already', 'アカウントの投稿一覧に既にある');
  check('—', '—');
});

test.each(['', '<html>busy</html>', '{"a":1}', 'error code: 520'])(
  'an answer whose body is %j is described in Japanese',
  (text) => {
    const answer = {
      kind: 'response',
      status: 520,
      headers: {},
      body: parseBody(text),
      complete: true,
    } as const;
    expect(describeXDetail(describeAnswer(answer), 'ja')).toMatch(/^HTTP 520、/u);
  },
);

/** Where the program words what it knows itself, and how such words begin there. */
const sources: readonly (readonly [file: string, begins: string])[] = [
  [
    'publish/decide-search.ts',
    '(?:detail: |return |[?:] )(?=.(?:own|post|X says|still|too|not on|the|no att))',
  ],
  ['app/publish-next.ts', 'detail: (?=.(?:claim|lease))|reason(?: =|:) '],
  ['app/recover-at-start.ts', '(?:detail|reason) = '],
  ['app/quarantine-release.ts', 'reason: '],
  ['adapters/x/x-publisher.ts', "detail: (?=.the )|notSent\\('fence', "],
];
test.each(sources)('all that %s words has its Japanese', (file, begins) => {
  const source = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8');
  const literal = new RegExp(`(?:${begins})(['\`])(?<words>(?:(?!\\1).)+)\\1`, 'gu');
  const found = [...source.matchAll(literal)].map(({ groups }) => groups?.['words'] ?? '');
  expect(found.length).toBeGreaterThan(0);
  for (const words of found) {
    const english = words.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/gu, '12');
    expect(describeXDetail(english, 'ja'), english).toMatch(/[ぁ-んァ-ヶ一-龠]/u);
  }
});

test('the notice of a doubt carries it in the reader’s language', () => {
  const params = { id: 'e1', text: 'お知らせ', detail: 'the program ended before the answer was recorded' };
  expect(say(entryNotices['entry-uncertain'], 'ja', params)).toContain(
    '（応答を記録する前にプログラムが終了）',
  );
  expect(say(entryNotices['entry-uncertain'], 'en', params)).toContain('(the program ended before');
});
