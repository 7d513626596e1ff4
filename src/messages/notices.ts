import type { Lang } from '../feed/item.ts';
import { accountNotices } from './account-notices.ts';
import { entryNotices } from './entry-notices.ts';
import { feedNotices } from './feed-notices.ts';
import { governanceNotices } from './governance-notices.ts';
import { batchNotices } from './quarantine.ts';
import { say, type Sentence, type SentenceParams } from './sentence.ts';
import { watchNotices } from './watch.ts';
import { storeNotices, workerNotices } from './worker-notices.ts';

const messages = {
  ...batchNotices,
  ...governanceNotices,
  ...watchNotices,
  ...feedNotices,
  ...accountNotices,
  ...entryNotices,
  ...workerNotices,
  ...storeNotices,
};

/** Everything that people are told without having asked: on the status page, in the log, by mail or webhook. */
export type NoticeCode = keyof typeof messages;

/** The sentence of every notice. */
export const noticeMessages: Readonly<Record<NoticeCode, Sentence>> = messages;

/** A notice in words. A code stored by a newer version of the program is shown as it is. */
export function describeNotice(notice: { code: string; params: SentenceParams }, lang: Lang): string {
  return isNoticeCode(notice.code) ? say(noticeMessages[notice.code], lang, notice.params) : notice.code;
}

function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(messages, code);
}
