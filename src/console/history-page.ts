import { html } from 'hono/html';
import { authorize } from '../app/authorize.ts';
import { consoleLimits } from '../limits/edges.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { STATES, type Entry } from '../outbox/entry.ts';
import { foldPersonName } from '../outbox/person-name.ts';
import { entryCard } from './entry-card.ts';
import { who } from './sign-in.ts';
import { layout, speaker, type Markup, type Speak } from './layout.ts';
import { tokyoDay } from './tokyo-day.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

const DAY = 86_400_000;

/** GET /history: the newest posts, or those that were asked for by words, state, person and day. */
export async function showHistory(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const { app } = parts;
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const asked = (name: string): string => (c.req.query(name) ?? '').slice(0, 200).trim();
  const state = STATES.find((one) => one === asked('state'));
  const searched = await app.store.list({
    scope: app.scope,
    ...(state === undefined ? {} : { states: [state] }),
    limit: consoleLimits.searchedMax,
    newestFirst: true,
  });
  const from = tokyoDay(asked('from'));
  const to = tokyoDay(asked('to'));
  const found = searched.filter(
    (entry) =>
      holds(entry, asked('text')) &&
      isBy(entry, asked('by')) &&
      (from === null || entry.createdAt >= from) &&
      (to === null || entry.createdAt < to + DAY),
  );
  const shown = found.slice(0, consoleLimits.foundMax);
  const isCut = searched.length >= consoleLimits.searchedMax || found.length > shown.length;
  const cut = { searched: consoleLimits.searchedMax, shown: consoleLimits.foundMax };
  const body = html`<h1>${t('history-title')}</h1>
    <form method="get" action="/history" class="search">
      <div>
        <label for="text">${t('search-text')}</label><input id="text" name="text" value="${asked('text')}" />
      </div>
      <div>
        <label for="state">${t('search-state')}</label>
        <select id="state" name="state">
          <option value="">${t('search-any')}</option>
          ${STATES.map(
            (one) =>
              html`<option value="${one}" ${one === state ? 'selected' : ''}>
                ${say(stateNames[one], lang)}
              </option>`,
          )}
        </select>
      </div>
      <div><label for="by">${t('search-by')}</label><input id="by" name="by" value="${asked('by')}" /></div>
      <div>
        <label for="from">${t('search-from')}</label
        ><input id="from" name="from" type="date" value="${asked('from')}" />
      </div>
      <div>
        <label for="to">${t('search-to')}</label
        ><input id="to" name="to" type="date" value="${asked('to')}" />
      </div>
      <div><button class="primary">${t('search')}</button></div>
      ${(await mayExport(parts, c)) ? exportButtons(t) : ''}
    </form>
    <p>${t('found', { count: found.length })} ${isCut ? t('cut', cut) : ''}</p>
    <ul class="plain">
      ${shown.map((entry) => entryCard(entry, lang, { tone: entry.state === 'published' ? 'good' : 'calm', apiUrl: app.config.x.apiUrl }))}
    </ul>`;
  return c.html(layout(parts, c, { title: t('history-title'), body }));
}

/** For a records request: who may have the log is asked again where it is sent. */
async function mayExport({ app }: ConsoleParts, c: Visitor): Promise<boolean> {
  const right = await authorize(speaking(app, c.get('lang')), {
    act: 'export-audit',
    ...who(c.get('session')),
  });
  return right.kind === 'allowed';
}

/** The days of the search are those of the export; its other fields are not. */
function exportButtons(t: Speak<keyof typeof pageMessages>): Markup {
  return html`<div><button formaction="/history/audit.csv">${t('audit-csv')}</button></div>
    <div><button formaction="/history/audit.jsonl">${t('audit-jsonl')}</button></div>`;
}

function holds(entry: Entry, words: string): boolean {
  const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
  const whole = fold(`${entry.id} ${entry.text} ${entry.source?.title ?? ''} ${entry.remoteId ?? ''}`);
  return fold(words)
    .split(/\s+/u)
    .every((word) => whole.includes(word));
}

function isBy(entry: Entry, name: string): boolean {
  if (name === '') return true;
  return [entry.by, ...entry.approvals.map(({ by }) => by)].some((by) =>
    foldPersonName(by).includes(foldPersonName(name)),
  );
}
