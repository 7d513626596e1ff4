import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { consoleLimits } from '../limits/edges.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import { showAccount, takeSignOut } from './account-page.ts';
import { showAudit } from './audit-page.ts';
import { showBatch, takeBatch } from './batch-page.ts';
import { showBoard } from './board-page.ts';
import { showCharts } from './charts-page.ts';
import { takeDecision, takeResolution } from './decide-post.ts';
import { downloadDryRun, showDryRun, takeDryRun } from './dry-run-page.ts';
import { checkEdit, showEdit, takeEdit } from './edit-page.ts';
import { errorPage } from './error-page.ts';
import { favicon, faviconPath } from './favicon.ts';
import { showFeeds } from './feeds-page.ts';
import { headers, language, mayAct, ownHost, ownOrigin, signedIn } from './guards.ts';
import { showHistory } from './history-page.ts';
import { streamChanges } from './live.ts';
import { takePause, takeResume } from './pause-form.ts';
import { showPolicy } from './policy-page.ts';
import { showPost } from './post-page.ts';
import { takeStop } from './progress-section.ts';
import { jsonFeed, rssFeed } from './public-feeds.ts';
import { takeReview } from './review-form.ts';
import { showRules } from './rules-page.ts';
import { SCRIPT_PATH, script } from './script.ts';
import { sendAudit, sendPosts } from './send-records.ts';
import { showSignIn, takeSignIn } from './sign-in-page.ts';
import { STYLE_PATH, styleSheet } from './style-sheet.ts';
import { checkUrgent, showUrgent, takeUrgent } from './urgent-page.ts';
import type { ConsoleParts, Visit, Visitor } from './visit.ts';
import { takeWithdrawal } from './withdraw-post.ts';

/** The operators' pages. Each route calls one function of the app layer; no rule about posts lives in a page. */
export function createConsole(parts: ConsoleParts): Hono<Visit> {
  const pages = new Hono<Visit>();
  pages.use('*', headers, ownHost(parts), language(parts));
  const onError: NonNullable<Parameters<typeof bodyLimit>[0]['onError']> = (c) =>
    c.text(say(consoleMessages['too-large'], (c as Visitor).get('lang')), 413);
  const atMost = bodyLimit({ maxSize: consoleLimits.formMaxBytes, onError });
  const whereDocuments = bodyLimit({ maxSize: consoleLimits.documentFormMaxBytes, onError });
  pages.use('*', (c, next) => (c.req.path === '/dry-run' ? whereDocuments(c, next) : atMost(c, next)));
  pages.use('*', ownOrigin(parts));
  openToAll(pages, parts);
  pages.use('*', signedIn(parts));
  forPeople(pages, parts);
  pages.notFound((c) => c.html(errorPage(parts, c, say(consoleMessages['not-found'], c.get('lang'))), 404));
  pages.onError((error, c) => {
    parts.app.log.error({ err: error.message, path: c.req.path }, 'a page of the console failed');
    return c.html(errorPage(parts, c, say(consoleMessages.unexpected, c.get('lang'))), 500);
  });
  return pages;
}

/** What needs no sign-in: the public pages, the machine's question after our health, and the way in. */
function openToAll(pages: Hono<Visit>, parts: ConsoleParts): void {
  const { app } = parts;
  const lasting = 'public, max-age=31536000, immutable';
  pages.get(STYLE_PATH, (c) =>
    c.body(styleSheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': lasting }),
  );
  pages.get(SCRIPT_PATH, (c) =>
    c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': lasting }),
  );
  pages.get(faviconPath(app.scope.mode), (c) =>
    c.body(favicon(app.scope.mode), 200, { 'content-type': 'image/svg+xml' }),
  );
  pages.get('/healthz', async (c) => {
    const holder = await app.lease.holder();
    return c.json({ ok: holder !== null, worker: holder !== null }, holder === null ? 503 : 200);
  });
  pages.get('/policy', (c) => showPolicy(parts, c));
  pages.get('/feed.xml', (c) => rssFeed(parts, c));
  pages.get('/feed.json', (c) => jsonFeed(parts, c));
  pages.get('/sign-in', (c) => showSignIn(parts, c));
  pages.post('/sign-in', (c) => takeSignIn(parts, c));
}

function forPeople(pages: Hono<Visit>, parts: ConsoleParts): void {
  pages.use('*', mayAct(parts, 'view'));
  pages.get('/', (c) => showBoard(parts, c));
  pages.get('/events', (c) => streamChanges(parts, c));
  pages.get('/account', (c) => showAccount(parts, c));
  pages.post('/sign-out', (c) => takeSignOut(parts, c));
  pages.get('/posts/:id', (c) => showPost(parts, c));
  // Which right a decision needs depends on the decision: the handler asks.
  pages.post('/posts/:id/decide', (c) => takeDecision(parts, c));
  pages.get('/posts/:id/edit', mayAct(parts, 'edit'), (c) => showEdit(parts, c));
  pages.post('/posts/:id/edit', mayAct(parts, 'edit'), (c) => takeEdit(parts, c));
  pages.post('/posts/:id/edit/check', mayAct(parts, 'edit'), (c) => checkEdit(parts, c));
  pages.post('/posts/:id/resolve', mayAct(parts, 'resolve'), (c) => takeResolution(parts, c));
  pages.post('/posts/:id/review', mayAct(parts, 'review'), (c) => takeReview(parts, c));
  pages.post('/posts/:id/withdraw', mayAct(parts, 'withdraw'), (c) => takeWithdrawal(parts, c));
  pages.get('/batches/:id', (c) => showBatch(parts, c));
  pages.post('/batches/:id', mayAct(parts, 'quarantine'), (c) => takeBatch(parts, c));
  pages.post('/pause', mayAct(parts, 'pause'), (c) => takePause(parts, c));
  pages.post('/resume', mayAct(parts, 'resume'), (c) => takeResume(parts, c));
  // Which right it needs depends on the work: the handler asks.
  pages.post('/tasks/:id/stop', (c) => takeStop(parts, c));
  pages.get('/urgent', mayAct(parts, 'submit'), (c) => showUrgent(parts, c));
  pages.post('/urgent', mayAct(parts, 'submit'), (c) => takeUrgent(parts, c));
  pages.post('/urgent/check', mayAct(parts, 'submit'), (c) => checkUrgent(parts, c));
  pages.get('/history', (c) => showHistory(parts, c));
  pages.get('/history/posts.csv', mayAct(parts, 'export-audit'), (c) => sendPosts(parts, c, 'csv'));
  pages.get('/history/posts.jsonl', mayAct(parts, 'export-audit'), (c) => sendPosts(parts, c, 'jsonl'));
  pages.get('/history/audit.csv', mayAct(parts, 'export-audit'), (c) => sendAudit(parts, c, 'csv'));
  pages.get('/history/audit.jsonl', mayAct(parts, 'export-audit'), (c) => sendAudit(parts, c, 'jsonl'));
  pages.get('/audit', mayAct(parts, 'export-audit'), (c) => showAudit(parts, c));
  pages.get('/charts', (c) => showCharts(parts, c));
  pages.get('/dry-run', (c) => showDryRun(parts, c));
  pages.post('/dry-run', (c) => takeDryRun(parts, c));
  pages.get('/dry-run/download', (c) => downloadDryRun(parts, c));
  pages.get('/feeds', (c) => showFeeds(parts, c));
  pages.get('/rules', (c) => showRules(parts, c));
}
