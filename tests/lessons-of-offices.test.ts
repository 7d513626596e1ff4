import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createLog } from '../src/adapters/log/log.ts';
import { judgeEgress } from '../src/adapters/x/egress-rules.ts';
import { createXPublisher } from '../src/adapters/x/x-publisher.ts';
import { editPost } from '../src/app/edit-post.ts';
import { exportRecords } from '../src/app/export-records.ts';
import { act } from '../src/app/operator-actions.ts';
import { watchSilence } from '../src/app/watch-silence.ts';
import { withdrawPost } from '../src/app/withdraw-post.ts';
import { compose } from '../src/compose/compose.ts';
import { datesIn } from '../src/policy/dates.ts';
import { judge } from '../src/policy/judge.ts';
import { SANDBOX_CREDENTIALS } from '../src/sandbox/account.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START } from './app/fake-app.ts';
import { itemOf, shippedTemplates } from './compose/shipped-templates.ts';
import { heard, METI } from './fixtures/feed/meti.ts';
import { aContext, aDraft, aForcedContext, aPolicy } from './policy/sample-draft.ts';

/** The rules for a government's account (the guidelines of 2011, agencies' policies, X's own), each as a test of its name. */

const DAY = 24 * 3_600_000;
const goingLive = readFileSync(new URL('../docs/going-live.md', import.meta.url), 'utf8');

test.each([
  ['official and operator are named', /which office runs it/u],
  [
    'go.jp page and profile link to each other',
    /profile links to a go\.jp page, and that page names the account/u,
  ],
  ["X's automated label is on", /"Automated" label is on/u],
  ['bot and operator are in the bio', /bio says that posts are made by a program/u],
  ['the policy is published', /operation policy is published on a go\.jp page/u],
  ['few hold tokens', /tokens are known to as few people as possible/u],
  ['rules without a person are approved by the head', /approved by the head of the office/u],
])('%s: only a person can see that, and is asked to before going live', (_rule, point) => {
  expect(goingLive).toMatch(point);
});

test('posting hours are kept, emergencies excepted', () => {
  const config = aPolicy({ quietHours: { fromMinute: 0, toMinute: 23 * 60 } });
  const verdictOf = (topic: 'main' | 'urgent'): unknown =>
    judge(aDraft('お知らせ', { topic }), aContext({ config }));
  expect(verdictOf('main')).toMatchObject({ kind: 'allow', notBefore: expect.any(Number) });
  expect(verdictOf('urgent')).toMatchObject({ kind: 'allow', notBefore: null });
});

test.each([
  ['a shortener', 'https://bit.ly/3abc'],
  ['a third party', 'https://www.example.com/'],
  ['a third party, not even linked', 'example．com'],
])('full go.jp addresses: %s is refused', (_name, link) => {
  const draft = aDraft(`詳細 ${link}`, { topic: 'urgent', source: null });
  expect(judge(draft, aForcedContext()).kind).toBe('deny');
});

describe('every post is preceded by a recorded confirmation of a named person, or by a rule that the head approved', () => {
  test('an announcement names its rule and who let the rule post', async () => {
    const app = aFakeApp();
    await app.store.recordEntry(aRealEntry());
    const [line] = await app.store.history('e1');
    expect(line?.by).toBe('kosatsu');
    expect(await recordOf(app)).toMatchObject({ rule: 'default', policyVersion: expect.any(String) });
  });

  test('a notice that nobody confirmed waits', () => {
    const draft = aDraft('地震のお知らせ', { topic: 'urgent', source: null });
    expect(judge(draft, aForcedContext({ approvalsGiven: 0 })).kind).toBe('hold');
  });
});

test('no token stands in a log', () => {
  const lines: string[] = [];
  const secrets = Object.values(SANDBOX_CREDENTIALS);
  const log = createLog({ level: 'info', secrets, write: (line) => lines.push(line) });
  log.warn({ credentials: SANDBOX_CREDENTIALS, error: new Error(secrets.join()) }, secrets.join());
  for (const secret of secrets) expect(lines.join()).not.toContain(secret);
});

test('corrections are new posts, never silent edits', async () => {
  const app = aFakeApp();
  const wrong = await publishedEntry(app, { topic: 'urgent' });
  const edited = await editPost(app, { id: wrong.id, text: '別の文面', by: '佐藤', reason: '訂正' });
  expect(edited.kind).toBe('refused');
  const correction = '先の投稿は誤りでした。お詫びして訂正します。';
  const taken = await withdrawPost(app, { id: wrong.id, by: '佐藤', reason: '誤報', correction });
  expect(taken).toMatchObject({ kind: 'recorded', correction: { correctsId: wrong.id } });
  expect((await app.store.find(wrong.id))?.text).toBe(wrong.text);
});

describe('the linked page is the authority', () => {
  const wordings = Object.values(shippedTemplates.announcements).flatMap((one) =>
    one === undefined ? [] : [one.ja, one.en],
  );
  const forced = Object.values(shippedTemplates.forced).flatMap(({ ja, en }) => [ja, en]);

  test('a post adds no dates of its own, and ends with the page', () => {
    for (const topic of ['main', 'urgent'] as const) {
      const { text, url } = compose({ item: itemOf({}), topic, templates: shippedTemplates, now: START });
      expect(datesIn(text)).toEqual([]);
      expect(text.endsWith(url ?? '?')).toBe(true);
    }
  });

  test('no wording gives legal advice: it says where to look', () => {
    for (const wording of [...wordings, ...forced]) {
      expect(wording).toMatch(/\{url\}\s*$/u);
      expect(wording).not.toMatch(/しなければ|する必要|べき|できます|must|should|have to|are entitled/u);
    }
  });

  test('plain text carries all meaning: no hashtags, no decoration', () => {
    for (const wording of [...wordings, ...forced])
      expect(wording).not.toMatch(/[#＃]|\p{RGI_Emoji}|[★☆♪◆■●▼▲]|!{2}|！{2}/v);
  });
});

test('a record of each post: source, time, rule, approver and X’s answer', async () => {
  const app = aFakeApp();
  const hash = aRealEntry().textHash;
  const approval = { by: '佐藤', at: START, hash, reason: '確認', covers: [] };
  await publishedEntry(app, { approvals: [approval] });
  expect(await recordOf(app)).toMatchObject({
    feed: 'meti',
    publishedAt: new Date(START).toISOString(),
    rule: 'default',
    approvals: [expect.objectContaining({ by: '佐藤' })],
    remoteId: expect.stringMatching(/^\d+$/u),
  });
});

test('silence is detected: 318 of 2,489 government accounts posted nothing in a year', async () => {
  const app = aFakeApp();
  const watched = { ...app, config: { ...app.config, feeds: [METI] } };
  const codes = async (lastNewItemAt: number): Promise<string[]> => {
    await app.store.saveFeedState(SCOPE, heard({ lastNewItemAt }));
    await watchSilence(watched);
    return (await app.store.alerts(SCOPE)).map(({ code, params }) => String(params['problem'] ?? code));
  };
  expect(await codes(START)).toEqual([]);
  app.clock.boot += 365 * DAY;
  expect(await codes(START)).toEqual(['silent']);
  expect(await codes(app.clock.now())).toEqual(['account-silent']);
});

test('drills never reach the real account', async () => {
  const drilled = aRealEntry({ mode: 'drill', state: 'held', heldSince: 1 });
  const app = aFakeApp();
  await app.store.recordEntry(drilled);
  expect((await act(app, { kind: 'approve', id: drilled.id, by: '佐藤', reason: '' })).kind).toBe('refused');
  const scope = { mode: 'live', account: SCOPE.account } as const;
  const live = createXPublisher({ credentials: SANDBOX_CREDENTIALS, apiUrl: null, scope, now: Date.now });
  const outcome = await live.publish({ close: () => {} }, drilled, () => ({ kind: 'go' }), 5_000);
  expect(outcome.kind).toBe('rejected');
});

test('no personal data of the public: what X could say of others cannot even be asked for', () => {
  const addresses = ['mentions', 'followers', 'following', 'liked_tweets', 'timelines/reverse_chronological'];
  const targets = [
    ...addresses.map((path) => `/2/users/5/${path}`),
    '/2/tweets/search/recent?query=a',
    '/2/tweets/1/liking_users',
    '/2/tweets/1/retweeted_by',
    '/2/users/by/username/somebody',
    '/2/dm_events',
  ];
  const allowed = targets.filter(
    (target) => judgeEgress({ method: 'GET', target, body: '' }).kind === 'allowed',
  );
  expect(allowed).toEqual([]);
});

async function recordOf(app: ReturnType<typeof aFakeApp>): Promise<unknown> {
  const search = { text: '', by: '', state: null, madeFrom: null, madeBefore: null };
  const result = await exportRecords(app, { what: 'posts', search, format: 'jsonl', lang: 'ja', by: '佐藤' });
  if (result.kind === 'refused') return expect.fail(result.message);
  for await (const line of result.lines) return JSON.parse(line) as unknown;
  return expect.fail('there is no record');
}
