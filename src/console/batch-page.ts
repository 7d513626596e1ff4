import { html } from 'hono/html';
import { approvalsNow } from '../app/approvals-now.ts';
import { knownBefore, type KnownBefore } from '../app/quarantine-difference.ts';
import { inTurn } from '../app/in-turn.ts';
import { listBatches, resolveBatch, type Batch, type BatchDecision } from '../app/quarantine.ts';
import type { Lang } from '../feed/item.ts';
import { mayDo } from '../governance/permissions.ts';
import { boardMessages } from '../messages/console-board.ts';
import { postMessages } from '../messages/console-post.ts';
import { sentencesOf } from '../messages/policy.ts';
import { batchMessages } from '../messages/quarantine.ts';
import { joined, say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry } from '../outbox/entry.ts';
import { answerOnce, formKey, noticeOf } from './answer-once.ts';
import { diffLegend, diffView } from './diff-view.ts';
import { errorPage } from './error-page.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { reasonOf } from './reason.ts';
import { who } from './sign-in.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /batches/ID: the news of one poll that were taken for a flood, for a person to say which of them are news. */
export async function showBatch(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(boardMessages, lang);
  const app = speaking(parts.app, lang);
  const found = (await listBatches(app)).find(({ id }) => id === c.req.param('id'));
  const batch = found && { ...found, held: found.held.map((entry) => approvalsNow(app, entry)) };
  if (batch === undefined) return c.html(errorPage(parts, c, t('batch-missing')), 404);
  const { flood, feed, held, since } = batch;
  const known = await knownBefore(app, batch);
  const head = { id: batch.id, feed, since: tokyoTime(since, lang), count: held.length, flood };
  const body = html`<h1>${t('batch-title')}</h1>
    <p class="keep">${say(batchMessages.head, lang, head)}</p>
    ${mayDo(c.get('session').roles, 'quarantine') ? decisionForm(parts, c, batch, known) : justShown(c, batch, known)}`;
  return c.html(layout(parts, c, { title: t('batch-title'), body, notice: await noticeOf(c) }));
}

/** What was known before of each post, by its id. */
type Known = Awaited<ReturnType<typeof knownBefore>>;

/** For those who may not decide: the same posts, and who is asked. */
function justShown(c: Visitor, { held }: Batch, known: Known): Markup {
  const lang = c.get('lang');
  return html`<p>${say(boardMessages['turn-others'], lang)}</p>
    ${known.size === 0 ? '' : diffLegend(lang)}
    ${held.map(
      (entry) =>
        html`<p>
            <a href="/posts/${entry.id}" lang="${entry.lang}">${entry.source?.title ?? entry.text}</a>
          </p>
          ${difference(entry, known.get(entry.id), lang)} ${besides(entry, lang)}`,
    )}`;
}

function decisionForm(parts: ConsoleParts, c: Visitor, batch: Batch, known: Known): Markup {
  const lang = c.get('lang');
  const t = speaker(boardMessages, lang);
  const { held } = batch;
  return html`<form method="post" action="/batches/${encodeURIComponent(batch.id)}">
    <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
    <input type="hidden" name="key" value="${formKey(parts)}" />
    <fieldset>
      <legend>${t('batch-choose')}</legend>
      ${known.size === 0 ? '' : diffLegend(lang)}
      ${held.map(
        (entry) =>
          html`<div class="check">
              <input type="checkbox" id="post-${entry.id}" name="post-${entry.id}" value="on" />
              <label for="post-${entry.id}" lang="${entry.lang}">${entry.source?.title ?? entry.text}</label>
              <a href="/posts/${entry.id}">${entry.id}</a>
            </div>
            ${difference(entry, known.get(entry.id), lang)} ${besides(entry, lang)}`,
      )}
    </fieldset>
    <label for="reason">${t('reason')}</label>
    <input id="reason" name="reason" required maxlength="500" />
    <div class="actions">
      <button class="primary" name="decision" value="post">${t('batch-post')}</button>
      <button name="decision" value="newest">${t('batch-newest')}</button>
      <button name="decision" value="known">${t('batch-known')}</button>
    </div>
  </form>`;
}

/** Why a post is held besides having come in a flood: who must agree yet, and what else is wrong with it. */
function besides({ reasons }: Entry, lang: Lang): Markup[] {
  const others = reasons.filter(({ rule }) => rule !== 'baseline-burst');
  return sentencesOf(others, lang).map((reason) => html`<p class="why">${reason}</p>`);
}

/** What was known before beside what is said now, or that it was met for the first time. */
function difference(entry: Entry, known: KnownBefore | undefined, lang: Lang): Markup {
  const t = speaker(boardMessages, lang);
  if (known === undefined || entry.source === null) return html`<p class="facts">${t('batch-first')}</p>`;
  const text = ({ title, url }: KnownBefore): string => (url === null ? title : `${title}\n${url}`);
  return html`<p class="facts">${t('batch-known-before')}</p>
    ${diffView({ text: text(known) }, { text: text(entry.source), lang: entry.lang }, lang)}`;
}

/** POST /batches/ID */
export function takeBatch(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  const here = `/batches/${encodeURIComponent(id)}`;
  return answerOnce(c, () =>
    inTurn(parts, async () => {
      const reason = reasonOf(c);
      if (reason === null)
        return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to: here };
      const request = { id, reason, decision: decisionOf(c), ...who(c.get('session')) };
      const result = await resolveBatch(speaking(parts.app, lang), request);
      parts.knock();
      switch (result.kind) {
        case 'done': {
          const { posted, known, open } = result;
          const sums = { posted: posted.length, known: known.length, open: open.length };
          const why = new Set(open.map((one) => one.why ?? say(batchMessages.waitForSecond, lang)));
          const text = joined([say(batchMessages.done, lang, sums), ...[...why].slice(0, WHY_MAX)], lang);
          return { tone: 'done', text, to: '/' };
        }
        case 'refused':
          return { tone: 'warning', text: result.message, to: here };
        case 'missing':
          return { tone: 'warning', text: say(boardMessages['batch-missing'], lang), to: '/' };
      }
    }),
  );
}

/** Different reasons that one sentence on the board tells; the posts themselves tell all. */
const WHY_MAX = 3;

/** Without a button's word nothing is chosen, whatever was ticked, which is no decision. */
function decisionOf(c: Visitor): BatchDecision {
  switch (field(c, 'decision')) {
    case 'known':
      return { kind: 'known' };
    case 'newest':
      return { kind: 'newest' };
    case 'post': {
      const chosen = Object.keys(c.get('fields')).filter((name) => name.startsWith('post-'));
      return { kind: 'post', ids: chosen.map((name) => name.slice('post-'.length)) };
    }
    default:
      return { kind: 'post', ids: [] };
  }
}
