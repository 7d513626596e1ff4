import type { Lang, EpochMs } from '../feed/item.ts';
import { sentencesOf } from '../messages/policy.ts';
import type { Entry } from '../outbox/entry.ts';

const iso = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString());

/** One line of `posts --json`: fields are only ever added, times are ISO 8601 UTC, handles without `@`. */
export function postLine(entry: Entry, lang: Lang) {
  return {
    id: entry.id,
    topic: entry.topic,
    state: entry.state,
    text: entry.text,
    weight: entry.weight,
    url: entry.url,
    account: entry.account,
    mode: entry.mode,
    remoteId: entry.remoteId,
    createdAt: iso(entry.createdAt),
    publishedAt: iso(entry.publishedAt),
    reasons: reasonLines(entry, lang),
    lang: entry.lang,
    feed: entry.source?.feed ?? null,
    kind: entry.kind,
    predecessorId: entry.predecessorId,
    correctsId: entry.correctsId,
    batchId: entry.batchId,
    approvals: entry.approvals.map(({ by, at, hash, reason }) => ({ by, at: iso(at), hash, reason })),
    approvalsNeeded: entry.approvalsNeeded,
    attempts: entry.attempts,
    dueAt: iso(entry.dueAt),
    heldSince: iso(entry.heldSince),
    needsPerson: entry.needsPerson,
    policyVersion: entry.policyVersion,
    textHash: entry.textHash,
    note: entry.note,
    rule: entry.rule,
    by: entry.by,
  };
}

/** Reasons as code and sentence, the form in which every outside of the program gives them. */
export function reasonLines(judged: Pick<Entry, 'reasons'>, lang: Lang): { rule: string; message: string }[] {
  const messages = sentencesOf(judged.reasons, lang);
  return judged.reasons.map((reason, index) => ({ rule: reason.rule, message: messages[index] ?? '' }));
}
