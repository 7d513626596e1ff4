import { describe, expect, test } from 'vitest';
import type { ListSelectors } from '../../src/feed/feed-config.ts';
import { parseDocument } from '../../src/feed/parse-document.ts';
import { listSelector } from '../../src/feed/parse-list.ts';
import { encodeAs } from '../fixtures/feed/encode.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';

const SELECTORS: ListSelectors = { item: 'dl.news > dd', title: 'a', link: 'a', date: '.day' };
const PAGE = `<!DOCTYPE html><html lang="ja"><head><meta charset="Shift_JIS"></head><body>
<dl class="news">
<dd><span class="day">令和８年10月1日</span> <a href="saigai/a.html"><b>手続の</b> 取扱いについて</a>
<dd><span class="day">2026年9月30日</span> <a href="/b.html?utm_source=top">審議会&nbsp;の開催</a>
</dl></body></html>`;

type Expected = {
  items?: readonly (readonly [string, string | null, string | null])[];
  problems?: readonly string[];
};

function check(
  name: string,
  page: string,
  expected: Expected,
  selectors: ListSelectors | null = SELECTORS,
): void {
  test(name, async () => {
    const parsed = await parseDocument({
      bytes: encodeAs(page, 'shift_jis'),
      contentType: 'text/html',
      finalUrl: 'https://www.jpo.go.jp/news/index.html',
      feed: feedConfig({ kind: 'html-list', selectors }),
      now: Date.UTC(2026, 10, 22),
    });
    const day = (at: number | null): string | null =>
      at === null ? null : new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);
    expect(parsed.items.map(({ title, url, publishedAt }) => [title, url, day(publishedAt)])).toEqual(
      expected.items ?? [],
    );
    expect(parsed.problems.map(({ code }) => code)).toEqual(expected.problems ?? []);
  });
}

describe('a list page is read by its selectors', () => {
  check('titles, links and dates', PAGE, {
    items: [
      ['手続の 取扱いについて', 'https://www.jpo.go.jp/news/saigai/a.html', '2026-10-01'],
      ['審議会 の開催', 'https://www.jpo.go.jp/b.html', '2026-09-30'],
    ],
  });
  check(
    'an item may itself be the link, and carry no date',
    PAGE,
    {
      items: [
        ['手続の 取扱いについて', 'https://www.jpo.go.jp/news/saigai/a.html', null],
        ['審議会 の開催', 'https://www.jpo.go.jp/b.html', null],
      ],
    },
    { item: 'dl.news a', title: 'a', link: 'a', date: null },
  );
  check(
    'scripts are no text, a line break is a space',
    '<dl class="news"><dd><a href="/a">あ<br>い<script>う</script></a><i class="day">2026-10-01</i></dl>',
    { items: [['あ い', 'https://www.jpo.go.jp/a', '2026-10-01']] },
  );
  check(
    'a base element is heeded',
    '<base href="/x/"><dl class="news"><dd><a href="a">あ</a><i class="day">2026-10-01</i></dl>',
    {
      items: [['あ', 'https://www.jpo.go.jp/x/a', '2026-10-01']],
    },
  );
  check(
    'a time element says its date',
    '<dl class="news"><dd><a href="/a">あ</a><time class="day" datetime="2026-10-01">昨日</time></dl>',
    {
      items: [['あ', 'https://www.jpo.go.jp/a', '2026-10-01']],
    },
  );
});

describe('a redesign is told from a quiet day', () => {
  check('the list is there and empty: a quiet day', '<dl class="news"></dl>', {});
  check(
    'the list holds links, but none of the items: a redesign',
    '<dl class="news"><dt><a href="/a">あ</a></dl>',
    {
      problems: ['selectors-match-nothing'],
    },
  );
  check('the list is gone: a redesign', '<ul class="topics"><li><a href="/a">あ</a></ul>', {
    problems: ['selectors-match-nothing'],
  });
  check(
    'items without links: a redesign',
    '<dl class="news"><dd><span class="day">2026-10-01</span><a>あ</a></dl>',
    {
      problems: ['selectors-match-nothing'],
    },
  );
  check('items without titles: a redesign', '<dl class="news"><dd><a href="/a"><img src="x"></a></dl>', {
    problems: ['selectors-match-nothing'],
  });
  check('items without dates: a redesign', '<dl class="news"><dd><a href="/a">あ</a></dl>', {
    problems: ['selectors-match-nothing'],
  });
  check('an empty page is no quiet day', ' ', { problems: ['empty'] });
  check('no selectors match nothing', PAGE, { problems: ['selectors-match-nothing'] }, null);
  check('selectors that are no CSS', PAGE, { problems: ['parse-failed'] }, { ...SELECTORS, item: 'dl[' });
  check('a page nested 100,000 deep', '<div>'.repeat(100_000), { problems: ['too-deep'] });
  for (const [item, list] of [
    ['ul.news > li', 'ul.news'],
    ['#main .list li.item', '#main .list'],
    ['li.news', null],
    ['ul.a > li, ul.b > li', null],
  ] as const) {
    test(`the list around ${item} is ${list ?? 'not named'}`, () => expect(listSelector(item)).toBe(list));
  }
});
