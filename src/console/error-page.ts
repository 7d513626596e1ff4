import { html } from 'hono/html';
import { consoleMessages } from '../messages/console.ts';
import { layout, speaker, type Markup } from './layout.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** A page that says why something was not done, and leads back. */
export function errorPage(parts: ConsoleParts, c: Visitor, message: string): Markup {
  const t = speaker(consoleMessages, c.get('lang'));
  // Whoever only wanted to look did nothing that could have failed.
  const title = t(c.req.method === 'GET' ? 'no-page-title' : 'error-title');
  const body = html`<h1>${title}</h1>
    <div class="panel warning"><p>${message}</p></div>
    <p><a href="/">${t('to-board')}</a></p>`;
  return layout(parts, c, { title, body, open: true });
}
