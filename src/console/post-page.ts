import { html } from 'hono/html';
import type { App } from '../app/app.ts';
import { approvalsExpiredAt, approvalsNow } from '../app/approvals-now.ts';
import { judgeEntryEach } from '../app/judge-draft.ts';
import { accountName } from '../app/know-account.ts';
import { pauseAbove, publishingStops } from '../app/publishing-stops.ts';
import { versionsBeside } from '../app/versions.ts';
import type { Lang } from '../feed/item.ts';
import { mayDo } from '../governance/permissions.ts';
import { consoleMessages } from '../messages/console.ts';
import { eventNames, postMessages } from '../messages/console-post.ts';
import { versionMessages } from '../messages/console-versions.ts';
import { sentencesOf } from '../messages/policy.ts';
import { postWaits } from '../messages/post-waits.ts';
import { say } from '../messages/sentence.ts';
import { kindNames, modeMeanings, stateMeanings, stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { describeXDetail } from '../messages/x-details.ts';
import type { Entry, HistoryLine } from '../outbox/entry.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import { postAddress } from '../publish/post-address.ts';
import { noticeOf } from './answer-once.ts';
import { checkList } from './check-table.ts';
import { correctForm, runningCorrections } from './correct-form.ts';
import { stackedTable } from './data-table.ts';
import { decideForms } from './decide-forms.ts';
import { diffLegend, diffView } from './diff-view.ts';
import { errorPage } from './error-page.ts';
import { labelled, layout, speaker, type Markup } from './layout.ts';
import { postCard } from './post-card.ts';
import { personOf, postFacts } from './post-facts.ts';
import { reviewForm } from './review-form.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /posts/ID: a post's whole life, and what can be decided about it. */
export async function showPost(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  const entry = await app.store.find(c.req.param('id') ?? '');
  if (entry === null || entry.mode !== app.scope.mode || entry.account !== app.scope.account)
    return c.html(errorPage(parts, c, say(postMessages.missing, lang)), 404);
  const now = app.clock.now();
  const [history, judged, before, corrected, versions, name] = await Promise.all([
    app.store.history(entry.id),
    judgeEntryEach(app, entry, now),
    entry.predecessorId === null ? null : app.store.find(entry.predecessorId),
    entry.correctsId === null ? null : app.store.find(entry.correctsId),
    versionsBeside(app, entry.id),
    accountName(app),
  ]);
  const t = speaker(postMessages, lang);
  const title = t('title', { id: entry.id });
  const body = html`<h1>${title}</h1>
    <div class="panel ${toneOf(entry)}">
      <p>
        <strong class="state ${entry.state}">${say(stateNames[entry.state], lang)}</strong>
        <span class="tag ${entry.topic}">${say(topicNames[entry.topic], lang)}</span>
        ${say(kindNames[entry.kind], lang)}
      </p>
      <p>${say(stateMeanings[entry.state], lang)}</p>
      ${entry.mode === 'live' ? '' : html`<p class="facts">${say(modeMeanings[entry.mode], lang)}</p>`}
      ${(entry.state === 'cancelled' ? [] : sentencesOf(approvalsNow(app, entry).reasons, lang)).map((reason) => html`<p class="why">${reason}</p>`)}
      ${await keptBack(app, entry, lang)} ${publicLink(entry, app, lang)}
    </div>
    ${await runningCorrections(parts, c, entry)} ${postCard({ ...entry, name }, lang)}
    ${changes(entry, { before, versions, name }, lang)}
    ${beside('heading-correction', corrected, { lang, name })}
    <h2>${t('heading-decide')}</h2>
    ${await correctForm(parts, c, entry)} ${await decideForms(parts, c, entry)} ${editLink(c, entry)}
    ${await reviewForm(parts, c, entry)}
    <h2>${t('heading-source')}</h2>
    ${postFacts(entry, history[0]?.by ?? entry.by, approvalsExpiredAt(app, now), lang)}
    <h2>${t('heading-checks')}</h2>
    ${checkList(judged, lang)}
    <h2>${t('heading-history')}</h2>
    ${life(history, lang)}`;
  return c.html(layout(parts, c, { title, body, notice: await noticeOf(c), live: true }));
}

/** What keeps back a post that would be next otherwise: X's refusal of the account, or a pause. */
async function keptBack(app: App, entry: Entry, lang: Lang): Promise<Markup | string> {
  if (entry.state !== 'queued') return '';
  const stops = await publishingStops(app, app.clock.now());
  const { account } = stops;
  if (account !== null) {
    const params = { detail: account.reason, until: account.until ?? '' };
    return html`<p class="why">${say(postWaits['account-stops'], lang, params)}</p>`;
  }
  const pause = entry.overridePause ? null : pauseAbove(stops, entry);
  if (pause === null) return '';
  const { by, reason, topic, feed, since } = pause;
  const params = { by, reason, topic: topic ?? '', feed: feed ?? '', since: tokyoTime(since, lang) };
  return html`<p class="why">${say(consoleMessages.paused, lang, params)}</p>`;
}

function toneOf({ state }: Entry): string {
  if (state === 'published') return 'good';
  return ['uncertain', 'rejected', 'refused'].includes(state) ? 'alarm' : 'warning';
}

function publicLink(entry: Entry, app: App, lang: Lang): Markup | string {
  if (entry.remoteId === null || entry.state === 'withdrawn') return '';
  const url = postAddress(entry, app.config.x.apiUrl);
  if (!/^https?:/u.test(url)) return html`<p>${url}</p>`;
  return html`<p><a href="${url}" rel="noreferrer">${say(postMessages['open-at-x'], lang)}</a></p>`;
}

/** Only what has not gone out can be worded anew; the page behind it says what that does. */
function editLink(c: Visitor, { id, state }: Entry): Markup | string {
  if ((state !== 'held' && state !== 'queued') || !mayDo(c.get('session').roles, 'edit')) return '';
  return html`<p>
    <a class="button" href="/posts/${id}/edit">${say(versionMessages.edit, c.get('lang'))}</a>
  </p>`;
}

/** What changed against the version before an edit, and against the post that this one updates. */
function changes(
  entry: Entry,
  {
    before,
    versions,
    name,
  }: {
    before: Entry | null;
    versions: { before: Entry | null; after: Entry | null };
    name: string | null;
  },
  lang: Lang,
): Markup {
  const t = speaker(versionMessages, lang);
  const earlier = versions.before;
  return html`${
    versions.after === null
      ? ''
      : html`<div class="panel warning">
          <p>${t('was-edited', { version: versions.after.id })}</p>
          <p><a href="/posts/${versions.after.id}">${t('open-version')}</a></p>
        </div>`
  }
  ${
    earlier === null
      ? ''
      : html`<h2>${t('heading-edited')}</h2>
          ${diffView(earlier, entry, lang)} ${diffLegend(lang)}
          <p>
            ${labelled(t('earlier-version'), html`<a href="/posts/${earlier.id}">${earlier.id}</a>`, lang)}
          </p>`
  }
  ${
    before === null
      ? ''
      : html`<h2>${t('heading-changed')}</h2>
          ${diffView(before, entry, lang)} ${diffLegend(lang)}`
  }
  ${beside('heading-before', before, { lang, name })}`;
}

function beside(
  heading: 'heading-before' | 'heading-correction',
  entry: Entry | null,
  { lang, name }: { lang: Lang; name: string | null },
): Markup | string {
  if (entry === null) return '';
  return html`<h2>${say(postMessages[heading], lang)}</h2>
    <p>
      <a href="/posts/${entry.id}">${entry.id}</a>
      (${say(stateNames[entry.state], lang)})
    </p>
    ${postCard({ ...entry, name }, lang)}`;
}

function life(history: readonly HistoryLine[], lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  const rows = history.map(({ at, event, to, by, reason }) => {
    const name = eventNames[event];
    const what = `${name === undefined ? event : say(name, lang)} → ${say(stateNames[to], lang)}`;
    // What the program noted is in its own English; what a person wrote stays as it is.
    const why = by === PROGRAM ? describeXDetail(reason ?? '', lang) : (reason ?? '');
    return [tokyoTime(at, lang), what, personOf(by, lang), why];
  });
  return stackedTable([t('column-at'), t('column-event'), t('column-by'), t('column-reason')], rows);
}
