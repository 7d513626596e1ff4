import { html } from 'hono/html';
import type { App } from '../app/app.ts';
import { judgeEntryEach } from '../app/judge-draft.ts';
import type { Lang } from '../feed/item.ts';
import { checkNames, eventNames, postMessages } from '../messages/console-post.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { kindNames, stateMeanings, stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry, HistoryLine } from '../outbox/entry.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import type { Judgement } from '../policy/judge.ts';
import { postAddress } from '../publish/post-address.ts';
import { noticeOf } from './answer-once.ts';
import { decideForms } from './decide-forms.ts';
import { errorPage } from './error-page.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { linkTo, postCard } from './post-card.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /posts/ID: a post's whole life, and what can be decided about it. */
export async function showPost(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  const entry = await app.store.find(c.req.param('id') ?? '');
  if (entry === null || entry.mode !== app.scope.mode || entry.account !== app.scope.account)
    return c.html(errorPage(parts, c, say(postMessages.missing, lang)), 404);
  const now = app.clock.now();
  const [history, judged, before, corrected] = await Promise.all([
    app.store.history(entry.id),
    judgeEntryEach(app, entry, now),
    entry.predecessorId === null ? null : app.store.find(entry.predecessorId),
    entry.correctsId === null ? null : app.store.find(entry.correctsId),
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
      ${sentencesOf(entry.reasons, lang).map((reason) => html`<p class="why">${reason}</p>`)}
      ${publicLink(entry, app, lang)}
    </div>
    ${postCard({ ...entry, account: entry.account }, lang)} ${beside('heading-before', before, lang)}
    ${beside('heading-correction', corrected, lang)}
    <h2>${t('heading-decide')}</h2>
    ${decideForms(parts, c, entry)}
    <h2>${t('heading-source')}</h2>
    ${facts(entry, history[0]?.by ?? entry.by, lang)}
    <h2>${t('heading-checks')}</h2>
    ${checks(judged, lang)}
    <h2>${t('heading-history')}</h2>
    ${life(history, lang)}`;
  return c.html(layout(parts, c, { title, body, notice: await noticeOf(c), live: true }));
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

function beside(
  heading: 'heading-before' | 'heading-correction',
  entry: Entry | null,
  lang: Lang,
): Markup | string {
  if (entry === null) return '';
  return html`<h2>${say(postMessages[heading], lang)}</h2>
    <p>
      <a href="/posts/${entry.id}">${entry.id}</a>
      (${say(stateNames[entry.state], lang)})
    </p>
    ${postCard(entry, lang)}`;
}

function facts(entry: Entry, maker: string, lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  const { source } = entry;
  const rows: readonly (readonly [string, Markup | string])[] = [
    ...(source === null
      ? [[t('by'), personOf(maker, lang)] as const]
      : [
          [t('feed'), source.feed] as const,
          [t('item'), html`<span lang="${entry.lang}">${source.title}</span>`] as const,
          [t('link'), source.url === null ? '—' : linkTo(source.url)] as const,
          [t('dated'), source.publishedAt === null ? '—' : tokyoTime(source.publishedAt, lang)] as const,
        ]),
    [t('rule'), entry.rule],
    [t('recorded'), tokyoTime(entry.createdAt, lang)],
    ...(entry.state === 'queued' ? [[t('due'), tokyoTime(entry.dueAt, lang)] as const] : []),
    [t('policy'), entry.policyVersion],
    [
      t('approvals'),
      html`${t('approvals-count', { given: entry.approvals.length, needed: Math.max(entry.approvalsNeeded, entry.state === 'held' ? 1 : 0) })}
      ${entry.approvals.map((one) => html`<br />${one.by} (${tokyoTime(one.at, lang)}): ${one.reason}`)}`,
    ],
  ];
  return html`<dl class="facts-list">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function checks(judged: readonly Judgement[], lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  const isPassed = (one: Judgement): boolean => one.result.kind === 'pass';
  const failed = judged.filter((one) => !isPassed(one));
  const summary = { all: judged.length, passed: judged.length - failed.length };
  return html`<p>${t('checks-summary', summary)}</p>
    ${failed.length === 0 ? '' : checkTable(failed, lang)}
    <details>
      <summary>${t('all-checks')}</summary>
      ${checkTable(judged, lang)}
    </details>`;
}

function checkTable(judged: readonly Judgement[], lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${t('column-check')}</th>
        <th scope="col">${t('column-result')}</th>
      </tr>
    </thead>
    <tbody>
      ${judged.map(({ rule, result, covered }) => {
        const name = checkNames[rule];
        const said = result.kind === 'pass' ? [] : sentencesOf([{ rule, params: result.params }], lang);
        return html`<tr>
          <th scope="row">${name === undefined ? rule : say(name, lang)}</th>
          <td>
            <strong class="result ${result.kind}"
              >${t(covered ? 'result-covered' : `result-${result.kind}`)}</strong
            >
            ${said}
          </td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function life(history: readonly HistoryLine[], lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  return html`<div class="wide" role="region" tabindex="0" aria-label="${t('heading-history')}">
    <table>
      <thead>
        <tr>
          ${(['at', 'event', 'by', 'reason'] as const).map((one) => html`<th scope="col">${t(`column-${one}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${history.map((line) => {
          const name = eventNames[line.event];
          return html`<tr>
            <td>${tokyoTime(line.at, lang)}</td>
            <td>${name === undefined ? line.event : say(name, lang)} → ${say(stateNames[line.to], lang)}</td>
            <td>${personOf(line.by, lang)}</td>
            <td>${line.reason ?? ''}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function personOf(by: string, lang: Lang): string {
  return by === PROGRAM ? say(postMessages.program, lang) : by;
}
