import { expect } from 'vitest';
import { openReviews } from '../../../src/app/review-post.ts';
import { START } from '../../app/fake-app.ts';
import { eventually } from '../../pipeline/world.ts';
import type { Visitor } from './visitor.ts';

const REASON = '内容を確認した';
const PAGE = 'https://www.jpo.go.jp/news/koho/saigai/noto.html';

type Flow = readonly [name: string, go: (visitor: Visitor) => Promise<void>];

/** What happens between two people, two browsers, or a browser and a network that fails. */
export const FLOWS_OF_TWO: readonly Flow[] = [
  [
    'a wrong urgent post is withdrawn and corrected from the board, and the clock runs until both are done',
    correct,
  ],
  [
    'two people decide at once: the second is told what the first did, and nothing is done twice',
    decideAtOnce,
  ],
  ['another browser is signed out, and opens nothing any more', signOutAnother],
  [
    'the network is lost in the middle of a post: the page tells the truth, and nothing goes out twice',
    loseNetwork,
  ],
];

/** Where two people must agree; the visitor is one of two who may. */
export const FLOWS_OF_FOUR_EYES: readonly Flow[] = [
  ['a notice is forced alone with the password once more, and reviewed by a second person', breakGlass],
];

export const PASSWORD = 'correct horse battery staple';

async function correct(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  const { text } = await office.record({
    id: 'correct1',
    state: 'published',
    kind: 'forced',
    topic: 'urgent',
    source: null,
    url: PAGE,
    publishedAt: office.app.clock.now(),
  });
  await visitor.open(words.board);
  await visitor.answer(words.correctIt);
  await visitor.reads(text.split(/\s/u)[0] ?? text);
  await visitor.page.getByRole('timer').first().waitFor();
  await visitor.answer(words.doNow, { [words.reason]: '日付の誤り' });
  await visitor.reads(words.withdrawn);
  await eventually('the wrong one is gone and the correction is out', () => {
    const shown = office.timeline();
    return shown.includes('訂正') && !shown.split('\n').includes(text);
  });
  expect(
    (await office.app.store.list({})).filter(({ correctsId }) => correctsId === 'correct1'),
  ).toHaveLength(1);
}

async function decideAtOnce(visitor: Visitor): Promise<void> {
  const { office, words } = visitor;
  await office.record({ id: 'both1', state: 'held', heldSince: START });
  const other = await visitor.beside();
  await other.signIn('森');
  await visitor.openPost('both1');
  await other.openPost('both1');
  // What somebody types stays on the page that renews itself, button and all.
  const form = await other.formOf(words.approve);
  await form.getByLabel(words.reason).fill(REASON);
  await visitor.answer(words.known, { [words.reason]: REASON });
  await visitor.reads(words.recorded + words.cancelled);
  await other.answer(words.approve);
  await other.reads(words.overtaken);
  await other.reads(words.notDone);
  expect(await office.stateOf('both1')).toBe('cancelled');
  expect(office.timeline()).not.toContain('both1');
  expect(other.complaints).toEqual([]);
  await other.close();
}

async function signOutAnother(visitor: Visitor): Promise<void> {
  const { words } = visitor;
  const other = await visitor.beside();
  await other.signIn();
  await visitor.open(words.account);
  await visitor.answer(words.signOutOne);
  const left = (): Promise<number> => visitor.page.getByRole('button', { name: words.signOutOne }).count();
  await expect.poll(left, { timeout: 30_000 }).toBe(0);
  // With script its page hears of it, and may be on its way to the sign-in already.
  await other.page.goto(new URL('/history', visitor.office.url).href).catch(() => {});
  await other.page.getByRole('button', { name: words.signIn, exact: true }).waitFor();
  await visitor.open(words.board);
  await visitor.page.getByRole('heading', { level: 1, name: words.board }).waitFor();
  await other.close();
}

async function loseNetwork(visitor: Visitor): Promise<void> {
  const { office, words, page, view } = visitor;
  const disaster = `令和8年南海沖地震${view.lang}`;
  const said = (): number => office.timeline().split(disaster).length - 1;
  await typeNotice(visitor, disaster);
  const cut = `${office.url}urgent`;
  // The form arrives, and the answer does not.
  const lost = Promise.withResolvers<void>();
  await page.route(cut, async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
    lost.resolve();
  });
  await page.getByRole('button', { name: words.postNow }).click({ noWaitAfter: true });
  await eventually('the notice is out', () => said() === 1);
  await lost.promise;
  await page.unroute(cut);
  // The first page knows what the lost answer would have said.
  await page.goto(office.url);
  await visitor.reads(disaster);
  const [made] = await office.app.store.list({ scope: office.app.scope, newestFirst: true, limit: 1 });
  expect(made?.state).toBe('published');
  // Typed once more by somebody who is not sure: the page says that it was said, and does not say it again.
  await typeNotice(visitor, disaster);
  await visitor.reads(words.saidBefore);
  expect(said()).toBe(1);
  const own = visitor.complaints.filter((one) => !one.includes('ERR_CONNECTION_RESET'));
  visitor.complaints.splice(0, visitor.complaints.length, ...own);
}

/** Up to the preview with its button. */
async function typeNotice(visitor: Visitor, disaster: string): Promise<void> {
  const { words, page, view, office } = visitor;
  await page.goto(new URL('/urgent', office.url).href);
  await page.getByLabel(words.disaster).fill(disaster);
  await page.getByLabel(words.address).fill(PAGE);
  await page.getByLabel(words.reason).fill('長官の指示');
  if (!view.script) await page.getByRole('button', { name: words.see }).click();
  await page.locator('#proposal .post').waitFor();
}

async function breakGlass(visitor: Visitor): Promise<void> {
  const { office, words, page, view } = visitor;
  const disaster = `令和8年日向灘地震${view.lang}`;
  await typeNotice(visitor, disaster);
  await page.getByText(words.alone).click();
  await page.getByLabel(words.ownPassword).fill(PASSWORD);
  await page.getByRole('button', { name: words.postAlone }).click();
  await visitor.reads(words.mustReview);
  expect(office.timeline()).toContain(disaster);
  await visitor.open(words.board);
  await visitor.reads(words.toReview);
  expect(await page.getByRole('link', { name: words.openReview }).count()).toBe(0);

  const second = await visitor.beside();
  await second.signIn('森', PASSWORD);
  await second.page.getByRole('link', { name: words.openReview }).click();
  await second.answer(words.review, { [words.finding]: '内容は正しい' });
  await second.reads(words.reviewed);
  expect(await openReviews(office.app)).toEqual([]);
  expect(second.complaints).toEqual([]);
  await second.close();
}
