import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { pausePublishing } from '../../../src/app/pauses.ts';
import { raiseAlert } from '../../../src/app/tell-people.ts';
import { ROLES } from '../../../src/governance/operator.ts';
import { layOut } from '../desk.ts';
import { ASKS, methodOf, routesOf } from '../routes.ts';
import { openChromium } from './chromium.ts';
import { axeFaults, keyboardFaults, widthFaults } from './faults.ts';
import { Office } from './office.ts';
import { Visitor, type View } from './visitor.ts';

const VIEWS: readonly View[] = [
  { lang: 'ja', where: 'phone', script: true, dark: false },
  { lang: 'en', where: 'desktop', script: true, dark: true },
  { lang: 'en', where: 'phone', script: true, dark: true },
  { lang: 'ja', where: 'desktop', script: true, dark: false },
];

const SHOWN = ASKS.filter((ask) => ask.isData !== true);
const PAGES = SHOWN.filter((ask) => methodOf(ask) === 'GET');
/** Forms that answer with a page instead of leading to one. Signing out would end the walk. */
const ANSWERS = SHOWN.filter(
  (ask) => methodOf(ask) === 'POST' && ask.changes !== true && ask.at !== '/sign-out',
);

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
  return () => chromium.close();
}, 60_000);

/** An office with something of everything on its pages. */
async function aBusyOffice(): Promise<Office> {
  const office = await Office.open();
  await layOut(office.console);
  await pausePublishing(office.app, { by: '佐藤', reason: '誤りの確認のため' });
  const params = { feed: 'jpo', problem: 'ECONNREFUSED', detail: 'ECONNREFUSED' };
  await raiseAlert(office.app, 'x', { code: 'feed-problem', params, severity: 'alarm' });
  return office;
}

test('every page of the console is among those that are looked at', async () => {
  const looked = new Set(ASKS.map(({ route }) => route));
  const office = await Office.open();
  expect(routesOf(office.console).filter((route) => !looked.has(route))).toEqual([]);
  await office.close();
});

/** Where pages differ by who looks at them. */
const BY_ROLE = [
  '/',
  '/posts/held1',
  '/posts/uncertain1',
  '/posts/published1',
  '/posts/alone1',
  '/batches/b1',
  '/history',
  '/account',
];
const PHONE: View = { lang: 'ja', where: 'phone', script: true };

/** Each role sees other buttons. */
describe.each(ROLES)('seen by one who is only %s', (role) => {
  test('every page meets WCAG 2.2 AA and fits', async () => {
    const office = await aBusyOffice();
    const visitor = await Visitor.at(office, chromium, PHONE);
    await visitor.takeSeat('mori', [role]);
    for (const at of BY_ROLE) {
      await visitor.page.goto(new URL(at, office.url).href);
      expect(await axeFaults(visitor.page), at).toEqual([]);
      expect(await widthFaults(visitor.page), at).toEqual([]);
    }
    await visitor.close();
    await office.close();
  });
});

const BANDS = [
  ['live', '【本番】', 'rgb(143, 0, 24)'],
  ['drill', '【訓練】', 'rgb(47, 52, 64)'],
] as const;

describe.each(BANDS)('in the mode %s', (mode, word, colour) => {
  test('the band, the title and the icon say so, and the pages meet WCAG 2.2 AA, light and dark', async () => {
    const office = await Office.inMode(mode);
    await layOut(office.console, { mode });
    for (const dark of [false, true]) {
      const visitor = await Visitor.at(office, chromium, { ...PHONE, dark });
      await visitor.signIn();
      for (const at of ['/', '/posts/held1', '/urgent', '/policy']) {
        await visitor.page.goto(new URL(at, office.url).href);
        expect(await visitor.page.title()).toContain(word);
        const band = await visitor.page.evaluate<string>(
          'getComputedStyle(document.querySelector(".band")).backgroundColor',
        );
        expect(band).toBe(colour);
        expect(await visitor.page.locator('link[rel=icon]').getAttribute('href')).toContain(mode);
        expect(await axeFaults(visitor.page), at).toEqual([]);
        expect(await widthFaults(visitor.page), at).toEqual([]);
      }
      await visitor.close();
    }
    await office.close();
  });
});

describe.each(VIEWS)('in $lang on a $where, dark: $dark', (view) => {
  let visitor: Visitor;
  beforeAll(async () => {
    const office = await aBusyOffice();
    visitor = await Visitor.at(office, chromium, view);
    // What is looked at must stand still: a page that hears of a change renews itself.
    await visitor.page.route('**/events', () => {});
    await visitor.signIn();
    return async () => {
      await visitor.close();
      await office.close();
    };
  });

  test.each(PAGES)('$at meets WCAG 2.2 AA, fits at 200 % zoom, and is worked by keyboard', async ({ at }) => {
    await visitor.page.goto(new URL(at, visitor.office.url).href);
    expect(await axeFaults(visitor.page)).toEqual([]);
    expect(await widthFaults(visitor.page)).toEqual([]);
    expect(await keyboardFaults(visitor.page)).toEqual([]);
  });

  test.each(ANSWERS)('what $route answers to $fields meets it too', async (ask) => {
    await visitor.send(ask);
    expect(await axeFaults(visitor.page)).toEqual([]);
    expect(await widthFaults(visitor.page)).toEqual([]);
  });

  test('and none of them made the browser complain', () => {
    // A page that is refused or missing is one of these, and the browser says so.
    const complaints = visitor.complaints.filter((one) => !one.startsWith('Failed to load resource'));
    expect(complaints).toEqual([]);
  });
});
