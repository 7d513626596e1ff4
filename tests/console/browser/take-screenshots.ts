import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { World, eventually, ordinary, relief } from '../../pipeline/world.ts';
import { openChromium } from './chromium.ts';

/**
 * Takes the pictures of the console in docs/screenshots: npm run screenshots
 * Everything on them happens in a sandbox that ends with this script.
 */
const FOLDER = resolve(import.meta.dirname, '../../../docs/screenshots');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1_100, height: 900 };

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
  for (const [lang, locale] of [
    ['ja', 'ja-JP'],
    ['en', 'en-US'],
  ] as const) {
    const context = await chromium.newContext({ locale, viewport: DESKTOP });
    const page = await context.newPage();
    const take = (name: string): Promise<unknown> =>
      page.screenshot({ path: join(FOLDER, `${name}-${lang}.png`), fullPage: true });
    await page.goto(`${base}/`);
    await page.fill('#name', '佐藤');
    await page.fill('#password', password);
    await page.click('form button');
    await take('board');
    const [held] = (await world.posts()).filter(({ state }) => state === 'held');
    await page.goto(`${base}/posts/${held?.id ?? ''}`);
    await take('post');
    await page.setViewportSize(PHONE);
    await page.goto(`${base}/urgent`);
    await page.fill('#f-name', '令和8年能登沖地震');
    await page.fill('#url', 'https://www.jpo.go.jp/news/koho/saigai/noto.html');
    await page.fill('#reason', '被害の発生による');
    await page.waitForSelector('button[value=post]');
    await take('urgent-phone');
    await context.close();
  }
} finally {
  await chromium.close();
  for (const end of ends) await end();
}
