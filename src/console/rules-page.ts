import { html } from 'hono/html';
import { explainTitle } from '../app/explain-title.ts';
import { lastDecisions } from '../app/last-decisions.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { rulesMessages } from '../messages/console-rules.ts';
import { say } from '../messages/sentence.ts';
import { labelled, layout, speaker, type Markup } from './layout.ts';
import { ruleSections } from './rule-sections.ts';
import { templateSections } from './template-sections.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /rules: the rules and templates as they are in effect, what they did last, and what they make of a title that somebody types. */
export async function showRules(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const title = say(pageMessages['rules-title'], lang);
  const { rules, templates } = parts.app.config;
  const decided = await lastDecisions(parts.app);
  const body = html`<h1>${title}</h1>
    ${tryTitle(parts, c)} ${ruleSections(rules, decided, lang)} ${templateSections(templates, decided, lang)}`;
  return c.html(layout(parts, c, { title, body }));
}

/** The same answer as on the command line. */
function tryTitle({ app }: ConsoleParts, c: Visitor): Markup {
  const lang = c.get('lang');
  const t = speaker(rulesMessages, lang);
  const title = (c.req.query('title') ?? '').slice(0, 1_000).trim();
  const url = (c.req.query('url') ?? '').slice(0, 2_000).trim();
  const asked = { title, url: url === '' ? null : url, lang: null };
  const found = title === '' ? null : explainTitle(app.config.rules, asked, lang);
  return html`<h2>${t('try')}</h2>
    <form method="get" action="/rules" class="search">
      <div>
        <label for="title">${t('try-label')}</label
        ><input id="title" name="title" value="${title}" required />
      </div>
      <div>
        <label for="url">${t('try-url')}</label><input id="url" name="url" inputmode="url" value="${url}" />
      </div>
      <div><button class="primary">${t('try-button')}</button></div>
    </form>
    ${
      found === null
        ? ''
        : html`<div class="panel good" role="status">
            <p>
              ${labelled(t('class'), html`<strong>${t(`result-${found.class}`)}</strong>`, lang)} /
              ${labelled(t('rule'), found.rule, lang)}
            </p>
            <p>${found.sentence}</p>
          </div>`
    }`;
}
