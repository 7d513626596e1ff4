import { html } from 'hono/html';
import { checkRuleTests, classify, resultOf } from '../classify/classify.ts';
import type { Lang } from '../feed/item.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { layout, speaker, type Markup } from './layout.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /rules: the rules and templates as they are in effect, and what they make of a title that somebody types. */
export function showRules(parts: ConsoleParts, c: Visitor): Response | Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const { rules, templates } = parts.app.config;
  const failed = checkRuleTests(rules).length;
  const forced = Object.entries(templates.forced).map(([name, { ja, en, label }]) => ({
    name: label[lang] || name,
    ja,
    en,
  }));
  const announcements = Object.entries(templates.announcements).flatMap(([name, one]) =>
    one === undefined ? [] : [{ name, ja: one.ja, en: one.en }],
  );
  const body = html`<h1>${t('rules-title')}</h1>
    ${tryTitle(parts, c)}
    <h2>${t('rules-heading')}</h2>
    <p>
      ${failed === 0 ? t('rules-tests', { count: rules.tests.length }) : t('rules-tests-failed', { count: failed })}
    </p>
    <div class="wide" role="region" tabindex="0" aria-label="${t('rules-heading')}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('rules-column-name')}</th>
            <th scope="col">${t('rules-column-result')}</th>
            <th scope="col">${t('rules-column-meaning')}</th>
          </tr>
        </thead>
        <tbody>
          ${rules.rules.map(
            (rule) =>
              html`<tr>
                <th scope="row">${rule.name}</th>
                <td>${t(`result-${rule.result}`)}</td>
                <td>${rule.meaning[lang]}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <h2>${t('templates-heading')}</h2>
    ${[...announcements, ...forced].map(
      ({ name, ja, en }) =>
        html`<details>
          <summary>${name}</summary>
          <p class="post-text" lang="ja">${ja}</p>
          <p class="post-text" lang="en">${en}</p>
        </details>`,
    )}`;
  return c.html(layout(parts, c, { title: t('rules-title'), body }));
}

function tryTitle({ app }: ConsoleParts, c: Visitor): Markup {
  const t = speaker(pageMessages, c.get('lang'));
  const title = (c.req.query('title') ?? '').slice(0, 1_000);
  const url = (c.req.query('url') ?? '').slice(0, 2_000);
  return html`<h2>${t('try-title')}</h2>
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
    ${title === '' ? '' : verdictOn(title, url === '' ? null : url)}`;

  function verdictOn(typed: string, link: string | null): Markup {
    const lang: Lang = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(typed) ? 'ja' : 'en';
    const found = classify({ title: typed, url: link, lang }, app.config.rules);
    const result = { class: t(`result-${resultOf(found)}`), rule: found.rule };
    const because =
      found.because.length === 0 ? t('try-default') : t('try-because', { words: found.because.join(' / ') });
    return html`<div class="panel good" role="status">
      <p>${t('try-result', result)}</p>
      <p>${because}</p>
    </div>`;
  }
}
