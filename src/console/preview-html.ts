import { html, raw } from 'hono/html';
import type { PreviewHeading, PreviewLine, PreviewResult } from '../app/preview.ts';
import type { Lang } from '../feed/item.ts';
import { previewSentences as sentences } from '../messages/preview.ts';
import { say } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { linkTo } from './post-card.ts';
import { classWord, countDecisions, decisionOf, weightOf } from './preview-decision.ts';
import { previewStyle } from './preview-style.ts';

/** One page with a card for each item, which needs nothing beside itself: it can be mailed, or shown in a meeting. */
export async function previewPage(
  result: PreviewResult,
  heading: PreviewHeading,
  lang: Lang,
): Promise<string> {
  const made = {
    account: heading.account,
    mode: say(modeNames[heading.mode], lang),
    at: tokyoTime(heading.at, lang),
  };
  const page = await html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${say(sentences.title, lang)}</title>
        <style>
          ${raw(previewStyle)}
        </style>
      </head>
      <body>
        <header>
          <h1>${say(sentences.title, lang)}</h1>
          <p>${say(sentences.made, lang, made)}</p>
          <p>${say(sentences.summary, lang, countDecisions(result.lines))}</p>
        </header>
        <main>
          ${previewProblems(result, lang)} ${result.lines.map((line) => previewCard(line, heading, lang))}
        </main>
      </body>
    </html>`;
  return `${String(page)}\n`;
}

/** What is wrong with the feeds that were read. */
export function previewProblems(result: PreviewResult, lang: Lang) {
  if (result.problems.length === 0) return '';
  const rows = result.problems.map(({ feed, message }) => html`<li><strong>${feed}</strong> ${message}</li>`);
  return html`<section class="problems">
    <h2>${say(sentences.problems, lang)}</h2>
    <ul>
      ${rows}
    </ul>
  </section>`;
}

/** One item with its decision, the post it would become, and why. */
export function previewCard(line: PreviewLine, heading: PreviewHeading, lang: Lang) {
  const decision = decisionOf(line);
  const reasons = (line.verdict?.reasons ?? []).map((reason) => html`<li>${reason.message}</li>`);
  const because =
    line.because.length === 0
      ? ''
      : html`<li>${say(sentences.because, lang, { words: line.because.join('、') })}</li>`;
  return html`<article class="${decision}">
    <p class="decision">${say(sentences[decision], lang)}</p>
    ${line.post === null ? '' : post(line.post, line.lang, heading)}
    ${line.post === null ? '' : html`<p class="weight">${weightOf(line.post, lang)}</p>`}
    <h2 lang="${line.lang}">${line.item.title}</h2>
    ${line.item.url === null ? '' : html`<p>${linkTo(line.item.url)}</p>`}
    <ul>
      <li>${say(sentences.source, lang, { feed: line.feed })}</li>
      ${line.item.publishedAt === null ? '' : html`<li>${tokyoTime(Date.parse(line.item.publishedAt), lang)}</li>`}
      <li>${say(sentences.rule, lang, { class: classWord(line, lang), rule: line.classification.rule })}</li>
      ${because} ${reasons}
    </ul>
  </article>`;
}

/** The post as X shows it: line breaks kept, links shortened to their host and the head of their path. */
function post(shown: { text: string }, lang: Lang, { account, name }: PreviewHeading) {
  const parts = shown.text
    .split(/(https?:\/\/[!-~]+)/u)
    .map((part, index) => (index % 2 === 1 ? linkTo(part) : part));
  return html`<blockquote lang="${lang}">
    <p class="handle">${name === null ? '' : html`<strong>${name}</strong> `}@${account}</p>
    <p class="text">${parts}</p>
  </blockquote>`;
}
