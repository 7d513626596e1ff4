import { html } from 'hono/html';
import { accountName } from '../app/know-account.ts';
import { proposeWithdrawal, withdrawPost } from '../app/withdraw-post.ts';
import type { Lang } from '../feed/item.ts';
import { consoleMessages } from '../messages/console.ts';
import { correctMessages } from '../messages/console-correction.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Verdict } from '../policy/verdict.ts';
import { sincePosted } from './correct-form.ts';
import { hiddenFields } from './decide-forms.ts';
import { onPost } from './decide-post.ts';
import { errorPage } from './error-page.ts';
import { layout, speaker } from './layout.ts';
import { postCard } from './post-card.ts';
import { reasonOf } from './reason.ts';
import { who } from './sign-in.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** POST /posts/ID/withdraw: first shows what will be deleted and posted, then records both in one step. */
export function takeWithdrawal(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return field(c, 'step') === 'do' ? doWithdraw(parts, c) : lookFirst(parts, c);
}

function doWithdraw(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  return onPost(parts, c, async (id, reason) => {
    // Left empty it is a withdrawal alone; left out it is not what the page asked.
    if (c.get('fields')['correction'] === undefined)
      return { tone: 'warning', text: say(consoleMessages['form-broken'], lang), to: `/posts/${id}` };
    const correction = correctionOf(c);
    const request = { id, reason, correction, ...who(c.get('session')) };
    const result = await withdrawPost(speaking(parts.app, lang), request);
    parts.knock();
    switch (result.kind) {
      case 'recorded': {
        const isHeld = result.correction?.state === 'held';
        const withIt = isHeld ? 'done-withdraw-held' : 'done-withdraw-correction';
        const code = correction === null ? 'done-withdraw' : withIt;
        return {
          tone: 'done',
          text: say(postMessages[code], lang),
          to: `/posts/${result.correction?.id ?? id}`,
        };
      }
      case 'refused':
        return { tone: 'warning', text: result.message, to: `/posts/${id}` };
      case 'missing':
        return { tone: 'warning', text: say(postMessages.missing, lang), to: '/' };
    }
  });
}

async function lookFirst(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(postMessages, lang);
  const id = c.req.param('id') ?? '';
  const reason = reasonOf(c);
  if (reason === null) return c.html(errorPage(parts, c, t('reason-needed')), 422);
  const request = { id, reason, correction: correctionOf(c), ...who(c.get('session')) };
  const proposal = await proposeWithdrawal(speaking(parts.app, lang), request);
  if (proposal.kind === 'missing') return c.html(errorPage(parts, c, t('missing')), 404);
  if (proposal.kind === 'refused') return c.html(errorPage(parts, c, proposal.message), 409);
  const { entry, correction } = proposal;
  const name = await accountName(parts.app);
  const body = html`<h1>${t('withdraw-confirm-title')}</h1>
    <h2>${t('will-delete')}</h2>
    ${postCard({ ...entry, name }, lang)}
    ${entry.publishedAt === null ? '' : html`<p>${sincePosted(entry, parts, lang)}</p>`}
    <h2>${t('will-post')}</h2>
    ${correction === null ? html`<p>${t('no-correction')}</p>` : postCard({ ...correction, lang: entry.lang, name }, lang)}
    ${correction?.verdict === 'hold' ? html`<p class="why">${t('correction-held')}</p>` : ''}
    ${(correction?.messages ?? []).map((message) => html`<p class="why">${message}</p>`)}
    <form method="post" action="/posts/${entry.id}/withdraw">
      ${hiddenFields(parts, c, entry)}
      <input type="hidden" name="correction" value="${field(c, 'correction')}" />
      <label for="reason">${t('reason')}</label>
      <input id="reason" name="reason" required maxlength="500" value="${reason}" />
      <div class="actions">
        <button class="danger" name="step" value="do">
          ${doesWhat(entry, correction?.verdict ?? null, lang)}
        </button>
        <a href="/posts/${entry.id}">${t('back')}</a>
      </div>
    </form>`;
  return c.html(layout(parts, c, { title: t('withdraw-confirm-title'), body }));
}

/** The button names all that it does: the correction beside the withdrawal, and whether somebody must agree to it first. */
function doesWhat({ account }: Entry, verdict: Verdict['kind'] | null, lang: Lang): string {
  if (verdict === null) return say(postMessages['withdraw-now'], lang, { account });
  return say(correctMessages[verdict === 'hold' ? 'now-held' : 'now'], lang, { account });
}

function correctionOf(c: Visitor): string | null {
  const text = field(c, 'correction').trim();
  return text === '' ? null : text;
}
