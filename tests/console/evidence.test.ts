import { describe, expect, test } from 'vitest';
import { consoleLimits } from '../../src/limits/edges.ts';
import { aRealEntry, publishedEntry, START } from '../app/fake-app.ts';
import { anAttempt } from '../outbox/sample-entries.ts';
import { seat } from './desk.ts';
import { TestConsole, type Browser } from './visitor.ts';

const LINK = 'https://www.jpo.go.jp/news/e1.html';
const TEXT = `審査基準を改訂しました\n${LINK}`;
const HERE = '/posts/e1/resolve';
const AFTER = START + 60_000;

/** A post of which nobody knows whether it is out; a minute has passed since it was sent. */
async function inDoubt(): Promise<TestConsole> {
  const console = new TestConsole();
  const attempt = anAttempt({ at: START, deadlineAt: START + 15_000 });
  const search = { reads: 3, misses: 1, lastReadAt: START, nextReadAt: START, duplicateRefused: false };
  const sent = { attempts: 1, attempt, firstAttemptAt: START, search, needsPerson: true };
  await console.app.store.recordEntry(
    aRealEntry({ id: 'e1', state: 'uncertain', text: TEXT, url: LINK, ...sent }),
  );
  console.app.clock.boot += AFTER - START;
  return console;
}

async function answer(browser: Browser, fields: Record<string, string>): Promise<string> {
  const form = await browser.form('/posts/e1', HERE);
  const { to } = await browser.post(HERE, { ...form, reason: 'Xの画面で確認', ...fields });
  return (await browser.get(to ?? '')).html;
}

describe('beside the two answers on a doubt', () => {
  test('stand the posts of the account since then, newest first: text, time, link, number, and how like each is', async () => {
    const console = await inDoubt();
    const { publisher } = console.app;
    const old = publisher.put('一昨日のお知らせ', START - 2 * 86_400_000);
    const other = await publishedEntry(console.app, { id: 'e2', originKey: 'o2', text: '別のお知らせ' });
    const alike = publisher.put(`審査基準の改訂 ${LINK}`, AFTER - 20_000);
    const same = publisher.put(TEXT, AFTER - 10_000);
    const { html } = await (await console.signedIn()).get('/posts/e1');
    const form = html.split(`action="${HERE}"`)[1]?.split('</form>')[0] ?? '';
    const places = [other.remoteId ?? '', same.remoteId, alike.remoteId].map((id) =>
      form.indexOf(`Number ${id}`),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(form).toMatch(/12:00 JST \/\s+Number \d+ \/\s+<strong>the same words</u);
    expect(form).toContain('the same link, other words');
    expect(form).toContain('on record as post e2');
    expect(form).not.toContain(`value="${other.remoteId ?? ''}"`);
    expect(form).not.toContain(old.remoteId);
    expect(form).toContain('It was not posted');
  });

  test('one of them is chosen as the one', async () => {
    const console = await inDoubt();
    const { remoteId } = console.app.publisher.put(TEXT, AFTER - 10_000);
    const html = await answer(await console.signedIn(), { outcome: 'published', found: remoteId });
    expect(html).toContain('Done and on record. The post is published now.');
    expect((await console.app.store.find('e1'))?.remoteId).toBe(remoteId);
  });

  test('a chosen one and "not posted" contradict each other, and nothing is done', async () => {
    const console = await inDoubt();
    const { remoteId } = console.app.publisher.put(TEXT, AFTER - 10_000);
    const html = await answer(await console.signedIn(), { outcome: 'not-published', found: remoteId });
    expect(html).toContain('Say which is right. Nothing was changed.');
    expect((await console.app.store.find('e1'))?.state).toBe('uncertain');
  });

  test.each([
    ['network', 'X cannot be reached, or does not answer.'],
    ['throttled', 'X limits how often they may be read.'],
    ['forbidden', 'X does not allow it.'],
    ['unknown-answer', 'The answer of X was not understood.'],
  ] as const)('it is said that they could not be read, and why: %s', async (cause, sentence) => {
    const console = await inDoubt();
    console.app.publisher.timelines = [{ kind: 'unreadable', cause, until: null, detail: '<403>' }];
    const { html } = await (await console.signedIn()).get('/posts/e1');
    expect(html).toContain('The account&#39;s posts could not be read');
    expect(html).toContain(sentence);
    expect(html).toContain('In detail: &lt;403&gt;');
    expect(html).toContain('It was not posted');
  });

  test('it is said where the reading did not come to its end, and how many are left out', async () => {
    const console = await inDoubt();
    const many = Array.from({ length: consoleLimits.evidenceShown + 3 }, (_, at) => ({
      remoteId: String(2_000_000_000_000_000_000n + BigInt(at)),
      text: `お知らせ ${String(at)}`,
      links: [],
      createdAt: AFTER,
    }));
    console.app.publisher.timelines = [{ kind: 'read', posts: many, beganAt: AFTER, complete: false }];
    const { html } = await (await console.signedIn()).get('/posts/e1');
    expect(html.match(/name="found"/gu)).toHaveLength(consoleLimits.evidenceShown);
    expect(html).toContain('Older ones that are not shown: 3.');
    expect(html).toContain('could not be read to their end');
  });

  test('X is asked once a minute at most, however often the page is opened, and only for who may decide', async () => {
    const console = await inDoubt();
    const { publisher, clock } = console.app;
    const viewer = await seat(console, 'mori', ['viewer']);
    await viewer.get('/posts/e1');
    expect(publisher.reads).toBe(0);
    const approver = await seat(console, 'sato', ['approver']);
    for (let times = 0; times < 5; times += 1) await approver.get('/posts/e1');
    expect(publisher.reads).toBe(1);
    clock.boot += 61_000;
    await approver.get('/posts/e1');
    expect(publisher.reads).toBe(2);
  });
});
