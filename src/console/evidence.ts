import { html } from 'hono/html';
import { readEvidence, type Beside, type Evidence } from '../app/read-own-posts.ts';
import { consoleLimits } from '../limits/edges.ts';
import { evidenceMessages, unreadableMessages } from '../messages/console-evidence.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { describeXDetail } from '../messages/x-details.ts';
import type { Lang } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import { postAddress } from '../publish/post-address.ts';
import { speaker, type Markup } from './layout.ts';
import { linked } from './post-card.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

type Kept = { readAt: number; evidence: Promise<Evidence> };

/** What was read lately, by console and post: a page that renews itself must not ask X, and pay, each time. */
const readLately = new WeakMap<ConsoleParts, Map<string, Kept>>();

function evidenceOf(parts: ConsoleParts, entry: Entry): Promise<Evidence> {
  const { app, signal } = parts;
  const kept = readLately.get(parts) ?? new Map<string, Kept>();
  readLately.set(parts, kept);
  // Sent anew, it is another doubt.
  const key = `${entry.id} ${String(entry.attempts)}`;
  const now = app.clock.bootMs();
  const before = kept.get(key);
  if (before !== undefined && now - before.readAt < consoleLimits.evidenceKeptMs) return before.evidence;
  const oldest = kept.keys().next().value;
  if (kept.size >= consoleLimits.evidencesMax && oldest !== undefined) kept.delete(oldest);
  const over = AbortSignal.any([signal, AbortSignal.timeout(consoleLimits.evidenceMs)]);
  const evidence = readEvidence(app, entry, over);
  kept.delete(key);
  kept.set(key, { readAt: now, evidence });
  evidence.catch(() => kept.delete(key));
  return evidence;
}

/** The account's posts since the entry was sent, each to be chosen as the one; or why they could not be read. */
export async function evidencePart(parts: ConsoleParts, c: Visitor, entry: Entry): Promise<Markup> {
  const lang = c.get('lang');
  const t = speaker(evidenceMessages, lang);
  const evidence = await evidenceOf(parts, entry);
  const at = tokyoTime(evidence.at, lang);
  if (evidence.kind === 'unreadable') {
    const { cause, detail } = evidence.why;
    return html`<div class="panel alarm">
      <p>${t('unreadable', { at })} ${say(unreadableMessages[cause], lang)} ${t('look-yourself')}</p>
      <p class="facts">${t('detail', { detail: describeXDetail(detail, lang) })}</p>
    </div>`;
  }
  const { posts, complete, left } = evidence;
  return html`<fieldset>
    <legend>${t('heading')}</legend>
    <p class="facts">${t('read-at', { at })} ${left === 0 ? '' : t('left', { count: left })}</p>
    ${complete ? '' : html`<p class="why">${t('partly')}</p>`}
    ${posts.length === 0 ? html`<p>${t('none')}</p>` : posts.map((post) => besidePost(parts, entry, post, lang))}
  </fieldset>`;
}

function besidePost({ app }: ConsoleParts, entry: Entry, post: Beside, lang: Lang): Markup {
  const t = speaker(evidenceMessages, lang);
  const { remoteId, text, createdAt, likeness, entryId } = post;
  const url = postAddress({ ...entry, remoteId }, app.config.x.apiUrl);
  return html`<div class="panel ${likeness === 'other' ? '' : 'warning'}">
    <p class="post-text" lang="${entry.lang}">${linked(text)}</p>
    <p class="facts">
      ${tokyoTime(createdAt, lang)} / ${t('number', { id: remoteId })} / <strong>${t(likeness)}</strong>
      ${/^https?:/u.test(url) ? html`/ <a href="${url}" rel="noreferrer">${t('at-x')}<span class="unseen"> ${remoteId}</span></a>` : ''}
    </p>
    ${
      entryId === null
        ? html`<div class="check">
            <input type="radio" id="found-${remoteId}" name="found" value="${remoteId}" />
            <label for="found-${remoteId}">${t('choose')}<span class="unseen"> ${remoteId}</span></label>
          </div>`
        : html`<p><a href="/posts/${entryId}">${t('on-record', { id: entryId })}</a></p>`
    }
  </div>`;
}
