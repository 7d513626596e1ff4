import { html } from 'hono/html';
import type { Examined, Mistake } from '../app/force-urgent.ts';
import type { ForcedTemplate } from '../compose/templates.ts';
import type { Lang } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import { urgentPageMessages } from '../messages/console-urgent.ts';
import { say } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import { speaker, type Markup } from './layout.ts';
import { breakGlassPart } from './break-glass.ts';
import { checkList } from './check-table.ts';
import { postCard } from './post-card.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** What a person has typed so far. `key` names the form, and with it the notice that it becomes. */
export type Typed = {
  /** Name of a template, or `free`. */
  template: string;
  fields: Readonly<Record<string, string>>;
  text: string;
  url: string;
  lang: Lang;
  reason: string;
  overridePause: boolean;
  key: string;
};

/** Template, fields, preview and the yes on one page. */
export function urgentForm({ app }: ConsoleParts, c: Visitor, typed: Typed, shown: Shown): Markup {
  const lang = c.get('lang');
  const t = speaker(urgentPageMessages, lang);
  const { proposal } = shown;
  const { forced } = app.config.templates;
  const chosen = Object.hasOwn(forced, typed.template) ? forced[typed.template] : undefined;
  const names = [
    ...Object.entries(forced).map(([name, one]) => [name, one.label[lang]]),
    ['free', t('free')],
  ];
  return html`<nav class="choices" aria-label="${t('template')}">
      <p>${t('template')}</p>
      <ul>
        ${names.map(
          ([name, label]) =>
            html`<li>
              <a href="/urgent?template=${name}" ${name === typed.template ? html`aria-current="true"` : ''}
                >${label}</a
              >
            </li>`,
        )}
      </ul>
    </nav>
    <form method="post" action="/urgent" data-check="/urgent/check" data-shows="proposal">
      <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
      <input type="hidden" name="key" value="${typed.key}" />
      <input type="hidden" name="template" value="${typed.template}" />
      ${chosen === undefined ? freeField(typed, lang) : templateFields(chosen, typed, lang)}
      <label for="url">${t(chosen === undefined ? 'url-free' : 'url')}</label>
      <input
        id="url"
        name="url"
        type="url"
        value="${typed.url}"
        maxlength="2000"
        ${chosen === undefined ? '' : 'required'}
      />
      <label for="lang">${t('lang')}</label>
      <select id="lang" name="lang">
        ${(['ja', 'en'] as const).map(
          (one) =>
            html`<option value="${one}" ${one === typed.lang ? 'selected' : ''}>${t(`lang-${one}`)}</option>`,
        )}
      </select>
      <label for="reason">${t('reason')}</label>
      <input id="reason" name="reason" required maxlength="500" value="${typed.reason}" />
      <div class="check">
        <input
          type="checkbox"
          id="override"
          name="override"
          value="on"
          ${typed.overridePause ? 'checked' : ''}
        />
        <label for="override">${t('override-pause')}</label>
      </div>
      <button name="step" value="look" class="${proposal?.kind === 'proposal' ? '' : 'primary'}">
        ${t('look')}
      </button>
      <section id="proposal" aria-live="polite">${proposalPart(c, typed, shown)}</section>
    </form>`;
}

/** What is shown of the notice so far, and what stands between it and the public. */
export type Shown = {
  proposal: Examined | Mistake | null;
  /** The account's name as X shows it. */
  name: string | null;
  /** This person may post it without the second one. */
  breakable: boolean;
  /** Why it would wait although it may go out: a pause, or X's refusal of the account. */
  stop: string | null;
  approvalsNeeded: number;
};

/** The post as it would go out, what the policy says of it, and the button that posts exactly that. */
export function proposalPart(c: Visitor, typed: Typed, shown: Shown): Markup {
  const lang = c.get('lang');
  const t = speaker(urgentPageMessages, lang);
  const { proposal, name } = shown;
  if (proposal === null) return html`<p class="facts">${t('nothing-yet')}</p>`;
  if (proposal.kind === 'mistake') return html`<div class="panel warning"><p>${proposal.message}</p></div>`;
  const { account, verdict, messages, text } = proposal;
  return html`<h2>${t('heading-preview')}</h2>
    ${postCard({ ...proposal, lang: typed.lang, name }, lang)}
    <div class="panel ${verdict === 'allow' ? 'good' : verdict === 'hold' ? 'warning' : 'alarm'}">
      ${messages.length === 0 ? html`<p>${t('allowed')}</p>` : messages.map((one) => html`<p>${one}</p>`)}
    </div>
    <p class="facts">${t('rule')}</p>
    ${checkList(proposal.checks, lang)}
    ${shown.stop === null ? '' : html`<p class="why">${t('stopped', { reason: shown.stop })}</p>`}
    <input type="hidden" name="confirmed" value="${text}" />
    <input type="hidden" name="account" value="${account}" />
    ${verdict === 'deny' ? '' : html`<button class="danger" name="step" value="post">${doesWhat(c, proposal, shown)}</button>`}
    ${shown.breakable ? breakGlassPart(c, proposal) : ''}`;
}

/** The button says what happens next, and how many of the approvals are then there. */
function doesWhat(c: Visitor, { account, mode, verdict }: Examined, shown: Shown): string {
  const lang = c.get('lang');
  const t = speaker(urgentPageMessages, lang);
  const needed = Math.max(shown.approvalsNeeded, 1);
  // What a check doubts is for people to agree to, whoever has agreed to the rest.
  if (verdict === 'hold') return needed > 1 ? t('submit-held', { given: 1, needed }) : t('submit-doubt');
  const question = { account, mode: say(modeNames[mode], lang), given: needed, needed };
  return t(shown.stop === null ? 'post-now' : 'post-later', question);
}

function freeField(typed: Typed, lang: Lang): Markup {
  return html`<label for="text">${say(urgentPageMessages.text, lang)}</label>
    <textarea id="text" name="text" rows="5" maxlength="${consoleLimits.textMax}" required>
${typed.text}</textarea>`;
}

function templateFields(template: ForcedTemplate, typed: Typed, lang: Lang): readonly Markup[] {
  return Object.entries(template.fields).map(([name, one]) => {
    const id = `f-${name}`;
    const optional = one.required ? '' : say(urgentPageMessages.optional, lang);
    return html`<label for="${id}">${one.label[lang]}${optional}</label>
      <input
        id="${id}"
        name="${id}"
        value="${typed.fields[name] ?? ''}"
        maxlength="300"
        ${one.required ? 'required' : ''}
      />`;
  });
}
