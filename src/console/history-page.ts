import { html } from 'hono/html';
import { approvalsNow } from '../app/approvals-now.ts';
import { searchPosts, type FoundPosts } from '../app/search-posts.ts';
import { mayDo } from '../governance/permissions.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { entryCard } from './entry-card.ts';
import { layout, speaker, type Markup, type Speak } from './layout.ts';
import { pageAddress, placeOf, searchForm, searchOf } from './search-form.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /history: the newest posts, or those that were asked for by words, state, person and day; older ones a page further. */
export async function showHistory(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const { app } = parts;
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const found = await searchPosts(app, searchOf(c), placeOf(c));
  const { apiUrl } = app.config.x;
  const mayExport = mayDo(c.get('session').roles, 'export-audit');
  const body = html`<h1>${t('history-title')}</h1>
    ${searchForm(c, mayExport ? exportButtons(t) : '')}
    ${mayExport ? html`<p><a href="/audit">${t('to-audit')}</a></p>` : ''}
    <p>${countOf(found, c, t)}</p>
    <ul class="plain">
      ${found.posts.map((entry) => entryCard(approvalsNow(app, entry), lang, { tone: entry.state === 'published' ? 'good' : 'calm', apiUrl }))}
    </ul>
    ${pages(found, c, t)}`;
  return c.html(layout(parts, c, { title: t('history-title'), body }));
}

type Say = Speak<keyof typeof pageMessages>;

/** A page that is not all of it says so, so that nobody takes it for the whole. */
function countOf({ posts, next, lookedAt }: FoundPosts, c: Visitor, t: Say): string {
  const params = { count: posts.length, searched: lookedAt };
  if (next !== null) return t('found-more', params);
  if (posts.length === 0 && placeOf(c) === null) return t('found-none');
  return t(placeOf(c) === null ? 'found' : 'found-last', params);
}

function pages({ next }: FoundPosts, c: Visitor, t: Say): Markup | '' {
  const isFirst = placeOf(c) === null;
  if (isFirst && next === null) return '';
  return html`<nav class="actions" aria-label="${t('pages')}">
    ${isFirst ? '' : html`<a class="button" href="${pageAddress(c, null)}">${t('newest')}</a>`}
    ${next === null ? '' : html`<a class="button" rel="next" href="${pageAddress(c, next)}">${t('older')}</a>`}
  </nav>`;
}

/** For a records request. Who may have them is asked again where they are sent. */
function exportButtons(t: Say): Markup {
  return html`<details class="exports">
    <summary>${t('export')}</summary>
    <p>${t('export-posts-are')}</p>
    <p>
      <button formaction="/history/posts.csv">${t('posts-csv')}</button>
      <button formaction="/history/posts.jsonl">${t('posts-jsonl')}</button>
    </p>
    <p>${t('export-audit-is')}</p>
    <p>
      <button formaction="/history/audit.csv">${t('audit-csv')}</button>
      <button formaction="/history/audit.jsonl">${t('audit-jsonl')}</button>
    </p>
  </details>`;
}
