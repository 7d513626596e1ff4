import { expect, test } from 'vitest';
import type { Status } from '../../src/app/read-status.ts';
import { postsTable } from '../../src/cli/posts-table.ts';
import { statusText } from '../../src/cli/status-text.ts';
import { anEntry } from '../outbox/sample-entries.ts';
import { EVERYTHING } from '../../src/outbox/stops.ts';

const NONE: Status['queue'] = {
  queued: 0,
  held: 0,
  refused: 0,
  attempting: 0,
  uncertain: 0,
  published: 0,
  rejected: 0,
  cancelled: 0,
  expired: 0,
  withdrawing: 0,
  withdrawn: 0,
};
const SINCE = '2026-11-22T02:00:00.000Z';

/** A worker at rest; what a test is not about stays as it is here. */
function aStatus(overrides: Partial<Status> = {}): Status {
  return {
    mode: 'live',
    account: 'jpo_NIPPON',
    paused: false,
    stops: [],
    worker: { running: true, holder: 'worker' },
    feeds: [],
    queue: NONE,
    needsPerson: 0,
    lastPost: null,
    alerts: [],
    consoleUrl: 'http://127.0.0.1:7080/',
    ...overrides,
  };
}

const FEED: Status['feeds'][number] = {
  name: 'meti',
  location: 'https://www.meti.go.jp/',
  enabled: true,
  lastPollAt: SINCE,
  lastSuccessAt: SINCE,
  nextPollAt: SINCE,
  lastNewItemAt: null,
  itemCount: 20,
  problems: [
    {
      code: 'html',
      message: 'The feed is a web page.',
      since: SINCE,
      notPosted: 'Nothing since.',
      held: 0,
      refused: 0,
      unreadSince: SINCE,
    },
  ],
};

const told: readonly { name: string; status: Partial<Status>; en: RegExp; ja: RegExp }[] = [
  {
    name: 'account and mode',
    status: {},
    en: /^Account: @jpo_NIPPON \(live\)/u,
    ja: /^アカウント：@jpo_NIPPON（本番）/u,
  },
  {
    name: 'a worker that does not run',
    status: { worker: { running: false, holder: null } },
    en: /not running; nothing is posted/u,
    ja: /停止中/u,
  },
  {
    name: 'a pause, by whom, since when and why',
    status: {
      paused: true,
      stops: [{ kind: 'pause', ...EVERYTHING, by: '佐藤', reason: '点検', since: SINCE, until: null }],
    },
    en: /Paused: all publishing, by 佐藤 since Sun 22 Nov 2026 11:00 JST: 点検/u,
    ja: /2026年11月22日（日）11:00に佐藤がすべての投稿を停止しました。理由：点検/u,
  },
  {
    name: 'an account that X refused, and when it is tried again',
    status: {
      stops: [{ kind: 'account', ...EVERYTHING, by: 'kosatsu', reason: '401', since: SINCE, until: SINCE }],
    },
    en: /The account waits: 401 .*next try Sun 22 Nov/u,
    ja: /見合わせています：401/u,
  },
  {
    name: 'what waits for a person',
    status: { needsPerson: 2 },
    en: /Waiting for a person: 2/u,
    ja: /2件が職員の判断/u,
  },
  {
    name: 'how many posts are in which state',
    status: { queue: { ...NONE, held: 3, published: 1 } },
    en: /Posts: held 3, published 1$/mu,
    ja: /確認待ち 3、投稿済み 1$/mu,
  },
  { name: 'that there are none', status: {}, en: /No posts on record/u, ja: /記録はまだありません/u },
  {
    name: 'the last post with its address',
    status: {
      lastPost: {
        id: 'e',
        text: '一\n二',
        remoteId: '7',
        publishedAt: SINCE,
        url: 'https://x.com/a/status/7',
      },
    },
    en: /Last post \(.*\): 一 二\n {2}https:\/\/x\.com\/a\/status\/7/u,
    ja: /最新の投稿/u,
  },
  {
    name: 'a feed and what is wrong with it',
    status: { feeds: [FEED] },
    en: /Feed "meti": last read .* 20 items.*\n {2}- The feed is a web page/u,
    ja: /情報源「meti」/u,
  },
  {
    name: 'a feed that is switched off',
    status: { feeds: [{ ...FEED, enabled: false }] },
    en: /"meti": switched off/u,
    ja: /無効/u,
  },
  {
    name: 'a feed that was never read',
    status: { feeds: [{ ...FEED, lastPollAt: null }] },
    en: /not read yet/u,
    ja: /まだ読み取っていません/u,
  },
  {
    name: 'an alert',
    status: { alerts: [{ code: 'x', message: 'Disk full.', since: SINCE }] },
    en: /Note \(since .*\): Disk full/u,
    ja: /注意/u,
  },
  {
    name: 'the status page of a running worker',
    status: {},
    en: /Status page: http:\/\/127\.0\.0\.1:7080\//u,
    ja: /状況の画面/u,
  },
];

test.each(told)('status says $name', ({ status, en, ja }) => {
  expect(statusText(aStatus(status), 'en')).toMatch(en);
  expect(statusText(aStatus(status), 'ja')).toMatch(ja);
});

test('the address of a page that nobody serves is not shown', () => {
  expect(statusText(aStatus({ worker: { running: false, holder: null } }), 'en')).not.toContain(
    'Status page',
  );
});

test.each(['ja', 'en'] as const)(
  'the table of posts shows text, account, and why a post is not out (%s)',
  (lang) => {
    const stale = { rule: 'stale', params: { date: 0, days: 8 } } as const;
    const text = postsTable(
      [
        anEntry({ state: 'held', reasons: [stale] }),
        anEntry({ id: 'e2', state: 'rejected', note: 'Forbidden by X' }),
      ],
      lang,
    );
    expect(text).toMatch(/^e1 {2}/u);
    expect(text).toContain('| 審査基準を改訂しました(e1)');
    expect(text).toContain('@jpo_notice');
    expect(text).toContain('- Forbidden by X');
    // And of each, what a person can do.
    expect(text).toContain('kosatsu approve e1');
    expect(text).toContain('kosatsu retry e2');
    expect(text.match(/^ {4}- /gmu)).toHaveLength(4);
  },
);

test('a post that is out shows its id at X, and no reasons of the past', () => {
  const text = postsTable(
    [anEntry({ state: 'published', remoteId: '2124', publishedAt: Date.parse(SINCE), note: 'old words' })],
    'en',
  );
  expect(text).toContain('2124');
  expect(text).not.toContain('old words');
});
