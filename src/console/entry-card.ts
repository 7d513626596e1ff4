import { html } from 'hono/html';
import type { Lang } from '../feed/item.ts';
import { boardMessages } from '../messages/console-board.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry } from '../outbox/entry.ts';
import { postAddress } from '../publish/post-address.ts';
import { speaker, type Markup } from './layout.ts';
import { linked } from './post-card.ts';

type Shown = {
  tone: string;
  /** Where the account stands at X; left out, no link leads there. */
  apiUrl?: URL | null;
  /** Who is asked, in a sentence; left out where nobody is, or where it is the reader. */
  asked?: string;
  /** Whether the reader is asked to decide. */
  isAsked?: boolean;
};

/** One post in a list: what it is, its words, why it stands there; the whole of it is one click away. */
export function entryCard(entry: Entry, lang: Lang, { tone, apiUrl, asked, isAsked = false }: Shown): Markup {
  const t = speaker(boardMessages, lang);
  const when =
    entry.publishedAt !== null
      ? t('posted-at', { at: tokyoTime(entry.publishedAt, lang) })
      : entry.state === 'queued'
        ? t('due-at', { at: tokyoTime(entry.dueAt, lang) })
        : t('recorded-at', { at: tokyoTime(entry.createdAt, lang) });
  const reasons = entry.state === 'held' || entry.state === 'queued' ? sentencesOf(entry.reasons, lang) : [];
  return html`<li class="panel ${tone}">
    <p>
      <strong class="state ${entry.state}">${say(stateNames[entry.state], lang)}</strong>
      <span class="tag ${entry.topic}">${say(topicNames[entry.topic], lang)}</span>
      <span class="facts">${when}</span>
    </p>
    <p class="post-text" lang="${entry.lang}">${linked(entry.text)}</p>
    ${reasons.map((reason) => html`<p class="why">${reason}</p>`)}
    ${asked === undefined ? '' : html`<p>${asked}</p>`}
    <p class="actions">
      <a class="button ${isAsked ? 'primary' : ''}" href="/posts/${entry.id}"
        >${t(isAsked ? 'decide' : 'look')}<span class="unseen"> ${entry.id}</span></a
      >
      ${
        apiUrl === undefined || entry.remoteId === null
          ? ''
          : html`<a href="${postAddress(entry, apiUrl)}" rel="noreferrer"
              >${t('open-post')}<span class="unseen"> ${entry.id}</span></a
            >`
      }
    </p>
  </li>`;
}
