import { html } from 'hono/html';
import type { Place, PostSearch } from '../app/search-posts.ts';
import { auditPageMessages } from '../messages/console-audit.ts';
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
  return searchAddress(
    c,
    '/history',
    after === null ? {} : { after: `${String(after.createdAt)}.${after.id}` },
  );
}

/** The address of a page with this search, and what it is asked besides. */
export function searchAddress(c: Visitor, path: string, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(
    FIELDS.flatMap((name) => (asked(c, name) === '' ? [] : [[name, asked(c, name)]])),
  );
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `${path}?${query.toString()}`;
}

const FIELDS = ['text', 'state', 'by', 'from', 'to'] as const;

function asked(c: Visitor, name: (typeof FIELDS)[number] | 'after'): string {
  return (c.req.query(name) ?? '').slice(0, 200).trim();
}

/** The form of the search, as it was filled in. */
export function searchForm(c: Visitor, exports: Markup | ''): Markup {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  return html`<form method="get" action="/history" class="search">
    ${typed(c, 'text', t('search-text'))}
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
    ${typed(c, 'by', t('search-by'))} ${typed(c, 'from', t('search-from'))} ${typed(c, 'to', t('search-to'))}
    <div><button class="primary">${t('search')}</button></div>
    ${exports}
  </form>`;
}

/** The same for the audit log, which knows no states. */
export function auditSearchForm(c: Visitor): Markup {
  const t = speaker(pageMessages, c.get('lang'));
  const a = speaker(auditPageMessages, c.get('lang'));
  return html`<form method="get" action="/audit" class="search">
    ${typed(c, 'text', a('search-text'))} ${typed(c, 'by', t('search-by'))}
    ${typed(c, 'from', a('search-from'))} ${typed(c, 'to', a('search-to'))}
    <div><button class="primary">${t('search')}</button></div>
  </form>`;
}

function typed(c: Visitor, name: 'text' | 'by' | 'from' | 'to', label: string): Markup {
  const type = name === 'from' || name === 'to' ? 'date' : 'text';
  return html`<div>
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" value="${asked(c, name)}" />
  </div>`;
}
