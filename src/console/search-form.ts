import { html } from 'hono/html';
import type { Place, PostSearch } from '../app/search-posts.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { STATES } from '../outbox/entry.ts';
import { speaker, type Markup } from './layout.ts';
import { tokyoDay } from './tokyo-day.ts';
import type { Visitor } from './visit.ts';

const DAY = 86_400_000;

/** What the address of the page asks for. What is no state or no day is as good as not given. */
export function searchOf(c: Visitor): PostSearch {
  const to = tokyoDay(asked(c, 'to'));
  return {
    text: asked(c, 'text'),
    state: STATES.find((one) => one === asked(c, 'state')) ?? null,
    by: asked(c, 'by'),
    madeFrom: tokyoDay(asked(c, 'from')),
    madeBefore: to === null ? null : to + DAY,
  };
}

/** Where the page before this one ended; null: it is the first. */
export function placeOf(c: Visitor): Place | null {
  const [, at = '', id = ''] = /^(\d{1,15})\.(.+)$/u.exec(asked(c, 'after')) ?? [];
  return id === '' ? null : { createdAt: Number(at), id };
}

/** The address of the page of this search that goes on from there; null: its first page. */
export function pageAddress(c: Visitor, after: Place | null): string {
  const query = new URLSearchParams(
    FIELDS.flatMap((name) => (asked(c, name) === '' ? [] : [[name, asked(c, name)]])),
  );
  if (after !== null) query.set('after', `${String(after.createdAt)}.${after.id}`);
  return `/history?${query.toString()}`;
}

const FIELDS = ['text', 'state', 'by', 'from', 'to'] as const;

function asked(c: Visitor, name: (typeof FIELDS)[number] | 'after'): string {
  return (c.req.query(name) ?? '').slice(0, 200).trim();
}

/** The form of the search, as it was filled in. */
export function searchForm(c: Visitor, exports: Markup | ''): Markup {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const field = (name: 'text' | 'by' | 'from' | 'to', type: 'text' | 'date'): Markup =>
    html`<div>
      <label for="${name}">${t(`search-${name}`)}</label>
      <input id="${name}" name="${name}" type="${type}" value="${asked(c, name)}" />
    </div>`;
  return html`<form method="get" action="/history" class="search">
    ${field('text', 'text')}
    <div>
      <label for="state">${t('search-state')}</label>
      <select id="state" name="state">
        <option value="">${t('search-any')}</option>
        ${STATES.map(
          (one) =>
            html`<option value="${one}" ${one === asked(c, 'state') ? 'selected' : ''}>
              ${say(stateNames[one], lang)}
            </option>`,
        )}
      </select>
    </div>
    ${field('by', 'text')} ${field('from', 'date')} ${field('to', 'date')}
    <div><button class="primary">${t('search')}</button></div>
    ${exports}
  </form>`;
}
