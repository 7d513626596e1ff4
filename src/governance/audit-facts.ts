import type { EpochMs } from '../feed/item.ts';
import type { Entry, Scope } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import type { Stop } from '../outbox/outbox-store.ts';
import { stopName } from '../outbox/stops.ts';
import type { AuditDetail, AuditFact } from './audit-record.ts';

/** The fact that an entry was recorded, with its whole text and how it was judged. */
export function recordedFact(entry: Entry): AuditFact {
  const { source } = entry;
  return {
    at: entry.createdAt,
    scope: scopeOf(entry),
    actor: entry.by,
    act: 'entry.record',
    subject: entry.id,
    reason: entry.note,
    before: null,
    after: {
      ...faceOf(entry),
      kind: entry.kind,
      topic: entry.topic,
      lang: entry.lang,
      text: entry.text,
      url: entry.url,
      rule: entry.rule,
      template: entry.template,
      predecessorId: entry.predecessorId,
      correctsId: entry.correctsId,
      batchId: entry.batchId,
      overridePause: entry.overridePause,
      source: source === null ? null : { feed: source.feed, itemId: source.itemId },
    },
    policyVersion: entry.policyVersion,
  };
}

/** The fact that an entry changed; `after` is what transition() made of it. */
export function changedFact(before: Entry, event: EntryEvent, after: Entry): AuditFact {
  return {
    at: event.at,
    scope: scopeOf(before),
    actor: event.by,
    act: `entry.${event.kind}`,
    subject: before.id,
    reason: event.reason ?? ('detail' in event ? event.detail : null),
    // Of an edit both wordings are told in one place; the new version has a record of its own as well.
    before: event.kind === 'edit' ? { ...faceOf(before), text: before.text } : faceOf(before),
    after:
      event.kind === 'edit'
        ? { ...faceOf(after), text: event.text, successorId: event.successorId }
        : faceOf(after),
    policyVersion: after.policyVersion,
  };
}

/** The fact that publishing was stopped, by people or by X's refusals. */
export function stopSetFact(scope: Scope, stop: Stop, before: Stop | null): AuditFact {
  return {
    at: stop.since,
    scope: scopeOf(scope),
    actor: stop.by,
    act: 'stop.set',
    subject: stopName(stop),
    reason: stop.reason,
    before: stopFace(before),
    after: stopFace(stop),
    policyVersion: null,
  };
}

/** The fact that a stop was ended. */
export function stopClearedFact(
  scope: Scope,
  before: Stop,
  how: { by: string; reason: string; at: EpochMs },
): AuditFact {
  return {
    at: how.at,
    scope: scopeOf(scope),
    actor: how.by,
    act: 'stop.cleared',
    subject: stopName(before),
    reason: how.reason,
    before: stopFace(before),
    after: null,
    policyVersion: null,
  };
}

/** What may change of an entry, with names as references. */
function faceOf(entry: Entry): { readonly [key: string]: AuditDetail } {
  return {
    state: entry.state,
    revision: entry.revision,
    textHash: entry.textHash,
    reasons: entry.reasons.map(({ rule }) => rule),
    approvals: entry.approvals.map(({ by, at, hash, covers, breakGlass }) => ({
      by: { person: by },
      at,
      hash,
      covers,
      breakGlass: breakGlass === true,
    })),
    approvalsNeeded: entry.approvalsNeeded,
    dueAt: Math.round(entry.dueAt),
    attempts: entry.attempts,
    needsPerson: entry.needsPerson,
    remoteId: entry.remoteId,
    publishedAt: entry.publishedAt,
    note: entry.note,
  };
}

function stopFace(stop: Stop | null): AuditDetail {
  if (stop === null) return null;
  return { by: { person: stop.by }, since: stop.since, until: stop.until, reason: stop.reason };
}

/** An entry is also a scope; only that part of it is wanted. */
function scopeOf({ mode, account }: Scope): Scope {
  return { mode, account };
}

/** A name was put out of every record, and its pseudonym `id` into so many `places`. */
export function erasedFact(at: EpochMs, by: string, id: string, places: number): AuditFact {
  return {
    at,
    scope: null,
    actor: by,
    act: 'privacy.erase',
    subject: id,
    reason: null,
    before: null,
    after: { places },
    policyVersion: null,
  };
}
