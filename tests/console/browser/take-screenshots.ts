import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { World, eventually, ordinary, relief } from '../../pipeline/world.ts';
import { openChromium } from './chromium.ts';

/**
 * Takes the pictures of the console in docs/screenshots: npm run screenshots
 * Everything on them happens in a sandbox that ends with this script.
 */
const FOLDER = resolve(import.meta.dirname, '../../../docs/screenshots');
const SIZES = { desktop: { width: 960, height: 1_000 }, phone: { width: 390, height: 844 } } as const;
/** Pixels of height; what lies further down is for whoever opens the page. */
const HEIGHT_MAX = 1_700;

const ends: (() => unknown)[] = [];
const world = await World.open({ onTestFinished: (end: () => unknown) => ends.push(end) } as never);
const chromium = await openChromium();
try {
  mkdirSync(FOLDER, { recursive: true });
  await world.feed([ordinary(), relief(), ordinary('被災した中小企業への補助金による支援について')]);
  const worker = await world.worker();
  const [, base = ''] = await worker.shows(/Status page: (\S+)\//u);
  const [, password = ''] = await worker.shows(/this password: (\S+)/u);
  await eventually('two posts are out', async () => (await world.timeline()).length === 2, 60);
  const held = (await world.posts()).find(({ state }) => state === 'held');
  for (const lang of ['ja', 'en'] as const)
    for (const where of ['desktop', 'phone'] as const) {
      const locale = lang === 'ja' ? 'ja-JP' : 'en-US';
      const context = await chromium.newContext({ locale, viewport: SIZES[where] });
      const page = await context.newPage();
      const take = (name: string): Promise<void> => picture(page, `${name}-${where}-${lang}.png`);
      await page.goto(`${base}/`);
      await page.fill('#name', '佐藤');
      await page.fill('#password', password);
      await page.click('form button');
      await page.waitForSelector('nav');
      await take('board');
      await page.click('form[action$="/withdraw"] button');
      await page.waitForSelector('button[value=do]');
      await take('correct');
      await page.goto(`${base}/posts/${held?.id ?? ''}`);
      await take('preview');
      await page.goto(`${base}/urgent`);
      await page.fill('#f-name', '令和8年能登沖地震');
      await page.fill('#url', 'https://www.jpo.go.jp/news/koho/saigai/noto.html');
      await page.fill('#reason', lang === 'ja' ? '被害の発生による' : 'Damage in the region');
      await page.waitForSelector('button[value=post]');
      await page.evaluate('document.activeElement.blur()');
      await take('urgent');
      await context.close();
    }
} finally {
  await chromium.close();
  for (const end of ends) await end();
}

async function picture(page: Page, name: string): Promise<void> {
  const needed = await page.evaluate<number>('document.documentElement.scrollHeight');
  const { width } = page.viewportSize() ?? SIZES.desktop;
  // The button that posts stands at the end of its form.
  const isForm = page.url().endsWith('/urgent');
  const clip = { x: 0, y: 0, width, height: isForm ? needed : Math.min(needed, HEIGHT_MAX) };
  await page.screenshot({ path: join(FOLDER, name), fullPage: true, clip });
}
