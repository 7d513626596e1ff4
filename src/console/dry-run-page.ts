import { html } from 'hono/html';
import { previewHeading, type PreviewResult } from '../app/preview.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { previewSentences } from '../messages/preview.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { dryRunOf, type DryRun } from './dry-run-source.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { countDecisions } from './preview-decision.ts';
import { previewCard, previewPage, previewProblems } from './preview-html.ts';
import { field, type ConsoleParts, type Visitor } from './visit.ts';

/** GET /dry-run: reads a feed, an address or a kept document and shows a card for each item. Writes nothing, and never speaks to X. */
export async function showDryRun(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return page(parts, c, await dryRunOf(parts, c), '');
}

/** POST /dry-run: the same of a document that was pasted; as a page, or as one file where that was asked for. */
export async function takeDryRun(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const run = await dryRunOf(parts, c);
  if (run.kind === 'done' && field(c, 'give') === 'download') return asFile(parts, c, run.result);
  return page(parts, c, run, field(c, 'document'));
}

/** GET /dry-run/download: the cards as one file that needs nothing beside itself. */
export async function downloadDryRun(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const run = await dryRunOf(parts, c);
  return run.kind === 'done' ? asFile(parts, c, run.result) : c.redirect('/dry-run', 303);
}

async function page(parts: ConsoleParts, c: Visitor, run: DryRun, pasted: string): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const body = html`<h1>${t('dry-title')}</h1>
    <p class="lede">${t('dry-lede')}</p>
    ${chooseForm(parts, c)} ${await storedForm(parts, c)} ${pasteForm(parts, c, pasted)}
    ${run.kind === 'mistake' ? html`<div class="panel warning" role="status"><p>${t(run.code)}</p></div>` : ''}
    ${run.kind === 'done' ? await cards(parts, c, run.result, pasted === '') : ''}`;
  return c.html(layout(parts, c, { title: t('dry-title'), body }));
}

function chooseForm(parts: ConsoleParts, c: Visitor): Markup {
  const t = speaker(pageMessages, c.get('lang'));
  return html`<form method="get" action="/dry-run" class="search">
    <div>
      <label for="feed">${t('dry-feed')}</label>
      <select id="feed" name="feed">
        <option value="">${t('dry-none')}</option>
        ${feedOptions(parts, c.req.query('feed') ?? '')}
      </select>
    </div>
    <div>
      <label for="address">${t('dry-address')}</label>
      <input
        id="address"
        name="address"
        inputmode="url"
        maxlength="2000"
        value="${c.req.query('address') ?? ''}"
      />
    </div>
    <div><button class="primary">${t('dry-start')}</button></div>
  </form>`;
}

/** What the last polls read, feed by feed. */
async function storedForm({ app }: ConsoleParts, c: Visitor): Promise<Markup> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const stored = await Promise.all(
    app.config.feeds.map(async ({ name }) => ({ name, kept: await app.documents.list(app.scope, name) })),
  );
  if (stored.every(({ kept }) => kept.length === 0))
    return html`<p class="facts">${t('dry-stored-none')}</p>`;
  const chosen = c.req.query('stored') ?? '';
  return html`<form method="get" action="/dry-run" class="search">
    <div>
      <label for="stored">${t('dry-stored')}</label>
      <select id="stored" name="stored">
        ${stored
          .filter(({ kept }) => kept.length > 0)
          .map(
            ({ name, kept }) =>
              html`<optgroup label="${name}">
                ${kept.map((one) => storedOption(`${name}@${String(one.readAt)}`, one, chosen, lang))}
              </optgroup>`,
          )}
      </select>
    </div>
    <div><button>${t('dry-replay')}</button></div>
  </form>`;
}

function storedOption(
  value: string,
  one: { readAt: EpochMs; bytes: number },
  chosen: string,
  lang: Lang,
): Markup {
  const shown = { at: tokyoTime(one.readAt, lang), kilobytes: Math.ceil(one.bytes / 1_024) };
  return html`<option value="${value}" ${value === chosen ? 'selected' : ''}>
    ${say(pageMessages['dry-stored-one'], lang, shown)}
  </option>`;
}

function pasteForm(parts: ConsoleParts, c: Visitor, pasted: string): Markup {
  const t = speaker(pageMessages, c.get('lang'));
  return html`<details ${pasted === '' ? '' : 'open'}>
    <summary>${t('dry-paste')}</summary>
    <form method="post" action="/dry-run">
      <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
      <label for="document">${t('dry-document')}</label>
      <textarea
        id="document"
        name="document"
        class="source"
        rows="10"
        spellcheck="false"
        required
        maxlength="${consoleLimits.pastedMax}"
      >
${pasted}</textarea>
      <label for="as">${t('dry-as')}</label>
      <select id="as" name="feed">
        <option value="">${t('dry-as-feed')}</option>
        ${feedOptions(parts, c.req.method === 'POST' ? field(c, 'feed') : '')}
      </select>
      <p class="actions">
        <button class="primary" name="give" value="show">${t('dry-start-pasted')}</button>
        <button name="give" value="download">${t('dry-download-pasted')}</button>
      </p>
    </form>
  </details>`;
}

function feedOptions({ app }: ConsoleParts, chosen: string): readonly Markup[] {
  return app.config.feeds.map(
    ({ name }) => html`<option value="${name}" ${name === chosen ? 'selected' : ''}>${name}</option>`,
  );
}

async function cards(
  { app }: ConsoleParts,
  c: Visitor,
  result: PreviewResult,
  hasAddress: boolean,
): Promise<Markup> {
  const lang = c.get('lang');
  const t = speaker(pageMessages, lang);
  const shown = result.lines.slice(0, consoleLimits.dryRunCards);
  const heading = await previewHeading(app);
  const asked = new URLSearchParams(
    ['feed', 'address', 'stored'].flatMap((name): [string, string][] => {
      const value = c.req.query(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
  return html`<p role="status">${say(previewSentences.summary, lang, countDecisions(result.lines))}</p>
    ${
      shown.length < result.lines.length
        ? html`<p>${t('dry-cut', { shown: shown.length, all: result.lines.length })}</p>`
        : ''
    }
    ${hasAddress ? html`<p><a href="/dry-run/download?${asked.toString()}">${t('dry-download')}</a></p>` : ''}
    <div class="cards">
      ${previewProblems(result, lang)} ${shown.map((line) => previewCard(line, heading, lang))}
    </div>`;
}

async function asFile({ app }: ConsoleParts, c: Visitor, result: PreviewResult): Promise<Response> {
  const heading = await previewHeading(app);
  return c.body(await previewPage(result, heading, c.get('lang')), 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': 'attachment; filename="kosatsu-preview.html"',
  });
}
