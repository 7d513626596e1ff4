import { html } from 'hono/html';
import { openReviews, reviewPost, type OpenReview } from '../app/review-post.ts';
import { mayDo } from '../governance/permissions.ts';
import { breakGlassMessages } from '../messages/console-break-glass.ts';
import { operatorSentences } from '../messages/operators.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry } from '../outbox/entry.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import { answerOnce, formKey } from './answer-once.ts';
import { speaker, type Markup } from './layout.ts';
import { reasonOf } from './reason.ts';
import { who } from './sign-in.ts';
import { postMessages } from '../messages/console-post.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** The review of one post on its page: nothing where none is open. */
export async function reviewForm(parts: ConsoleParts, c: Visitor, entry: Entry): Promise<Markup | string> {
  const t = speaker(breakGlassMessages, c.get('lang'));
  const review = (await openReviews(parts.app)).find(({ id }) => id === entry.id);
  if (review === undefined) return '';
  const session = c.get('session');
  const head = html`<h2>${t('heading-reviews')}</h2>
    <p>${forcedBy(review, c)}</p>`;
  if (isSamePerson(review.by, session.name))
    return html`${head}
      <p>${t('own')}</p>`;
  if (!mayDo(session.roles, 'review'))
    return html`${head}
      <p>${t('no-right')}</p>`;
  return html`${head}
    <form method="post" action="/posts/${entry.id}/review">
      <input type="hidden" name="csrf" value="${session.csrf}" />
      <input type="hidden" name="key" value="${formKey(parts)}" />
      <label for="finding">${t('finding')}</label>
      <input id="finding" name="reason" required maxlength="500" />
      <button class="primary">${t('review')}</button>
    </form>`;
}

/** POST /posts/ID/review: another person has looked at it. */
export function takeReview(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  const to = `/posts/${encodeURIComponent(id)}`;
  return answerOnce(c, async () => {
    const reason = reasonOf(c);
    if (reason === null) return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to };
    const { by } = who(c.get('session'));
    const end = await reviewPost(speaking(parts.app, lang), { id, by, reason });
    switch (end.kind) {
      case 'reviewed':
        return { tone: 'done', text: say(operatorSentences.reviewed, lang, { id, by }), to };
      case 'own':
        return { tone: 'warning', text: say(operatorSentences.reviewOwn, lang, { id }), to };
      case 'none':
        return { tone: 'warning', text: say(operatorSentences.reviewNone, lang, { id }), to: '/' };
      case 'refused':
        return { tone: 'warning', text: end.message, to };
    }
  });
}

/** Who forced it alone, when and why. */
export function forcedBy({ by, since, reason }: OpenReview, c: Visitor): string {
  const lang = c.get('lang');
  return say(breakGlassMessages.forced, lang, { by, reason, at: tokyoTime(since, lang) });
}
