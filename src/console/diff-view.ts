import { html } from 'hono/html';
import type { Lang } from '../feed/item.ts';
import { versionMessages } from '../messages/console-versions.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Markup } from './layout.ts';
import { diffText } from './text-diff.ts';

/** What changed between two wordings. Struck out and underlined, and said in words for who can't see that. */
export function diffView(
  before: Pick<Entry, 'text'>,
  after: Pick<Entry, 'text' | 'lang'>,
  lang: Lang,
): Markup {
  const parts = diffText(before.text, after.text, after.lang);
  const mark = (code: 'removed' | 'added' | 'end'): Markup =>
    html`<span class="unseen" lang="${lang}">${say(versionMessages[code], lang)}</span>`;
  if (parts.every(({ kind }) => kind === 'same'))
    return html`<p>${say(versionMessages['no-change'], lang)}</p>`;
  const marked = parts.map(({ kind, text }) => {
    switch (kind) {
      case 'same':
        return text;
      case 'removed':
        return html`<del>${mark('removed')}${text}${mark('end')}</del>`;
      case 'added':
        return html`<ins>${mark('added')}${text}${mark('end')}</ins>`;
    }
  });
  // Line breaks of the text are kept, so that none of the markup's may stand beside it: hence the inner element.
  return html`<p class="diff"><span class="text" lang="${after.lang}">${marked}</span></p>`;
}

/** How the marks are to be read; once on a page. */
export function diffLegend(lang: Lang): Markup {
  return html`<p class="facts">${say(versionMessages.legend, lang)}</p>`;
}
