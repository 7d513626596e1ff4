import { html } from 'hono/html';
import { pausePublishing, resumePublishing } from '../app/pauses.ts';
import { boardMessages } from '../messages/console-board.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import { answerOnce, formKey } from './answer-once.ts';
import { speaker, type Markup } from './layout.ts';
import { reasonOf } from './reason.ts';
import { who } from './sign-in.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** Pause, or its end; folded, because nobody should hit it by chance. */
export function pauseForms(parts: ConsoleParts, c: Visitor, paused: boolean): Markup {
  const t = speaker(boardMessages, c.get('lang'));
  const act = paused ? 'resume' : 'pause';
  return html`<details>
    <summary>${t(act)}</summary>
    <form method="post" action="/${act}">
      <p>${t(`${act}-does`)}</p>
      <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
      <input type="hidden" name="key" value="${formKey(parts)}" />
      <label for="pause-reason">${t('reason')}</label>
      <input id="pause-reason" name="reason" required maxlength="500" />
      <button>${t(act)}</button>
    </form>
  </details>`;
}

/** POST /pause */
export function takePause(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return answerOnce(c, async () => {
    const lang = c.get('lang');
    const reason = reasonOf(c);
    if (reason === null) return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to: '/' };
    const result = await pausePublishing(speaking(parts.app, lang), { reason, ...who(c.get('session')) });
    if (result.kind === 'refused') return { tone: 'warning', text: result.message, to: '/' };
    return { tone: 'done', text: say(boardMessages['pause-done'], lang), to: '/' };
  });
}

/** POST /resume */
export function takeResume(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return answerOnce(c, async () => {
    const lang = c.get('lang');
    const reason = reasonOf(c);
    if (reason === null) return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to: '/' };
    const result = await resumePublishing(speaking(parts.app, lang), { reason, ...who(c.get('session')) });
    parts.knock();
    const text = result.refused ?? say(boardMessages[result.ended ? 'resume-done' : 'resume-none'], lang);
    return { tone: result.ended ? 'done' : 'warning', text, to: '/' };
  });
}
