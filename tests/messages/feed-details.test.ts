import { describe, expect, test } from 'vitest';
import { createParser } from '../../src/adapters/parser/parser.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import { describeFeedDetail } from '../../src/messages/feed-details.ts';
import {
  describeFeedAnswer,
  describeFeedProblem,
  feedProblemMessages,
} from '../../src/messages/feed-problems.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';

function check(english: string, japanese: string): void {
  test(english, () => {
    expect(describeFeedDetail(english, 'ja')).toBe(japanese);
  });
}

describe('an officer reads the evidence in Japanese', () => {
  check('the name www.jpo.go.jp is not known, ENOTFOUND', 'ホスト名www.jpo.go.jpが見つからない、ENOTFOUND');
  check(
    'www.jpo.go.jp accepts no connection, ECONNREFUSED',
    'www.jpo.go.jpが接続を受け付けない、ECONNREFUSED',
  );
  check('www.jpo.go.jp sent nothing for 8 s', 'www.jpo.go.jpから8秒間データなし');
  check(
    'HTTP 403 from https://www.jpo.go.jp/news.rdf',
    'https://www.jpo.go.jp/news.rdf：HTTP 403（アクセスが許可されていない）',
  );
  check('HTTP 418 from https://www.jpo.go.jp/news.rdf', 'https://www.jpo.go.jp/news.rdf：HTTP 418');
  check(
    'https://www.jpo.go.jp/ redirects: 127.0.0.1 is loopback, not public',
    'https://www.jpo.go.jp/の転送先：127.0.0.1はこのコンピューター自身であり、公開のアドレスではない',
  );
  check(
    'HTTP 404 from https://www.jpo.go.jp/new.rdf; https://www.jpo.go.jp/news.rdf redirects there',
    'https://www.jpo.go.jp/new.rdf：HTTP 404（ページが見つからない）（https://www.jpo.go.jp/news.rdfからの転送先）',
  );
  check(
    'rebind.test: 169.254.169.254 is link-local, not public',
    'rebind.testのアドレス169.254.169.254は機器間の内部通信用であり、公開のアドレスではない',
  );
  check(
    'www.jpo.go.jp could not prove who it is: certificate has expired, CERT_HAS_EXPIRED',
    'www.jpo.go.jpの証明書を確認できない、有効期限切れ（CERT_HAS_EXPIRED）',
  );
  check('20 items before, none now', 'これまで20件、現在は0件');
  check('2026-11-07, 15 d', '2026-11-07以降、15日間新着なし');
  check(
    'www.jpo.go.jp asked for fewer visits, 90 s to go',
    'www.jpo.go.jpから間隔を空けるよう要求あり、残り90秒',
  );
  check('until 2026-12-01', '有効期限は2026-12-01');
  check('ただいまメンテナンス中です', 'ただいまメンテナンス中です');
  check('—', '—');

  test('in the sentence of its problem, and in English as English', () => {
    const problem = { code: 'silent', detail: '2026-11-07, 15 d' } as const;
    expect(describeFeedProblem(problem, 'ja')).toContain('（2026-11-07以降、15日間新着なし）');
    expect(describeFeedProblem(problem, 'en')).toContain('(nothing since 2026-11-07, for 15 days)');
  });
});

describe('what the readers say of odd documents has its Japanese', () => {
  const say = (name: string, text: string): void => {
    test(name, async () => {
      const bytes = new TextEncoder().encode(text);
      const finalUrl = 'https://www.jpo.go.jp/';
      const { problems } = await parseDocument({
        bytes,
        contentType: null,
        finalUrl,
        feed: feedConfig(),
        now: 0,
      });
      expect(problems).not.toEqual([]);
      for (const { detail } of problems)
        expect(describeFeedDetail(detail, 'ja')).toMatch(/[ぁ-んァ-ヶ一-龠]/u);
    });
  };
  const rss = (inside: string): string => `<rss version="2.0"><channel>${inside}</channel></rss>`;
  say('cut off', '<rss version="2.0"><channel><item><title>a</title></item><item><title>');
  say('an item that never ends', rss('<item><title>a</title><item><title>b</title></item>'));
  say('too deep', rss(`<item><title>${'<b>'.repeat(100)}`));
  say('too many attributes', rss(`<item ${Array.from({ length: 100 }, (_, n) => `a${n}="1"`).join(' ')}/>`));
  say('too many items', rss('<item><title>a</title><link>/a</link></item>'.repeat(2_001)));
  say('nothing', ' ');

  test('of a thread that was ended', async () => {
    const parser = createParser();
    await parser.close();
    const { problems } = await parser.parse({
      bytes: new Uint8Array(),
      contentType: null,
      finalUrl: null,
      feed: feedConfig(),
      now: 0,
    });
    expect(problems.map(({ detail }) => describeFeedDetail(detail, 'ja'))).toEqual(['終了処理中']);
  });
});

describe('every problem of a feed', () => {
  for (const code of Object.keys(feedProblemMessages)) {
    test(`${code} says what is wrong, what it means for the posts or how long it lasts, and what to do`, () => {
      const [ja, en] = (['ja', 'en'] as const).map((lang) =>
        describeFeedProblem({ code, detail: 'X' }, lang),
      );
      expect(ja).toMatch(/投稿|読み取|待ちます|新しい発表|更新/u);
      expect(ja).toMatch(/ください。$/u);
      expect(en).toMatch(/\b(?:[Cc]heck|Find|Look|Mend|Tell|[Aa]sk|make)\b/u);
      expect(`${ja}${en}`).toContain('X');
    });
  }
});

test('what is over is told by what was wrong, without what it meant then and what to do', () => {
  expect(describeFeedAnswer({ code: 'timeout', detail: '10 s' }, 'ja')).toBe(
    '情報源からの応答が時間内に得られませんでした（10秒）。',
  );
  expect(describeFeedAnswer({ code: 'parse-failed', detail: 'Bad tag. See line 3. End.' }, 'en')).toMatch(
    /\(Bad tag\. See line 3\. End\.\)\.$/u,
  );
  for (const code of Object.keys(feedProblemMessages)) {
    expect(describeFeedAnswer({ code, detail: '$&' }, 'ja')).toMatch(/^[^。]*\$&[^。]*。$/u);
    expect(describeFeedAnswer({ code, detail: '$&' }, 'en')).toContain('$&');
  }
});
