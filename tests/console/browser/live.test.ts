import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { act } from '../../../src/app/operator-actions.ts';
import { START } from '../../app/fake-app.ts';
import { eventually } from '../../pipeline/world.ts';
import { openChromium } from './chromium.ts';
import { Office } from './office.ts';
import { Visitor } from './visitor.ts';

let chromium: Browser;
let office: Office;
let visitor: Visitor;

beforeAll(async () => {
  chromium = await openChromium();
}, 60_000);
afterAll(async () => {
  await chromium.close();
});
beforeEach(async () => {
  office = await Office.open();
  onTestFinished(() => office.close());
  await office.record({ id: 'held1', state: 'held', heldSince: START });
  visitor = await Visitor.at(office, chromium, { lang: 'en', where: 'desktop', script: true });
  onTestFinished(() => visitor.close());
  await visitor.signIn();
});

test('a held post is approved with the keyboard alone', async () => {
  const { page, words } = visitor;
  const tabTo = async (isThere: string): Promise<void> => {
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate<boolean>(`((one) => ${isThere})(document.activeElement)`)) return;
    }
    expect.fail(`the keyboard does not reach ${isThere}`);
  };
  await tabTo(`one.textContent.includes('${words.decide}')`);
  await page.keyboard.press('Enter');
  await page.waitForURL(/posts/u);
  await tabTo(`one.labels?.[0]?.textContent === '${words.reason}'`);
  await page.keyboard.type('seen');
  await tabTo(`one.textContent.trim().startsWith('${words.approve}')`);
  await page.keyboard.press('Enter');
  await visitor.reads(words.recorded);
  await eventually('the approved post is out', () => office.timeline().includes('held1'));
});

test('what somebody else did appears without a reload, and a lost server is told of', async () => {
  const { page, words } = visitor;
  await visitor.reads(words.decide);
  expect(await page.getByText(words.lost).isVisible()).toBe(false);
  await page.getByRole('link', { name: 'All posts' }).focus();
  await act(office.app, { kind: 'cancel', id: 'held1', by: 'mori', reason: 'old' });
  await visitor.reads(words.nothingWaits);
  expect(await page.evaluate('document.activeElement.textContent')).toBe('All posts');
  await page.context().setOffline(true);
  await office.close();
  await visitor.reads(words.lost);
});

test('long work moves on the board without a reload, and a button stops it', async () => {
  const { page } = visitor;
  const running = office.app.progress.begin('first-reading', 'jpo', 2_000, START);
  const bar = page.getByRole('progressbar', { name: /First reading of feed "jpo"/u });
  await bar.waitFor();
  running.step(1_200, 2_000);
  await visitor.reads('1,200 of 2,000 items looked at');
  expect(await page.evaluate<number>(`document.querySelector('.work progress').value`)).toBe(1_200);
  await page.getByText('Stop', { exact: false }).first().click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await visitor.reads('was stopped. Nothing was posted');
  expect(running.signal.aborted).toBe(true);
});

test('what somebody types is not swept away by what happens meanwhile', async () => {
  const { page, words } = visitor;
  await visitor.openPost('held1');
  const reason = page.getByLabel(words.reason).first();
  await reason.fill('half a sentence');
  await act(office.app, { kind: 'cancel', id: 'held1', by: 'mori', reason: 'old' });
  // The page hears of the change within a second; a beat later the words must still stand there.
  await page.waitForTimeout(2_000);
  expect(await reason.inputValue()).toBe('half a sentence');
  await visitor.answer(words.approve);
  await visitor.reads('While you had this page open, mori changed the post');
});

test('a notice is counted while it is typed, by the same code that posts it', async () => {
  const { page, words } = visitor;
  await visitor.open(words.urgent);
  await page.getByRole('link', { name: 'Own words' }).click();
  await page.getByLabel('Text', { exact: true }).fill('窓口の受付時間を変更します。');
  await visitor.reads('28 of 280 used, 252 left');
  await page.getByLabel('Text', { exact: true }).fill('窓'.repeat(141));
  await visitor.reads('282 of 280: 2 too many');
  await expect.poll(() => page.getByRole('button', { name: words.postNow }).count()).toBe(0);
});

test('a button pressed twice does its work once', async () => {
  const { page, words } = visitor;
  await visitor.openPost('held1');
  await page.getByLabel(words.reason).first().fill('seen');
  await page.getByRole('button', { name: words.approve }).dblclick();
  await visitor.reads(words.recorded);
  const approvals = (await office.app.store.history('held1')).filter(({ event }) => event === 'approve');
  expect(approvals).toHaveLength(1);
});

test('a page that was left open until the session ended does nothing, and leads to the sign-in', async () => {
  const { page, words } = visitor;
  await visitor.openPost('held1');
  office.app.clock.boot += 13 * 3_600_000;
  await visitor.answer(words.approve, { [words.reason]: 'seen' });
  await page.getByRole('button', { name: words.signIn }).waitFor();
  expect(await office.stateOf('held1')).toBe('held');
});
