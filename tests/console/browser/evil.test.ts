import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Config } from '../../../src/config.ts';
import { aFakeApp, START } from '../../app/fake-app.ts';
import { feedConfig } from '../../fixtures/feed/feed-config.ts';
import { item } from '../../fixtures/feed/item.ts';
import { layOut } from '../desk.ts';
import { ASKS, methodOf } from '../routes.ts';
import { openChromium } from './chromium.ts';
import { Office } from './office.ts';
import { Visitor } from './visitor.ts';

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
  return () => chromium.close();
}, 60_000);

/** Leaves every context in which a value may have been put: an attribute, a title, a text field, a script, a style. */
const EVIL = `"'></title></textarea></script></style><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>{{7*7}}\${7*7}`;
const EVIL_URL = `javascript:alert(4)//`;

/** Settings that somebody who may write them filled with markup. */
function evilConfig(): Partial<Config> {
  const { config } = aFakeApp();
  const label = { ja: EVIL, en: EVIL };
  const fields = { name: { kind: 'text', required: true, label } } as const;
  const templates = {
    ...config.templates,
    forced: { evil: { label, fields, ja: `${EVIL}{name}\n{url}`, en: `${EVIL}{name}\n{url}` } },
  };
  const rules = {
    ...config.rules,
    rules: config.rules.rules.map((rule) => ({ ...rule, name: EVIL, meaning: label })),
  };
  const feeds = [feedConfig({ name: 'jpo' }), feedConfig({ name: EVIL })];
  return { templates, rules, feeds };
}

test('what feeds, settings, people and addresses bring stays words on every page', async () => {
  const office = await Office.open(evilConfig(), [item({ title: EVIL, url: EVIL_URL, id: EVIL })]);
  const source = { feed: EVIL, itemId: EVIL, title: EVIL, url: EVIL_URL, publishedAt: START, problems: [] };
  await layOut(office.console, {
    source,
    rule: EVIL,
    note: EVIL,
    by: EVIL,
    template: EVIL,
    policyVersion: EVIL,
  });
  await office.record({
    id: 'evil1',
    state: 'held',
    heldSince: START,
    text: `${EVIL} https://www.jpo.go.jp/`,
    source,
  });
  await office.app.store.setStop(office.app.scope, {
    kind: 'pause',
    topic: null,
    feed: null,
    by: EVIL,
    reason: EVIL,
    since: START,
    until: null,
  });
  const visitor = await Visitor.at(office, chromium, { lang: 'en', where: 'desktop', script: true });
  await visitor.signIn();
  const evil = encodeURIComponent(EVIL);
  const places = [
    ...ASKS.filter((ask) => methodOf(ask) === 'GET' && ask.isData !== true).map(({ at }) => at),
    '/posts/evil1',
    '/posts/evil1/edit',
    `/posts/${evil}`,
    `/posts/${evil}/edit`,
    `/batches/${evil}`,
    `/${evil}`,
    `/?note=${evil}&lang=${evil}`,
    `/sign-in?next=${evil}`,
    `/rules?title=${evil}&url=${evil}`,
    `/urgent?template=${evil}`,
    `/dry-run?feed=${evil}`,
    `/dry-run?address=${evil}`,
    `/history?text=${evil}&by=${evil}&state=${evil}&from=${evil}&to=${evil}`,
  ];
  for (const at of places) {
    await visitor.page.goto(new URL(at, office.url).href);
    const made = await visitor.page.evaluate<string[]>(FOREIGN);
    expect(made, at).toEqual([]);
  }
  for (const ask of ASKS.filter((one) => methodOf(one) === 'POST' && one.at !== '/sign-out')) {
    const fields = {
      ...ask.fields,
      reason: EVIL,
      text: EVIL,
      correction: EVIL,
      name: EVIL,
      url: EVIL_URL,
      'f-name': EVIL,
    };
    await visitor.send({ ...ask, fields });
    expect(await visitor.page.evaluate<string[]>(FOREIGN), ask.route).toEqual([]);
  }
  // Not even the policy had to stop anything: nothing was there to be stopped.
  expect(visitor.complaints.filter((one) => !one.startsWith('Failed to load resource'))).toEqual([]);
  await visitor.close();
  await office.close();
}, 240_000);

/** What no page of ours has: script between the lines, handlers in attributes, pictures, addresses that run. */
const FOREIGN = `[...document.querySelectorAll('*')]
  .filter((one) =>
    (one.tagName === 'SCRIPT' && one.textContent !== '') ||
    ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE'].includes(one.tagName) ||
    [...one.attributes].some(({ name, value }) => /^on|^style$/i.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value) && /^(href|src|action|formaction)$/i.test(name)))
  .map((one) => one.outerHTML.slice(0, 200))`;
