import { describe, expect, test } from 'vitest';
import { carryOutWithdrawal } from '../../src/app/carry-out-withdrawal.ts';
import { armedCorrection, correctionClocks, prepareCorrection } from '../../src/app/correction.ts';
import { editPost } from '../../src/app/edit-post.ts';
import { act } from '../../src/app/operator-actions.ts';
import { readStatus } from '../../src/app/read-status.ts';
import { watchTimeline } from '../../src/app/watch-timeline.ts';
import { withdrawPost } from '../../src/app/withdraw-post.ts';
import { statusText } from '../../src/cli/status-text.ts';
import { postWeight } from '../../src/compose/post-weight.ts';
import { textHash } from '../../src/compose/text-hash.ts';
import { textKey } from '../../src/compose/text-key.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { aFakeApp, aRealEntry, publishedEntry, SCOPE, START, type FakeApp } from './fake-app.ts';

const signal = new AbortController().signal;
const MINUTE = 60_000;
const URL = 'https://www.jpo.go.jp/news/saigai.html';
const BY = { by: '佐藤', reason: '対象地域の誤り' };

async function wrongPost(overrides: Partial<Entry> = {}): Promise<{ app: FakeApp; wrong: Entry }> {
  const app = aFakeApp();
  const wrong = await publishedEntry(app, { topic: 'urgent', url: URL, ...overrides });
  return { app, wrong };
}

function hashed(text: string): Partial<Entry> {
  return { textHash: textHash({ text, ...SCOPE }), textKey: textKey(text) };
}

async function prepared(app: FakeApp, id: string): Promise<string> {
  const correction = await prepareCorrection(app, id);
  if (correction.kind === 'none') throw new Error(correction.message);
  return correction.text;
}

describe('the prepared correction', () => {
  const check = (name: string, overrides: Partial<Entry>, expected: readonly string[]): void => {
    test(name, async () => {
      const { app, wrong } = await wrongPost(overrides);
      const text = await prepared(app, wrong.id);
      for (const part of [...expected, URL]) expect(text).toContain(part);
      expect(postWeight(text)).toBeLessThanOrEqual(280);
      expect(text).not.toMatch(/[{}]/u);
    });
  };
  const titled = (title: string): Partial<Entry> => {
    const { source } = aRealEntry();
    return { source: source === null ? null : { ...source, title } };
  };
  check('names the post, its day and where to look, in Japanese', titled('地震に伴う手続の取扱い'), [
    '【訂正】',
    '2026年10月1日',
    '「地震に伴う手続の取扱い」',
  ]);
  check('and in English', { ...titled('Handling of procedures'), lang: 'en' }, [
    '[Correction]',
    '1 October 2026',
    'Handling',
  ]);
  check(
    'fits however long the title was',
    titled('令和8年に発生した災害により影響を受けた手続の取扱いについて'.repeat(12)),
    ['…'],
  );
  check('takes the first line of a notice typed by hand', { source: null, text: `手動のお知らせ\n${URL}` }, [
    '「手動のお知らせ」',
  ]);
  check('makes no mention of what was no mention', titled('連絡先 @jpo_NIPPON の変更'), ['@ jpo_NIPPON']);

  test('is not to be had where no template words it, which is said', async () => {
    const { app, wrong } = await wrongPost();
    const { correction: _, ...templates } = app.config.templates;
    const without = { ...app, config: { ...app.config, templates } };
    expect(await prepareCorrection(without, wrong.id)).toMatchObject({
      kind: 'none',
      message: expect.stringContaining('templates.yaml') as string,
    });
    expect(await armedCorrection(without)).toBeNull();
    expect(await prepareCorrection(app, 'e9999')).toMatchObject({ kind: 'none' });
  });

  test('stands ready for the newest urgent post, not for main updates, nor for old ones', async () => {
    const { app, wrong } = await wrongPost({ id: 'urgent' });
    await publishedEntry(app, { id: 'main', originKey: 'k2', text: '更新情報' });
    expect(await armedCorrection(app)).toMatchObject({ id: wrong.id });
    expect(statusText(await readStatus(app), 'en')).toContain('kosatsu withdraw urgent --correct');
    app.clock.boot += 49 * 60 * MINUTE;
    expect(await armedCorrection(app)).toBeNull();
  });

  test('goes out with the withdrawal, in one step', async () => {
    const { app, wrong } = await wrongPost();
    const correction = await prepared(app, wrong.id);
    const recorded = await withdrawPost(app, { id: wrong.id, ...BY, correction });
    if (recorded.kind !== 'recorded') throw new Error(recorded.kind);
    const ids = { entryId: wrong.id, correctionId: recorded.correction?.id ?? null };
    const end = await carryOutWithdrawal(app, ids, signal);
    expect(end).toMatchObject({
      entry: { state: 'withdrawn' },
      correction: { state: 'published', text: correction },
    });
    expect(await correctionClocks(app)).toEqual([]);
  });
});

describe('the clock of a wrong post', () => {
  test('runs from the report until the deletion and the correction are through', async () => {
    const { app, wrong } = await wrongPost();
    expect((await readStatus(app)).corrections).toBeUndefined();
    const recorded = await withdrawPost(app, {
      id: wrong.id,
      ...BY,
      correction: await prepared(app, wrong.id),
    });
    if (recorded.kind !== 'recorded') throw new Error(recorded.kind);
    app.clock.boot += 12 * MINUTE;
    const status = await readStatus(app);
    expect(status.corrections).toEqual([
      {
        id: wrong.id,
        since: new Date(START).toISOString(),
        postedAt: new Date(START).toISOString(),
        elapsedMs: 12 * MINUTE,
        deleted: false,
        correction: { id: recorded.correction?.id, state: 'queued' },
      },
    ]);
    expect(statusText(status, 'ja')).toMatch(/誤りとされた投稿 .*12分経過（削除：未完了、訂正：投稿待ち）/u);
    await app.store.apply(wrong.id, { kind: 'deleted', at: app.clock.now(), by: 'kosatsu' });
    expect((await readStatus(app)).corrections).toMatchObject([{ deleted: true }]);
  });

  test('runs for a deletion without a correction too', async () => {
    const { app, wrong } = await wrongPost();
    await withdrawPost(app, { id: wrong.id, ...BY, correction: null });
    expect(await correctionClocks(app)).toMatchObject([{ id: wrong.id, deleted: false, correction: null }]);
    await app.store.apply(wrong.id, { kind: 'deleted', at: app.clock.now(), by: 'kosatsu' });
    expect(await correctionClocks(app)).toEqual([]);
  });
});

describe('the clock goes on', () => {
  async function taken(script: Partial<Pick<FakeApp['publisher'], 'outcomes' | 'deletions'>>): Promise<{
    app: FakeApp;
    wrong: Entry;
  }> {
    const { app, wrong } = await wrongPost();
    await watchTimeline(app, signal);
    Object.assign(app.publisher, script);
    const request = { id: wrong.id, ...BY, correction: await prepared(app, wrong.id) };
    const recorded = await withdrawPost(app, request);
    if (recorded.kind !== 'recorded') throw new Error(recorded.kind);
    const ids = { entryId: wrong.id, correctionId: recorded.correction?.id ?? null };
    await carryOutWithdrawal(app, ids, signal);
    return { app, wrong };
  }

  test('where X refused the correction, until somebody gives it up', async () => {
    const { app, wrong } = await taken({ outcomes: [{ kind: 'rejected', status: 403, detail: 'no' }] });
    const [clock] = await correctionClocks(app);
    expect(clock).toMatchObject({ id: wrong.id, deleted: true, correction: { state: 'rejected' } });
    const id = clock?.correction?.id ?? '';
    for (const kind of ['retry', 'cancel'] as const) await act(app, { kind, id, ...BY });
    expect(await correctionClocks(app)).toEqual([]);
  });

  test('where X refused the deletion, until somebody deleted it by hand; that is no alarm', async () => {
    const { app, wrong } = await taken({ deletions: [{ kind: 'refused', detail: '403' }] });
    expect(await correctionClocks(app)).toMatchObject([
      { id: wrong.id, deleted: false, correction: { state: 'published' } },
    ]);
    app.publisher.deleted.push(wrong.remoteId ?? '');
    for (const _ of [1, 2]) {
      app.clock.boot += 10 * MINUTE;
      await watchTimeline(app, signal);
    }
    expect(await app.store.find(wrong.id)).toMatchObject({ state: 'withdrawn' });
    expect(await correctionClocks(app)).toEqual([]);
    expect(await app.store.alerts(SCOPE)).toEqual([]);
  });

  test('while the deletion is repeated, beside the correction that stands', async () => {
    const { app, wrong } = await taken({ deletions: [{ kind: 'doubt', detail: 'reset', retryAt: null }] });
    const entry = await app.store.find(wrong.id);
    expect(entry?.state).toBe('withdrawing');
    expect(await correctionClocks(app)).toMatchObject([
      { deleted: false, correction: { state: 'published' } },
    ]);
  });
});

describe('a correction that a second person must agree to', () => {
  async function held(): Promise<{ app: FakeApp; correction: Entry }> {
    const text = `本日○時頃の地震により影響を受けた手続の取扱い\n${URL}`;
    const { app: base, wrong } = await wrongPost({ text, source: null, ...hashed(text) });
    const { policy } = base.config;
    const approval = { ...policy.approval, forced: 'two' as const };
    const app = { ...base, config: { ...base.config, policy: { ...policy, approval } } };
    const taken = await withdrawPost(app, { id: wrong.id, ...BY, correction: await prepared(app, wrong.id) });
    if (taken.kind !== 'recorded' || taken.correction === null) throw new Error(taken.kind);
    return { app, correction: taken.correction };
  }

  test('is told of, because the wrong post is gone and nothing was said yet', async () => {
    const { app, correction } = await held();
    expect(app.told).toMatchObject([
      { code: 'entry-held-urgently', severity: 'alarm', params: { id: correction.id } },
    ]);
  });

  test('may be worded anew, though it repeats the mistake that it corrects', async () => {
    const { app, correction } = await held();
    const text = correction.text.replace('お詫び', '深くお詫び');
    const edited = await editPost(app, { id: correction.id, text, ...BY });
    expect(edited).toMatchObject({ kind: 'edited', entry: { state: 'held', text } });
    expect(app.told.at(-1)).toMatchObject({ code: 'entry-held-urgently' });
  });
});

describe('the mistake itself does not keep its correction back', () => {
  test.each([
    '本日○時○分頃の地震により影響を受けた手続の取扱い',
    '【訓練】地震により影響を受けた手続の取扱い',
    '手続期間を令和7年9月31日まで延長します',
    '手続期間を令和8年9月20日(月)まで延長します',
    'ｼｽﾃﾑ障害により影響を受けた手続の取扱い',
    'https://www.jpo.go.jp/ により影響を受けたTBD',
  ])('%s', async (title) => {
    for (const source of [aRealEntry().source, null]) {
      const text = `${title}\n${URL}`;
      const { app, wrong } = await wrongPost({
        source: source === null ? null : { ...source, title },
        ...(source === null ? { text, ...hashed(text) } : {}),
      });
      const correction = await prepared(app, wrong.id);
      const taken = await withdrawPost(app, { id: wrong.id, ...BY, correction });
      expect(taken).toMatchObject({ kind: 'recorded', correction: { state: 'queued' } });
      await carryOutWithdrawal(
        app,
        { entryId: wrong.id, correctionId: taken.kind === 'recorded' ? (taken.correction?.id ?? '') : '' },
        signal,
      );
      expect(app.publisher.sent.map((entry) => entry.text)).toEqual([correction]);
    }
  });

  test('nor does its page, though it was given as plain http', async () => {
    const { app, wrong } = await wrongPost({ url: 'http://www.jpo.go.jp/news/saigai.html' });
    const correction = await prepared(app, wrong.id);
    expect((await withdrawPost(app, { id: wrong.id, ...BY, correction })).kind).toBe('recorded');
  });

  test('but what a person adds to it is judged', async () => {
    const { app, wrong } = await wrongPost({
      text: `本日○時頃の地震\n${URL}`,
      source: null,
      ...hashed(`本日○時頃の地震\n${URL}`),
    });
    const correction = '【訂正】「本日○時頃の地震」は誤りです。正しくは△時です。';
    expect((await withdrawPost(app, { id: wrong.id, ...BY, correction })).kind).toBe('refused');
  });
});
