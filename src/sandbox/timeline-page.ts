import { html, raw } from 'hono/html';
import { DateTime } from 'luxon';
import { sandboxLimits } from '../limits/edges.ts';
import { sandboxSentences as sentences } from '../messages/sandbox.ts';
import { say, type Sentence, type SentenceParams } from '../messages/sentence.ts';
import type { SandboxAccount } from './account.ts';
import type { SandboxPost } from './post-book.ts';
import { displayLink } from './post-json.ts';
import { findLinks } from './post-weight.ts';
import { TIMELINE_CSS } from './timeline-css.ts';

type Html = ReturnType<typeof html>;

/** `moving` reloads itself; `still` does not, for readers who need more time than a reload leaves. */
export type PageMotion = 'moving' | 'still';

/** The account's public timeline as one page without script. `posts` are live, newest first. */
export function timelinePage(
  account: SandboxAccount,
  posts: readonly SandboxPost[],
  motion: PageMotion,
): Html {
  const shown = posts.slice(0, sandboxLimits.pagePostsShown);
  const seconds = sandboxLimits.pageRefreshSeconds;
  const who = { name: account.name, handle: account.handle };
  const more = posts.length - shown.length;
  return html`<!DOCTYPE html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${motion === 'moving' ? html`<meta http-equiv="refresh" content="${seconds}" />` : ''}
        <meta name="robots" content="noindex" />
        <title>${say(sentences.pageTitle, 'ja', who)} | ${say(sentences.pageTitle, 'en', who)}</title>
        <link rel="alternate" type="application/rss+xml" href="/feed.xml" />
        <style>
          ${raw(TIMELINE_CSS)}
        </style>
      </head>
      <body>
        <div class="band" role="note">${both(sentences.band)}</div>
        <header>
          <h1>${account.name}</h1>
          <p class="quiet">@${account.handle} · ${both(sentences.automated, {}, 'span')}</p>
          <div class="about">${both(sentences.about)}</div>
          <p class="quiet">${both(sentences.posts, { count: posts.length }, 'span')}</p>
        </header>
        <main>
          ${shown.length === 0 ? html`<div class="empty">${both(sentences.empty)}</div>` : shown.map((post) => postCard(post, account))}
          ${more > 0 ? html`<div class="empty">${both(sentences.older, { count: more })}</div>` : ''}
        </main>
        <footer>
          ${motion === 'moving' ? both(sentences.refresh, { seconds }) : both(sentences.standing)}
          <p>
            ${
              motion === 'moving'
                ? html`<a href="?refresh=off">${both(sentences.stop, {}, 'span')}</a>`
                : html`<a href="?">${both(sentences.start, {}, 'span')}</a>`
            }
          </p>
          <p><a href="/feed.xml">${both(sentences.feed, {}, 'span')}</a></p>
        </footer>
      </body>
    </html> `;
}

function postCard(post: SandboxPost, account: SandboxAccount): Html {
  const lang = /[\u3040-\u30ff\u4e00-\u9fff]/.test(post.text) ? 'ja' : 'en';
  const time = DateTime.fromMillis(post.createdAt, { zone: 'Asia/Tokyo' });
  const shown = time.toFormat('yyyy-MM-dd HH:mm:ss');
  return html`<article id="p${post.id}">
    <p class="quiet"><strong>${account.name}</strong> @${account.handle}</p>
    <p class="text" lang="${lang}">${textWithLinks(post.text)}</p>
    <p class="quiet">
      <a class="time" href="#p${post.id}"
        ><time datetime="${time.toUTC().toISO() ?? ''}"
          >${both(sentences.time, { time: shown }, 'span')}</time
        ></a
      >${post.source === 'elsewhere' ? html` · ${both(sentences.elsewhere, {}, 'span')}` : ''}
    </p>
  </article> `;
}

/** Readers of X see a shortened address, and go to the real one. */
function textWithLinks(text: string): Html[] {
  const parts: Html[] = [];
  let from = 0;
  for (const link of findLinks(text)) {
    const target = /^https?:\/\//i.test(link.url) ? link.url : `http://${link.url}`;
    parts.push(
      html`${text.slice(from, link.start)}<a href="${target}" rel="noreferrer">${displayLink(target)}</a>`,
    );
    from = link.end;
  }
  parts.push(html`${text.slice(from)}`);
  return parts;
}

/** A sentence in both languages, as two paragraphs or on one line. */
function both(
  sentence: Sentence,
  params: SentenceParams = {},
  form: 'paragraphs' | 'span' = 'paragraphs',
): Html {
  const ja = say(sentence, 'ja', params);
  const en = say(sentence, 'en', params);
  switch (form) {
    case 'span':
      return html`${ja} / <span lang="en">${en}</span>`;
    case 'paragraphs':
      return html`<p>${ja}</p>
        <p lang="en">${en}</p>`;
  }
}
