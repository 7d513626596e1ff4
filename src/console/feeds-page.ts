import { html } from 'hono/html';
import { readStatus } from '../app/read-status.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { feedTable } from './feed-table.ts';
import { layout, speaker } from './layout.ts';
import { linkTo } from './post-card.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /feeds: every feed as configured, with how it does. */
export async function showFeeds(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const { feeds } = await readStatus(speaking(parts.app, lang));
  const body = html`<h1>${t('feeds-title')}</h1>
    ${feedTable(feeds, lang)}
    <h2>${t('feeds-address')}</h2>
    <dl class="facts-list">
      ${feeds.map(
        ({ name, location }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>
              ${linkTo(location)}
              <a href="/dry-run?feed=${encodeURIComponent(name)}"
                >${t('dry-title')}<span class="unseen"> ${name}</span></a
              >
            </dd>
          </div>`,
      )}
    </dl>`;
  return c.html(layout(parts, c, { title: t('feeds-title'), body, live: true }));
}
