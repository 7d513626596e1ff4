import { textHash } from '../compose/text-hash.ts';
import { textKey } from '../compose/text-key.ts';
import type { Draft } from '../compose/draft.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry, EntryKind, Scope, State } from '../outbox/entry.ts';
import type { Verdict } from '../policy/verdict.ts';

/** What an entry needs beyond its draft; every value is decided by the caller. */
export type EntryParts = {
  id: string;
  scope: Scope;
  kind: EntryKind;
  draft: Draft;
  verdict: Verdict;
  rule: string;
  policyVersion: string;
  originKey: string | null;
  predecessorId: string | null;
  correctsId: string | null;
  batchId: string | null;
  approvalsNeeded: number;
  by: string;
  overridePause: boolean;
};

const STATE_BY_VERDICT: Record<Verdict['kind'], State> = { allow: 'queued', hold: 'held', deny: 'refused' };

/** Freezes a judged draft as an entry: from here on no template, feed or rule is asked again about its text. */
export function entryFromDraft(parts: EntryParts, now: EpochMs): Entry {
  const { draft, verdict, scope } = parts;
  const state = STATE_BY_VERDICT[verdict.kind];
  return {
    ...scope,
    id: parts.id,
    kind: parts.kind,
    topic: draft.topic,
    state,
    lang: draft.lang,
    text: draft.text,
    weight: draft.weight,
    url: draft.url,
    textHash: textHash({ text: draft.text, mode: scope.mode, account: scope.account }),
    textKey: textKey(draft.text),
    originKey: parts.originKey,
    rule: parts.rule,
    reasons: verdict.reasons,
    policyVersion: parts.policyVersion,
    source: draft.source,
    template: draft.template,
    predecessorId: parts.predecessorId,
    correctsId: parts.correctsId,
    batchId: parts.batchId,
    approvals: [],
    approvalsNeeded: parts.approvalsNeeded,
    createdAt: now,
    dueAt: verdict.kind === 'allow' ? (verdict.notBefore ?? now) : now,
    heldSince: state === 'held' ? now : null,
    needsPerson: false,
    attempts: 0,
    attempt: null,
    firstAttemptAt: null,
    search: null,
    remoteId: null,
    publishedAt: null,
    note: null,
    by: parts.by,
    overridePause: parts.overridePause,
    revision: 1,
  };
}
