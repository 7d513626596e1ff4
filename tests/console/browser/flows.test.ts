import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium } from './chromium.ts';
import { FLOWS } from './flows.ts';
import { Office } from './office.ts';
import { Visitor, type View } from './visitor.ts';

const ALL: readonly View[] = (['ja', 'en'] as const).flatMap((lang) =>
  (['phone', 'desktop'] as const).flatMap((where) =>
    [true, false].map((script) => ({ lang, where, script })),
  ),
);
/** The short run tries the first: in Japanese, on a phone, with script. */
const views = process.env['KOSATSU_THOROUGH'] === '1' ? ALL : ALL.slice(0, 1);

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
  return () => chromium.close();
}, 60_000);

describe.each(views)('in $lang on a $where, script: $script', (view) => {
  let office: Office;
  let visitor: Visitor;
  beforeAll(async () => {
    office = await Office.open();
    visitor = await Visitor.at(office, chromium, view);
    await visitor.signIn();
  });
  afterAll(async () => {
    await visitor.close();
    await office.close();
  });

  test.each(FLOWS)('%s', async (_, go) => {
    await go(visitor);
    expect(visitor.complaints).toEqual([]);
  });
});
