import { html } from 'hono/html';
import type { AuditLine } from '../app/audit-log.ts';
import { searchAudit, type FoundRecords } from '../app/search-audit.ts';
import type { Lang } from '../feed/item.ts';
import { auditActName, auditPageMessages } from '../messages/console-audit.ts';
import { governedActName } from '../messages/operators.ts';
import { pauseReach } from '../messages/pauses.ts';
import { refusalReason } from '../messages/refusals.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { describeXDetail } from '../messages/x-details.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import { stackedTable } from './data-table.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { personOf } from './post-facts.ts';
import { auditSearchForm, searchAddress, searchOf } from './search-form.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /audit: what people and the program did, newest first, or what was asked for by words, person and day. */
export async function showAudit(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(auditPageMessages, lang);
  const before = recordBefore(c);
  const nameOf = (act: string, reason: string | null): string =>
    act === 'refused'
      ? `${auditActName(act, lang)} ${refusalReason(reason ?? '', lang)}`
      : auditActName(act, lang);
  const found = await searchAudit(parts.app, searchOf(c), { before, nameOf });
  const heads = (['at', 'act', 'by', 'subject', 'reason'] as const).map((one) => t(`column-${one}`));
  const body = html`<h1>${t('title')}</h1>
    <p class="lede">${t('lede')}</p>
    ${auditSearchForm(c)}
    <p>${countOf(found, before, lang)}</p>
    ${
      found.lines.length === 0
        ? ''
        : stackedTable(
            heads,
            found.lines.map((line) => rowOf(line, lang)),
          )
    }
    ${pages(found, before, c)}`;
  return c.html(layout(parts, c, { title: t('title'), body }));
}

function rowOf(line: AuditLine, lang: Lang): (Markup | string)[] {
  const { at, act, actorName } = line;
  return [
    tokyoTime(at, lang),
    act === 'refused' ? refusedAct(line, lang) : auditActName(act, lang),
    personOf(actorName, lang),
    subjectOf(line, lang),
    reasonOf(line, lang),
  ];
}

/** What a person gave as the reason stays as it is; what the program noted is its own English. */
function reasonOf({ act, actorName, reason }: AuditLine, lang: Lang): Markup | string {
  if (reason === null) return '';
  if (act === 'refused') return refusalReason(reason, lang);
  return actorName === PROGRAM ? describeXDetail(reason, lang) : reason;
}

/** What it was done to: a post that can be opened, or the reach of a stop in words. */
function subjectOf({ act, subject }: AuditLine, lang: Lang): Markup | string {
  if (subject === null) return '';
  if (act.startsWith('entry.')) return html`<a href="/posts/${encodeURIComponent(subject)}">${subject}</a>`;
  if (!act.startsWith('stop.')) return subject;
  const [, topic = ''] = / topic:(\S+)/u.exec(subject) ?? [];
  const [, feed = ''] = / feed:(.+)$/u.exec(subject) ?? [];
  return say(pauseReach, lang, { topic, feed });
}

/** What somebody wanted to do and might not. */
function refusedAct({ after }: AuditLine, lang: Lang): string {
  const wanted = typeof after === 'object' && after !== null && 'act' in after ? after['act'] : '';
  const act = typeof wanted === 'string' ? wanted : '';
  return say(auditPageMessages.refused, lang, { act: governedActName(act, lang) });
}

/** The number of the record where the page before this one ended; null: it is the first. */
function recordBefore(c: Visitor): number | null {
  const asked = c.req.query('before') ?? '';
  return /^\d{1,15}$/u.test(asked) ? Number(asked) : null;
}

function countOf({ lines, next, lookedAt }: FoundRecords, before: number | null, lang: Lang): string {
  const t = speaker(auditPageMessages, lang);
  if (next !== null) return t('found-more', { count: lines.length, searched: lookedAt });
  return lines.length === 0 && before === null ? t('none') : t('found', { count: lines.length });
}

function pages({ next }: FoundRecords, before: number | null, c: Visitor): Markup | '' {
  const t = speaker(auditPageMessages, c.get('lang'));
  if (before === null && next === null) return '';
  return html`<nav class="actions" aria-label="${t('title')}">
    ${before === null ? '' : html`<a class="button" href="${searchAddress(c, '/audit', {})}">${t('newest')}</a>`}
    ${
      next === null
        ? ''
        : html`<a class="button" rel="next" href="${searchAddress(c, '/audit', { before: String(next) })}"
            >${t('older')}</a
          >`
    }
  </nav>`;
}
