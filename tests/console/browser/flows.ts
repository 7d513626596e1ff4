import { expect } from 'vitest';
import { START } from '../../app/fake-app.ts';
import { anAttempt } from '../../outbox/sample-entries.ts';
import { eventually } from '../../pipeline/world.ts';
import type { Visitor } from './visitor.ts';

const DAY = 86_400_000;
const REASON = '内容を確認した';
const PAGE = 'https://www.jpo.go.jp/news/koho/saigai/noto.html';

/** The day's work. Each flow begins on any page, and puts the post that it needs on record itself. */
export const FLOWS: readonly (readonly [name: string, go: (visitor: Visitor) => Promise<void>])[] = [
  ['a held post is approved and goes out', approve],
  ['a queued post is held', hold],
  ['a queued post is cancelled', cancel],
  ['a post that X refused is prepared again', retry],
  ['a held post is marked as known', known],
  ['a held post is edited, and the new version approved', edit],
  ['an uncertain post is settled, with the evidence beside it', settle],
  ['a quarantined flood is resolved', flood],
  ['a notice is forced from the board in at most four actions, then withdrawn and corrected', force],
  ['publishing is paused and resumed', pause],
  ['a dry run shows a card for each item', dryRun],
  ['the history is searched', searchHistory],
  ['a title is tried', tryTitle],
];

async function approve(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  const { text } = await office.record({ id: 'approve1', state: 'held', heldSince: START });
  await visitor.openPost('approve1');
  await visitor.answer(words.approve, { [words.reason]: REASON });
  await visitor.reads(words.recorded);
  await eventually('the approved post is out', () => office.timeline().includes(text));
}

async function hold(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  await office.record({ id: 'hold1', state: 'queued', dueAt: START + DAY });
  await visitor.openPost('hold1', words.look);
  await visitor.answer(words.hold, { [words.reason]: REASON });
  await visitor.reads(words.recorded + words.held);
  expect(await office.stateOf('hold1')).toBe('held');
}

async function cancel(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  await office.record({ id: 'cancel1', state: 'queued', dueAt: START + DAY });
  await visitor.openPost('cancel1', words.look);
  await visitor.answer(words.cancel, { [words.reason]: REASON });
  await visitor.reads(words.recorded + words.cancelled);
  expect(await office.stateOf('cancel1')).toBe('cancelled');
}

async function retry(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  const attempt = anAttempt({ at: START - 60_000, deadlineAt: START - 45_000 });
  const sent = { attempts: 1, attempt, firstAttemptAt: attempt.at };
  await office.record({ id: 'retry1', state: 'rejected', ...sent });
  await visitor.open(words.history);
  await visitor.answer(words.search, { [words.searchText]: 'retry1' });
  await visitor.page.getByRole('listitem').getByRole('link', { name: words.look }).first().click();
  await visitor.answer(words.retry, { [words.reason]: REASON });
  await visitor.reads(words.recorded + words.held);
  expect(await office.stateOf('retry1')).toBe('held');
}

async function known(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  await office.record({ id: 'known1', state: 'held', heldSince: START });
  await visitor.openPost('known1');
  await visitor.answer(words.known, { [words.reason]: REASON });
  await visitor.reads(words.recorded + words.cancelled);
  expect(await office.stateOf('known1')).toBe('cancelled');
}

async function edit(visitor: Visitor): Promise<void> {
  const { office, words, page, view } = visitor;
  await office.record({ id: 'edit1', state: 'held', heldSince: START });
  await visitor.openPost('edit1');
  await page.getByRole('link', { name: words.edit }).click();
  const text = `審査基準を改めました(${view.lang})。\n${PAGE}`;
  const typed = { [words.text]: text, [words.reason]: '言葉を改める' };
  if (view.script) {
    for (const [label, value] of Object.entries(typed)) await page.getByLabel(label).fill(value);
  } else await visitor.answer(words.lookAgain, typed);
  await visitor.answer(words.saveVersion);
  await visitor.reads(words.heldAnew);
  expect(office.timeline()).not.toContain(text);
  await visitor.answer(words.approve, { [words.reason]: REASON });
  await eventually('the new version is out', () => office.timeline().includes(text));
}

async function settle(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  const attempt = anAttempt({ at: START - 60_000, deadlineAt: START - 45_000 });
  const sent = { attempts: 1, attempt, firstAttemptAt: attempt.at };
  const search = { reads: 3, misses: 1, lastReadAt: START, nextReadAt: START + DAY, duplicateRefused: false };
  const { text } = await office.record({
    id: 'settle1',
    state: 'uncertain',
    ...sent,
    search,
    needsPerson: true,
  });
  const { remoteId } = office.app.publisher.put(text);
  await visitor.openPost('settle1');
  await visitor.reads(words.evidence);
  const found = { [words.reason]: REASON, [words.postAddress]: `https://x.com/jpo_test/status/${remoteId}` };
  await visitor.answer(words.wasPosted, found);
  await visitor.reads(words.recorded + words.published);
  expect((await office.app.store.find('settle1'))?.remoteId).toBe(remoteId);
}

async function flood(visitor: Visitor): Promise<void> {
  const { office, words, page } = visitor;
  const reasons = [{ rule: 'baseline-burst', params: { flood: 'many' } }] as const;
  const held = { state: 'held', heldSince: START, batchId: 'batch1', reasons } as const;
  const source = { feed: 'jpo', itemId: 'i', url: null, publishedAt: START, problems: [] };
  await office.record({ id: 'flood1', ...held, source: { ...source, title: '新しいお知らせ' } });
  await office.record({ id: 'flood2', ...held, source: { ...source, title: '古いお知らせ' } });
  await visitor.open(words.board);
  const batch = page.getByRole('listitem').filter({ hasText: words.together });
  await batch.getByRole('link', { name: words.decide }).click();
  await page.getByLabel('新しいお知らせ').check();
  await visitor.answer(words.postChosen, { [words.reason]: REASON });
  await visitor.reads(words.flooded);
  expect(await office.stateOf('flood2')).toBe('cancelled');
  await eventually('the chosen one is out', () => office.timeline().includes('flood1'));
}

/** An action is a press on a link or a button, or filling in a form: what a person counts. */
async function force(visitor: Visitor): Promise<void> {
  const { office, words, page, view } = visitor;
  const disaster = `令和8年能登沖地震${view.lang}`;
  await page.goto(office.url);
  const actions: (() => Promise<unknown>)[] = [
    () => visitor.open(words.urgent),
    async () => {
      await page.getByLabel(words.disaster).fill(disaster);
      await page.getByLabel(words.address).fill(PAGE);
      await page.getByLabel(words.reason).fill('長官の指示');
    },
    // With script the post appears while it is typed.
    ...(view.script ? [] : [() => page.getByRole('button', { name: words.see }).click()]),
    () => page.getByRole('button', { name: words.postNow }).click(),
  ];
  expect(actions.length).toBeLessThanOrEqual(4);
  for (const action of actions) await action();
  await visitor.reads(words.posted);
  expect(office.timeline()).toContain(disaster);
  await page.getByRole('link', { name: words.publicPost }).first().waitFor();

  const correction = `【訂正】先ほどの投稿に誤りがありました。次のページをご確認ください。${view.lang}\n${PAGE}`;
  await visitor.answer(words.lookFirst, { [words.correction]: correction, [words.reason]: '誤りがあった' });
  await visitor.answer(words.doNow);
  await visitor.reads(words.withdrawn);
  await eventually('the wrong one is gone and the correction is out', () => {
    const shown = office.timeline();
    return shown.includes(correction) && !shown.includes(disaster);
  });
}

async function pause(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  await visitor.open(words.board);
  await visitor.answer(words.pause, { [words.reason]: '誤りの確認のため' });
  await visitor.reads(words.paused);
  await visitor.reads('誤りの確認のため');
  expect(await office.app.store.stops(office.app.scope)).toHaveLength(1);
  await visitor.answer(words.resume, { [words.reason]: '確認済み' });
  await visitor.reads(words.resumed);
  expect(await office.app.store.stops(office.app.scope)).toEqual([]);
}

async function dryRun(visitor: Visitor): Promise<void> {
  const { words, page } = visitor;
  await visitor.open(words.dryRun);
  await page.getByLabel(words.feed).selectOption('jpo');
  await visitor.answer(words.readNow);
  await page.getByRole('article').first().waitFor();
  expect(await page.getByRole('article').count()).toBe(3);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: words.save }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/\.html$/u);
}

async function searchHistory(visitor: Visitor): Promise<void> {
  const { office, words, page } = visitor;
  await office.record({ id: 'search1', state: 'cancelled' });
  await visitor.open(words.history);
  await visitor.answer(words.search, { [words.searchText]: 'ＳＥＡＲＣＨ1' });
  await visitor.reads(words.found);
  await page.getByRole('listitem').getByRole('link', { name: words.look }).first().click();
  await page.getByRole('heading', { level: 1, name: 'search1' }).waitFor();
}

async function tryTitle(visitor: Visitor): Promise<void> {
  const { words, page } = visitor;
  await visitor.open(words.rules);
  await visitor.answer(words.classIt, {
    [words.title]: '令和8年能登沖地震により影響を受けた手続の取扱いについて',
  });
  const verdict = page.getByRole('status').filter({ hasText: words.isUrgent });
  await verdict.first().waitFor();
}
