import { html } from 'hono/html';
import type { Lang } from '../feed/item.ts';
import { pageMessages } from '../messages/console-pages.ts';
import { policyTextSentences } from '../messages/policy-text.ts';
import { say } from '../messages/sentence.ts';
import type { PublishedPolicy } from '../policy/policy-config.ts';
import { layout, speaker, type Markup } from './layout.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /policy: the policy in the institution's own words, and how the program enforces it. For everybody. */
export function showPolicy(parts: ConsoleParts, c: Visitor): Response | Promise<Response> {
  const t = speaker(pageMessages, c.get('lang'));
  const { config, scope } = parts.app;
  const { policy } = config;
  const { approval, dailyBudget, quietHours } = policy;
  const body = html`<h1>${t('policy-title')}</h1>
    <p>${t('policy-lede', { account: scope.account })}</p>
    ${ownWords(policy.published, c.get('lang'))}
    <h2>${t('policy-content')}</h2>
    <p>${t('policy-content-text')}</p>
    <h2>${t('policy-no-reply')}</h2>
    <p>${t('policy-no-reply-text')}</p>
    <h2>${t('policy-links')}</h2>
    <p>${t('policy-links-text')}</p>
    <ul>
      ${policy.allowedHosts.map((host) => html`<li>${host}</li>`)}
    </ul>
    <h2>${t('policy-people')}</h2>
    <dl class="facts-list">
      <div>
        <dt>${t('policy-main')}</dt>
        <dd>${t(`policy-${approval.feedMain}`)}</dd>
      </div>
      <div>
        <dt>${t('policy-urgent')}</dt>
        <dd>${t(`policy-${approval.feedUrgent}`)}</dd>
      </div>
      <div>
        <dt>${t('policy-forced')}</dt>
        <dd>${t(`policy-${approval.forced}`)}</dd>
      </div>
    </dl>
    <h2>${t('policy-limits')}</h2>
    <p>${t('policy-budget', { posts: dailyBudget.posts, reserved: dailyBudget.reservedForUrgent })}</p>
    ${
      quietHours === null
        ? ''
        : html`<p>
            ${t('policy-quiet', { from: clock(quietHours.fromMinute), to: clock(quietHours.toMinute) })}
          </p>`
    }
    <h2>${t('policy-privacy')}</h2>
    <p>${t('policy-privacy-text')}</p>
    <h2>${t('policy-records')}</h2>
    <p>${t('policy-records-text')} <a href="/feed.xml">RSS</a>, <a href="/feed.json">JSON Feed</a></p>
    <p class="facts">${t('policy-version', { version: policy.version })}</p>`;
  return c.html(layout(parts, c, { title: t('policy-title'), body, open: true }));
}

/** In both languages, as it was published, the reader's own first. */
function ownWords(published: PublishedPolicy | null, lang: Lang): Markup | string {
  if (published === null) return '';
  const langs: readonly Lang[] = lang === 'ja' ? ['ja', 'en'] : ['en', 'ja'];
  return html`${langs.map(
    (one) =>
      html`<section lang="${one}">
        <h2>${published[one].title}</h2>
        <ol>
          ${published[one].clauses.map((clause) => html`<li>${clause}</li>`)}
        </ol>
        <p><a href="${published.opinionBox}">${say(policyTextSentences.opinionBox, one)}</a></p>
      </section>`,
  )}`;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
