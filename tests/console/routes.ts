import { faviconPath } from '../../src/console/favicon.ts';
import { SCRIPT_PATH } from '../../src/console/script.ts';
import { STYLE_PATH } from '../../src/console/style-sheet.ts';
import type { GovernedAct } from '../../src/governance/permissions.ts';
import type { TestConsole } from './visitor.ts';

/**
 * One request to a route, as somebody who may would send it, over what `layOut` put there. `changes` where something is different
 * afterwards: that is how a test sees that the same request of somebody who may not was refused.
 */
export type Ask = {
  route: string;
  /** The right that it needs; `everybody` needs no sign-in. */
  right: GovernedAct | 'everybody';
  at: string;
  fields?: Readonly<Record<string, string>>;
  changes?: boolean;
  /** What is no page for people: a file, a stream, a feed, a part of a page. */
  isData?: true;
};

const everybody = 'everybody' as const;
const page = (route: string, right: Ask['right'], at = route): Ask => ({ route: `GET ${route}`, right, at });
const data = (route: string, right: Ask['right'], at = route): Ask => ({
  ...page(route, right, at),
  isData: true,
});
const look = (
  route: string,
  right: Ask['right'],
  at: string,
  fields: Readonly<Record<string, string>>,
): Ask => ({
  route: `POST ${route}`,
  right,
  at,
  fields,
});
const act = (...of: Parameters<typeof look>): Ask => ({ ...look(...of), changes: true });

const notice = { template: 'free', text: '【重要】窓口の受付時間を変更します。', lang: 'ja' };
const edited = { text: '審査基準を改めました。\nhttps://www.jpo.go.jp/news/held1.html' };
const correction = '【訂正】先ほどの投稿に誤りがありました。次のページをご確認ください。';

/** Every route of the console with the right that it needs. A route that does not stand here fails the tests. */
export const ASKS: readonly Ask[] = [
  data(STYLE_PATH, everybody),
  data(SCRIPT_PATH, everybody),
  data(faviconPath('sandbox'), everybody),
  data('/healthz', everybody),
  data('/feed.xml', everybody),
  data('/feed.json', everybody),
  page('/policy', everybody),
  page('/sign-in', everybody),
  look('/sign-in', everybody, '/sign-in', { name: 'sato', password: 'wrong' }),
  page('/', 'view'),
  data('/events', 'view'),
  page('/account', 'view'),
  look('/sign-out', 'view', '/sign-out', { where: 'here' }),
  page('/posts/:id', 'view', '/posts/held1'),
  page('/posts/:id', 'view', '/posts/queued1'),
  page('/posts/:id', 'view', '/posts/published1'),
  page('/posts/:id', 'view', '/posts/uncertain1'),
  page('/posts/:id', 'view', '/posts/rejected1'),
  page('/posts/:id', 'view', '/posts/none'),
  act('/posts/:id/decide', 'approve', '/posts/held1/decide', { act: 'approve' }),
  act('/posts/:id/decide', 'known', '/posts/held1/decide', { act: 'known' }),
  act('/posts/:id/decide', 'cancel', '/posts/held1/decide', { act: 'cancel' }),
  act('/posts/:id/decide', 'hold', '/posts/queued1/decide', { act: 'hold' }),
  act('/posts/:id/decide', 'retry', '/posts/rejected1/decide', { act: 'retry' }),
  page('/posts/:id/edit', 'edit', '/posts/held1/edit'),
  look('/posts/:id/edit', 'edit', '/posts/held1/edit', { ...edited, step: 'look' }),
  act('/posts/:id/edit', 'edit', '/posts/held1/edit', { ...edited, step: 'save' }),
  { ...look('/posts/:id/edit/check', 'edit', '/posts/held1/edit/check', edited), isData: true },
  act('/posts/:id/resolve', 'resolve', '/posts/uncertain1/resolve', { outcome: 'not-published' }),
  page('/posts/:id', 'view', '/posts/alone1'),
  act('/posts/:id/review', 'review', '/posts/alone1/review', {}),
  look('/posts/:id/withdraw', 'withdraw', '/posts/published1/withdraw', { step: 'look', correction }),
  act('/posts/:id/withdraw', 'withdraw', '/posts/published1/withdraw', { step: 'do', correction }),
  page('/batches/:id', 'view', '/batches/b1'),
  act('/batches/:id', 'quarantine', '/batches/b1', { decision: 'known' }),
  act('/pause', 'pause', '/pause', {}),
  look('/resume', 'resume', '/resume', {}),
  act('/tasks/:id/stop', 'pause', '/tasks/t1/stop', {}),
  page('/urgent', 'submit'),
  page('/urgent', 'submit', '/urgent?template=free'),
  look('/urgent', 'submit', '/urgent', { ...notice, step: 'look' }),
  look('/urgent', 'submit', '/urgent', { ...notice, text: '〇月〇日に変更します。', step: 'look' }),
  look('/urgent', 'submit', '/urgent', { ...notice, template: 'earthquake', step: 'look' }),
  act('/urgent', 'submit', '/urgent', {
    ...notice,
    step: 'post',
    confirmed: notice.text,
    account: 'jpo_test',
  }),
  { ...look('/urgent/check', 'submit', '/urgent/check', notice), isData: true },
  page('/history', 'view'),
  page('/history', 'view', '/history?text=jpo&state=held'),
  data('/history/posts.csv', 'export-audit'),
  data('/history/posts.jsonl', 'export-audit', '/history/posts.jsonl?text=jpo&by=mori'),
  data('/history/audit.csv', 'export-audit'),
  data('/history/audit.jsonl', 'export-audit', '/history/audit.jsonl?from=2026-01-01&to=2026-12-31'),
  page('/audit', 'export-audit'),
  page('/audit', 'export-audit', '/audit?text=r&by=sato&from=2026-01-01'),
  page('/charts', 'view'),
  page('/dry-run', 'view'),
  page('/dry-run', 'view', '/dry-run?feed=jpo'),
  look('/dry-run', 'view', '/dry-run', { document: '<rss version="2.0"></rss>', give: 'show' }),
  data('/dry-run/download', 'view', '/dry-run/download?feed=jpo'),
  page('/feeds', 'view'),
  page('/rules', 'view'),
  page('/rules', 'view', '/rules?title=%E5%9C%B0%E9%9C%87'),
];

/** The routes that the console has, as `METHOD /path`, without what stands before all of them. */
export function routesOf({ pages }: TestConsole): readonly string[] {
  const own = pages.routes.filter(({ method }) => method !== 'ALL');
  return [...new Set(own.map(({ method, path }) => `${method} ${path}`))];
}

/** The method of a request. */
export function methodOf({ route }: Ask): 'GET' | 'POST' {
  return route.startsWith('POST ') ? 'POST' : 'GET';
}

let keys = 0;

/** All that a form carries besides its own fields, right in every way but who sends it. */
export async function filled({ app }: TestConsole, ask: Ask, csrf: string): Promise<Record<string, string>> {
  const id = /^\/posts\/([^/]+)/u.exec(ask.at)?.[1];
  const entry = id === undefined ? null : await app.store.find(id);
  const key = (keys += 1).toString(16).padStart(32, '0');
  return { reason: 'r', revision: String(entry?.revision ?? 1), key, csrf, ...ask.fields };
}
