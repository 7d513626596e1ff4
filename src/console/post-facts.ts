import { html } from 'hono/html';
import type { EpochMs, Lang } from '../feed/item.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { validApprovals } from '../outbox/approvals.ts';
import type { Approval, Entry } from '../outbox/entry.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import { factsList } from './data-table.ts';
import { speaker, type Markup } from './layout.ts';
import { linkTo } from './post-card.ts';

/** Where a post came from: its source item or its maker, the rule that classed it, and who agreed. */
export function postFacts(entry: Entry, maker: string, expiredAt: EpochMs, lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  const { source, state } = entry;
  // Of what has been sent, the approvals are history: they stood when it left.
  const isOpen = state === 'held' || state === 'queued';
  const valid = isOpen ? validApprovals(entry, expiredAt) : entry.approvals;
  const rows: readonly (readonly [string, Markup | string])[] = [
    ...(source === null
      ? [[t('by'), personOf(maker, lang)] as const]
      : [
          [t('feed'), source.feed] as const,
          [t('item'), html`<span lang="${entry.lang}">${source.title}</span>`] as const,
          [t('link'), source.url === null ? '—' : linkTo(source.url)] as const,
          [t('dated'), source.publishedAt === null ? '—' : tokyoTime(source.publishedAt, lang)] as const,
        ]),
    [t('rule'), entry.rule],
    [t('recorded'), tokyoTime(entry.createdAt, lang)],
    ...(entry.state === 'queued' ? [[t('due'), tokyoTime(entry.dueAt, lang)] as const] : []),
    [t('policy'), entry.policyVersion],
    [
      t('approvals'),
      html`${approvalsOf(entry, valid, lang)}
      ${entry.approvals.map(
        (one) =>
          html`<br />${t('approval-of', { by: one.by, at: tokyoTime(one.at, lang), reason: one.reason })}
            ${valid.includes(one) ? '' : t('approval-void')}`,
      )}`,
    ],
  ];
  return factsList(rows);
}

/** How many agreed, of how many that must; where nobody must, of none. */
function approvalsOf({ approvalsNeeded, state }: Entry, valid: readonly Approval[], lang: Lang): string {
  const t = speaker(postMessages, lang);
  const count = { given: valid.length, needed: Math.max(approvalsNeeded, state === 'held' ? 1 : 0) };
  if (count.needed > 0) return t('approvals-count', count);
  return count.given === 0 ? t('approvals-none') : t('approvals-given', count);
}

/** A name on the record, or that of the program in words. */
export function personOf(by: string, lang: Lang): string {
  return by === PROGRAM ? say(postMessages.program, lang) : by;
}
