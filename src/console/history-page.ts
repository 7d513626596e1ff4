import { html } from 'hono/html';
import { consoleLimits } from '../limits/edges.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { STATES, type Entry } from '../outbox/entry.ts';
import { foldPersonName } from '../outbox/person-name.ts';
import { entryCard } from './board-page.ts';
import { layout, speaker } from './layout.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

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
    </form>
    <p>${t('found', { count: found.length })} ${isCut ? t('cut', cut) : ''}</p>
    <ul class="plain">
      ${shown.map((entry) => entryCard(entry, lang, entry.state === 'published' ? 'good' : 'calm', app.config.x.apiUrl))}
    </ul>`;
  return c.html(layout(parts, c, { title: t('history-title'), body }));
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

/** Midnight in Japan at the beginning of a day such as 2026-11-22; null where it is none. */
function tokyoDay(day: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00+09:00`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
