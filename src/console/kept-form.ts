import { html } from 'hono/html';
import type { Lang } from '../feed/item.ts';
import { consoleMessages } from '../messages/console.ts';
import { keptMessages } from '../messages/console-kept.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { pageOf, safeReturn } from './safe-return.ts';
import type { Session } from './sessions.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** A form that was sent from a page which is no longer signed in: where to, and what stood in it. Nothing of it was carried out. */
export type Kept = { path: string; fields: Readonly<Record<string, string>> };

const PREFIX = 'kept.';
const PATH = `${PREFIX}path`;

/** Never carried on: what proves who somebody is, and what a person said yes to, which must be shown and asked anew. */
const NOT_KEPT = [
  'csrf',
  'password',
  'fresh',
  'again',
  'confirmed',
  'account',
  'step',
  'act',
  'outcome',
  'decision',
  'found',
];

/** Not typed by anybody, but what makes a form sent twice one form. */
const UNSEEN = ['where', 'key', 'revision', 'template', 'lang', 'override', 'reach', 'since'];

/** What to keep of the request: of the form that it brings, or of the one that the sign-in page carries on. null: nobody typed anything. */
export function keptFrom(c: Visitor): Kept | null {
  const sent = Object.entries(c.get('fields'));
  const carried = c.get('fields')[PATH];
  const pairs =
    carried === undefined
      ? sent
      : sent
          .filter(([name]) => name.startsWith(PREFIX) && name !== PATH)
          .map(([name, value]) => [name.slice(PREFIX.length), value] as const);
  const fields = Object.fromEntries(pairs.filter(([name]) => !NOT_KEPT.includes(name)));
  const isTyped = Object.entries(fields).some(
    ([name, value]) => !UNSEEN.includes(name) && value.trim() !== '',
  );
  return isTyped ? { path: safeReturn(carried ?? c.req.path), fields } : null;
}

/** The same as hidden fields of the form with which a person signs in. */
export function carriedFields({ path, fields }: Kept): Markup {
  return html`<input type="hidden" name="${PATH}" value="${path}" /> ${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${PREFIX}${name}" value="${value}" />`,
    )}`;
}

/** What was typed, to be read and copied. */
export function keptText({ fields }: Kept, c: Visitor): Markup {
  const t = speaker(keptMessages, c.get('lang'));
  const typed = Object.entries(fields).filter(
    ([name, value]) => !UNSEEN.includes(name) && value.trim() !== '',
  );
  return html`<h2>${t('typed')}</h2>
    ${typed.map(
      ([name, value]) =>
        html`<label for="kept-${name}">${nameOf(name, c)}</label>
          <textarea id="kept-${name}" rows="2" readonly>${value}</textarea>`,
    )}`;
}

/** The hidden fields of a form that shows what was typed once more; its button says `look`. */
function looksAgain({ fields }: Kept, session: Session): Markup {
  return html`<input type="hidden" name="csrf" value="${session.csrf}" /> ${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}`;
}

/** On the answer to a form that only shows what it was sent: the same in the other language. null where nothing was typed. */
export function otherLanguage(c: Visitor): Markup | null {
  const kept = c.req.method === 'POST' ? keptFrom(c) : null;
  if (kept === null) return null;
  const other: Lang = c.get('lang') === 'ja' ? 'en' : 'ja';
  return html`<form method="post" action="${kept.path}?lang=${other}">
    ${looksAgain(kept, c.get('session'))}
    <button class="language" name="step" value="look" lang="${other}">
      ${say(consoleMessages['other-language'], c.get('lang'))}
    </button>
  </form>`;
}

/** After signing in: nothing was sent; what was typed stands here, and goes on where it can. */
export function showKept(parts: ConsoleParts, c: Visitor, session: Session, kept: Kept, why: string): Markup {
  const t = speaker(keptMessages, c.get('lang'));
  // These pages show what they are sent and ask again; the others get the words by hand.
  const goesOn = kept.path === '/urgent' || /^\/posts\/[^/]+\/edit$/u.test(kept.path);
  const page = pageOf(kept.path);
  const body = html`<h1>${t('title')}</h1>
    <div class="panel warning" role="status"><p>${why}</p></div>
    ${
      goesOn
        ? html`<form method="post" action="${kept.path}">
            ${looksAgain(kept, session)}
            <button class="primary" name="step" value="look">${t('go-on')}</button>
          </form>`
        : html`<p><a class="button primary" href="${page}">${t('open-page')}</a></p>`
    }
    ${keptText(kept, c)}`;
  return layout(parts, c, { title: t('title'), body, open: true });
}

function nameOf(name: string, c: Visitor): string {
  const lang = c.get('lang');
  switch (name) {
    case 'reason':
      return say(postMessages.reason, lang);
    case 'correction':
      return say(postMessages.correction, lang);
    case 'remote':
      return say(postMessages['remote-id'], lang);
    case 'text':
      return say(keptMessages.text, lang);
    case 'url':
      return say(keptMessages.url, lang);
    default:
      return say(keptMessages.field, lang, { name: name.replace(/^f-/u, '') });
  }
}
