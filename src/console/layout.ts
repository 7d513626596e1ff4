import { html } from 'hono/html';
import { mayDo } from '../governance/permissions.ts';
import type { Lang } from '../feed/item.ts';
import { consoleMessages } from '../messages/console.ts';
import { keptMessages } from '../messages/console-kept.ts';
import { say, type Sentence, type SentenceParams } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import { faviconPath } from './favicon.ts';
import { SCRIPT_PATH } from './script.ts';
import { pageOf } from './safe-return.ts';
import type { Notice } from './sessions.ts';
import { STYLE_PATH } from './style-sheet.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** HTML whose values are escaped. */
export type Markup = ReturnType<typeof html>;

/** Says sentences of one catalogue in one language. */
export type Speak<Code extends string> = (code: Code, params?: SentenceParams) => string;

/** Binds a catalogue to a language. */
export function speaker<Code extends string>(
  catalogue: Readonly<Record<Code, Sentence>>,
  lang: Lang,
): Speak<Code> {
  return (code, params) => say(catalogue[code], lang, params ?? {});
}

/** A name and what it is, with the colon of the language. */
export function labelled(name: string, value: Markup | string, lang: Lang): Markup {
  return html`${name}${lang === 'ja' ? '：' : ': '}${value}`;
}

const PLACES = [
  ['/', 'nav-board'],
  ['/urgent', 'nav-urgent'],
  ['/history', 'nav-history'],
  ['/charts', 'nav-charts'],
  ['/dry-run', 'nav-dry-run'],
  ['/feeds', 'nav-feeds'],
  ['/rules', 'nav-rules'],
  ['/account', 'nav-account'],
] as const;

export type PageParts = {
  title: string;
  body: Markup;
  /** What a person is told about what they just did. */
  notice?: Notice | null;
  /** Pages for everybody have no navigation. */
  open?: boolean;
  /** In place of the link to the other language, where a link would lose what was typed. */
  otherLanguage?: Markup | null;
  /** Changes appear by themselves. */
  live?: boolean;
};

/** The frame of every page: mode and account in a band, navigation, language, and what was just done. */
export function layout({ app }: ConsoleParts, c: Visitor, page: PageParts): Markup {
  const lang = c.get('lang');
  const t = speaker(consoleMessages, lang);
  const { mode, account } = app.scope;
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} — ${t(`title-${mode}`)} @${account} — ${t('name')}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
        <link rel="icon" type="image/svg+xml" href="${faviconPath(mode)}" />
        <script src="${SCRIPT_PATH}" defer></script>
      </head>
      <body class="${mode}">
        <a class="skip" href="#main">${t('skip')}</a>
        <header>
          <div class="band ${mode}">
            <p><strong>${say(modeNames[mode], lang)}</strong> ${t(`band-${mode}`, { account })}</p>
          </div>
          <div class="bar">
            ${page.open === true ? html`<p class="name">${t('name')}</p>` : navigation(c)}
            ${page.otherLanguage ?? languageSwitch(c)}
          </div>
        </header>
        <main id="main" ${page.live === true ? html`data-live="/events"` : ''}>
          <div id="lost" class="panel alarm" role="status" hidden>${t('lost')}</div>
          <div id="over" class="panel alarm" role="status" hidden>
            ${say(keptMessages['live-over'], lang)}
          </div>
          ${notice(page.notice ?? null)} ${page.body}
        </main>
        <footer>
          <a href="/policy">${t('foot-policy')}</a> <a href="/feed.xml">RSS</a>
          <a href="/feed.json">JSON Feed</a>
        </footer>
      </body>
    </html>`;
}

function navigation(c: Visitor): Markup {
  const t = speaker(consoleMessages, c.get('lang'));
  return html`<nav aria-label="${t('nav')}">
    <ul>
      ${PLACES.filter(([path]) => path !== '/urgent' || mayDo(c.get('session').roles, 'submit')).map(
        ([path, code]) => {
          const here = c.req.path === path;
          return html`<li>
            <a href="${path}" class="${code}" ${here ? html`aria-current="page"` : ''}>${t(code)}</a>
          </li>`;
        },
      )}
    </ul>
  </nav>`;
}

/** Keeps to the page, and what it was asked for, in the other language; from the answer to a form it leads to the form's own page. */
function languageSwitch(c: Visitor): Markup {
  const other: Lang = c.get('lang') === 'ja' ? 'en' : 'ja';
  const wanted = new URLSearchParams(c.req.query());
  wanted.delete('note');
  wanted.set('lang', other);
  const t = speaker(consoleMessages, c.get('lang'));
  const page = c.req.method === 'GET' ? '' : pageOf(c.req.path);
  return html`<a class="language" href="${page}?${wanted.toString()}" lang="${other}" hreflang="${other}"
    >${t('other-language')}</a
  >`;
}

function notice(shown: Notice | null): Markup | string {
  if (shown === null) return '';
  return html`<div class="panel ${shown.tone === 'done' ? 'good' : 'warning'} notice" role="status">
    <p>${shown.text}</p>
  </div>`;
}
