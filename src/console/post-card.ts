import { html } from 'hono/html';
import { publishLimits } from '../limits/publishing.ts';
import { postMessages } from '../messages/console-post.ts';
import type { Lang } from '../feed/item.ts';
import { speaker, type Markup } from './layout.ts';

type Shown = {
  text: string;
  lang: Lang;
  account: string;
  weight: number;
  /** As X shows it above the handle; null where X was not asked yet. */
  name?: string | null;
};

/** A post as X shows it: name, handle, line breaks kept, links shortened; below it how much room is left. */
export function postCard(post: Shown, lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  const left = publishLimits.weightMax - post.weight;
  return html`<figure class="post">
    <div class="post-head">
      <span class="avatar" aria-hidden="true">${post.account.slice(0, 1).toUpperCase()}</span>
      <span class="who">
        ${post.name === undefined || post.name === null ? '' : html`<span class="name">${post.name}</span>`}
        <span class="handle">@${post.account}</span></span
      >
    </div>
    <p class="post-text" lang="${post.lang}">${linked(post.text)}</p>
    <figcaption class="${left < 0 ? 'over' : ''}">
      <span class="gauge" aria-hidden="true"
        ><progress
          max="${publishLimits.weightMax}"
          value="${Math.min(post.weight, publishLimits.weightMax)}"
          aria-label="${t('weight-label')}"
        ></progress
      ></span>
      ${t(left < 0 ? 'weight-over' : 'weight', { weight: post.weight, max: publishLimits.weightMax, left: Math.abs(left) })}
    </figcaption>
  </figure>`;
}

/** X shows 27 characters of a link at most. */
const LINK_SHOWN = 27;

/** A text with its links as X shows them. */
export function linked(text: string): readonly (Markup | string)[] {
  return text.split(/(https?:\/\/[!-~]+)/u).map((part, index) => (index % 2 === 1 ? linkTo(part) : part));
}

/** A link to another site, shortened as X does it. What is not http(s) stays text. */
export function linkTo(url: string): Markup {
  if (!/^https?:\/\//u.test(url)) return html`${url}`;
  const bare = url.replace(/^https?:\/\/(www\.)?/u, '');
  const shown = bare.length > LINK_SHOWN ? `${bare.slice(0, LINK_SHOWN)}…` : bare;
  return html`<a class="link" href="${url}" rel="noreferrer">${shown}</a>`;
}
