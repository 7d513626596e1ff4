import { html } from 'hono/html';
import type { Examined } from '../app/force-urgent.ts';
import { mayDo } from '../governance/permissions.ts';
import { breakGlassMessages } from '../messages/console-break-glass.ts';
import { say } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import { speaker, type Markup } from './layout.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** Whether nothing but the second person stands between this proposal and the public, and this person may go without. */
export function isBreakable({ app }: ConsoleParts, c: Visitor, proposal: Examined): boolean {
  const { roles, token } = c.get('session');
  const needsTwo = approvalsNeeded('urgent', true, app.config.policy) > 1;
  return needsTwo && token !== null && mayDo(roles, 'break-glass') && proposal.goesAlone;
}

/** The password once more, and the button that posts alone. Folded, because nobody should hit it by chance. */
export function breakGlassPart(c: Visitor, { account, mode }: Examined): Markup {
  const lang = c.get('lang');
  const t = speaker(breakGlassMessages, lang);
  return html`<details class="break-glass">
    <summary>${t('title')}</summary>
    <p>${t('does')}</p>
    <label for="password">${t('password')}</label>
    <input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" />
    <button class="danger" name="step" value="break">
      ${t('post', { account, mode: say(modeNames[mode], lang) })}
    </button>
  </details>`;
}

/** Nothing was recorded: the person stays at the form and may try again. */
export class NotTaken extends Error {}
