import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { World, eventually, ordinary } from '../../pipeline/world.ts';
import { openChromium } from './chromium.ts';

/** An item that the rules cannot class alone, so that it waits for a person. */
const DOUBTFUL = '被災した中小企業への補助金による支援について';
const DESKTOP = { width: 1_100, height: 900 };
const PHONE = { width: 390, height: 780 };
const LABELS = {
  ja: {
    decide: '内容を確認して対応する',
    approve: '承認する',
    posted: '投稿しました。',
    urgent: '緊急のお知らせ',
  },
  en: { decide: 'Look and decide', approve: 'Approve', posted: 'It is posted.', urgent: 'Urgent notice' },
} as const;

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
}, 60_000);
afterAll(async () => {
  await chromium.close();
});

type Seat = { world: World; base: string; password: string };

/** A worker with one held post, and the address and password that it printed. */
async function aSeat(context: TestContext): Promise<Seat> {
  const world = await World.open(context);
  await world.feed([ordinary(DOUBTFUL)]);
  const worker = await world.worker();
  const [, base = ''] = await worker.shows(/Status page: (\S+)\//u);
  const [, password = ''] = await worker.shows(/this password: (\S+)/u);
  await eventually('one post is held', async () => (await world.status()).queue.held === 1);
  return { world, base, password };
}

async function visit(
  running: TestContext,
  { base, password }: Seat,
  options: { lang: 'ja' | 'en'; viewport: { width: number; height: number }; script?: boolean },
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const { lang, viewport, script = true } = options;
  const locale = lang === 'ja' ? 'ja-JP' : 'en-US';
  const context = await chromium.newContext({ viewport, locale, javaScriptEnabled: script });
  running.onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${base}/`);
  await page.fill('#name', '佐藤');
  await page.fill('#password', password);
  await page.click('form button');
  return { page, context, complaints };
}

describe.concurrent('somebody who has never seen the program', { timeout: 120_000 }, () => {
  test.for([
    ['ja', 'phone', 'with script'],
    ['en', 'phone', 'without script'],
    ['en', 'desk', 'with script'],
    ['ja', 'desk', 'without script'],
  ] as const)(
    'in %s on a %s %s approves what is held, forces a notice in four actions, and corrects it',
    async ([lang, where, how], context) => {
      const viewport = where === 'phone' ? PHONE : DESKTOP;
      const script = how === 'with script';
      const seat = await aSeat(context);
      const { page, complaints } = await visit(context, seat, { lang, viewport, script });
      const words = LABELS[lang];

      await page.click(`text=${words.decide}`);
      await page.fill('#reason', '内容を確認した');
      await page.click('button[value=approve]');
      await eventually('the approved post is out', async () => (await seat.world.timeline()).length === 1);

      await page.click(`nav a:has-text("${words.urgent}")`);
      const url = 'https://www.jpo.go.jp/news/koho/saigai/noto.html';
      await page.fill('#f-name', '令和8年能登沖地震');
      await page.fill('#url', url);
      await page.fill('#reason', '長官の指示');
      // One action more without script: the fields were one, this is the second, and the yes is the third.
      if (script) await page.waitForSelector('button[value=post]');
      else await page.click('button[value=look]');
      await page.click('button[value=post]');
      await page.waitForSelector('.notice');
      expect(await page.textContent('.notice')).toContain(words.posted);
      expect((await seat.world.timeline()).map(({ text }) => text).join()).toContain('令和8年能登沖地震');

      await page.fill('#correction', '【訂正】先ほどの投稿に誤りがありました。次のページをご確認ください。');
      await page.fill('#reason', '誤りがあった');
      await page.click('button[value=look]');
      await page.click('button[value=do]');
      await page.waitForSelector('.notice');
      await eventually('the wrong one is gone and the correction is out', async () => {
        const texts = (await seat.world.timeline()).map(({ text }) => text);
        return (
          texts.length === 2 &&
          texts.some((text) => text.includes('訂正')) &&
          !texts.some((text) => text.includes('能登沖'))
        );
      });
      expect(complaints).toEqual([]);
    },
  );
});

describe.concurrent('every page', { timeout: 240_000 }, () => {
  test('meets WCAG 2.2 AA and fits its screen, in both languages, on a phone and on a desk', async (context) => {
    const seat = await aSeat(context);
    const views = [
      { lang: 'ja', viewport: PHONE, scheme: 'light' },
      { lang: 'en', viewport: DESKTOP, scheme: 'dark' },
      { lang: 'en', viewport: PHONE, scheme: 'dark' },
      { lang: 'ja', viewport: DESKTOP, scheme: 'light' },
    ] as const;
    const found = await Promise.all(
      views.map(async ({ lang, viewport, scheme }) => {
        const { page } = await visit(context, seat, { lang, viewport });
        await page.emulateMedia({ colorScheme: scheme });
        return faultsOf(page, seat, viewport);
      }),
    );
    expect(found.flat()).toEqual([]);
  });
});

/** What axe finds on each page, and which pages are wider than their screen, also at 200 % zoom. */
async function faultsOf(page: Page, { world, base }: Seat, viewport: typeof PHONE): Promise<string[]> {
  const [held] = await world.posts();
  const paths = [
    '',
    `posts/${held?.id ?? ''}`,
    'urgent',
    'urgent?template=free',
    'history',
    'dry-run?feed=typed',
  ];
  paths.push('feeds', 'rules?title=%E5%9C%B0%E9%9C%87', 'account', 'policy', 'posts/none', 'sign-in');
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(`${base}/${path}`);
    // The pages have no frames, so that axe need not look for any: twice as fast.
    const builder = new AxeBuilder({ page }).setLegacyMode(true);
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await builder.withTags(tags).analyze();
    for (const one of violations)
      found.push(`/${path} ${one.id}: ${one.nodes.map(({ html }) => html).join(' ')}`);
    // A desk at 200 % zoom has half the width; a phone reflows to the 320 pixels that WCAG 1.4.10 asks for.
    const zoomed = { ...viewport, width: Math.max(320, viewport.width / 2) };
    for (const size of [viewport, zoomed]) {
      await page.setViewportSize(size);
      const isWider = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
      if (isWider) found.push(`/${path} is wider than a screen of ${String(size.width)}`);
    }
    await page.setViewportSize(viewport);
  }
  return found;
}

describe.concurrent('the page', { timeout: 120_000 }, () => {
  test('is worked with the keyboard alone', async (context) => {
    const seat = await aSeat(context);
    const { page } = await visit(context, seat, { lang: 'en', viewport: DESKTOP });
    const tabTo = async (words: string): Promise<void> => {
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate<string>('document.activeElement.textContent');
        const id = await page.evaluate<string>('document.activeElement.id');
        if (here.includes(words) || id === words) return;
      }
      expect.fail(`the keyboard does not reach ${words}`);
    };
    await tabTo('Look and decide');
    await page.keyboard.press('Enter');
    await page.waitForURL(/posts/u);
    await tabTo('reason');
    await page.keyboard.type('seen');
    await tabTo('Approve');
    await page.keyboard.press('Enter');
    await eventually('the approved post is out', async () => (await seat.world.timeline()).length === 1);
  });

  test('shows what happens without a reload, and says when the server is lost', async (context) => {
    const seat = await aSeat(context);
    const { page } = await visit(context, seat, { lang: 'en', viewport: DESKTOP });
    expect(await page.isVisible('#lost')).toBe(false);
    const [held] = await seat.world.posts();
    await seat.world.run(['cancel', held?.id ?? '', '--by', 'mori', '--reason', 'old']);
    await page.waitForSelector('text=Nothing waits for a decision.');
    await page.context().setOffline(true);
    await seat.world.close();
    await page.waitForSelector('#lost:not([hidden])');
    expect(await page.textContent('#lost')).toContain('cannot be reached');
  });
});
