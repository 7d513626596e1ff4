import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { enrol } from '../desk.ts';
import { openChromium } from './chromium.ts';
import { FLOWS } from './flows.ts';
import { FLOWS_OF_FOUR_EYES, FLOWS_OF_TWO, PASSWORD } from './flows-of-two.ts';
import { Office } from './office.ts';
import { Visitor, type View } from './visitor.ts';

const ALL: readonly View[] = (['ja', 'en'] as const).flatMap((lang) =>
  (['phone', 'desktop'] as const).flatMap((where) =>
    [true, false].map((script) => ({ lang, where, script })),
  ),
);

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
  return () => chromium.close();
}, 60_000);

describe.each(ALL)('in $lang on a $where, script: $script', (view) => {
  let visitor: Visitor;
  beforeAll(async () => {
    const office = await Office.open();
    visitor = await Visitor.at(office, chromium, view);
    await visitor.signIn();
    return async () => {
      await visitor.close();
      await office.close();
    };
  });

  test.each([...FLOWS, ...FLOWS_OF_TWO])('%s', async (_, go) => {
    await go(visitor);
    expect(visitor.complaints).toEqual([]);
  });
});

describe.each(ALL)('where two must agree, in $lang on a $where, script: $script', (view) => {
  test.each(FLOWS_OF_FOUR_EYES)('%s', async (_, go) => {
    const office = await Office.ofFourEyes();
    await enrol(office, { 佐藤: ['approver'], 森: ['approver'] }, PASSWORD);
    const visitor = await Visitor.at(office, chromium, view);
    try {
      await visitor.signIn('佐藤', PASSWORD);
      await go(visitor);
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.close();
      await office.close();
    }
  });
});
