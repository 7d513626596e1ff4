import { createHash } from 'node:crypto';
import type { Topic } from '../../classify/classification.ts';
import type { Lang } from '../../feed/item.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import { STATES } from '../../outbox/entry.ts';
import type { Attempt, Entry, EntryKind, HistoryLine, Mode, Scope } from '../../outbox/entry.ts';
import type { Alert, Stop } from '../../outbox/outbox-store.ts';
import type { StopKey } from '../../outbox/stops.ts';
import { integer, integerOrNull, json, text, textOrNull, word } from './columns.ts';
import type { Params, Row } from './connection.ts';

/** Every mapping between rows and values stands here. The lists of words equal those of the schema's CHECKs. */
const MODES: readonly Mode[] = ['live', 'sandbox', 'drill'];
const KINDS: readonly EntryKind[] = ['announcement', 'update', 'forced', 'correction'];
export const TOPICS: readonly Topic[] = ['main', 'urgent'];
const LANGS: readonly Lang[] = ['ja', 'en'];
const DISPOSITIONS: readonly SeenItem['disposition'][] = ['baseline', 'recorded', 'ignored'];
const STOP_KINDS: readonly Stop['kind'][] = ['pause', 'account'];

export function scopeParams(scope: Scope): { mode: string; account: string } {
  return { mode: scope.mode, account: scope.account };
}

/** All columns of `entry`, as its parameters are named. */
export function entryParams(entry: Entry): Params {
  return {
    id: entry.id,
    mode: entry.mode,
    account: entry.account,
    kind: entry.kind,
    topic: entry.topic,
    lang: entry.lang,
    text: entry.text,
    weight: entry.weight,
    url: entry.url,
    text_hash: entry.textHash,
    text_key: entry.textKey,
    origin_key: entry.originKey,
    rule: entry.rule,
    template: entry.template,
    predecessor_id: entry.predecessorId,
    corrects_id: entry.correctsId,
    batch_id: entry.batchId,
    approvals_needed: entry.approvalsNeeded,
    created_at: entry.createdAt,
    override_pause: Number(entry.overridePause),
    ...changingParams(entry),
  };
}

/** The columns that transition() may change. */
export function changingParams(entry: Entry): Params {
  return {
    state: entry.state,
    source: entry.source === null ? null : JSON.stringify(entry.source),
    reasons: JSON.stringify(entry.reasons),
    policy_version: entry.policyVersion,
    approvals: JSON.stringify(entry.approvals),
    due_at: entry.dueAt,
    held_since: entry.heldSince,
    needs_person: Number(entry.needsPerson),
    attempts: entry.attempts,
    attempt_at: entry.attempt?.at ?? null,
    attempt_nonce: entry.attempt?.nonce ?? null,
    attempt_epoch: entry.attempt?.epoch ?? null,
    attempt_deadline: entry.attempt?.deadlineAt ?? null,
    attempt_since_id: entry.attempt?.sinceRemoteId ?? null,
    first_attempt_at: entry.firstAttemptAt,
    search: entry.search === null ? null : JSON.stringify(entry.search),
    remote_id: entry.remoteId,
    published_at: entry.publishedAt,
    note: entry.note,
    by: entry.by,
    revision: entry.revision,
  };
}

export function toEntry(row: Row): Entry {
  return {
    id: text(row, 'id'),
    mode: word(row, 'mode', MODES),
    account: text(row, 'account'),
    kind: word(row, 'kind', KINDS),
    topic: word(row, 'topic', TOPICS),
    state: word(row, 'state', STATES),
    lang: word(row, 'lang', LANGS),
    text: text(row, 'text'),
    weight: integer(row, 'weight'),
    url: textOrNull(row, 'url'),
    textHash: text(row, 'text_hash'),
    textKey: text(row, 'text_key'),
    originKey: textOrNull(row, 'origin_key'),
    rule: text(row, 'rule'),
    reasons: json(row, 'reasons'),
    policyVersion: text(row, 'policy_version'),
    source: row['source'] === null ? null : json(row, 'source'),
    template: text(row, 'template'),
    predecessorId: textOrNull(row, 'predecessor_id'),
    correctsId: textOrNull(row, 'corrects_id'),
    batchId: textOrNull(row, 'batch_id'),
    approvals: json(row, 'approvals'),
    approvalsNeeded: integer(row, 'approvals_needed'),
    createdAt: integer(row, 'created_at'),
    dueAt: integer(row, 'due_at'),
    heldSince: integerOrNull(row, 'held_since'),
    needsPerson: integer(row, 'needs_person') === 1,
    attempts: integer(row, 'attempts'),
    attempt: toAttempt(row),
    firstAttemptAt: integerOrNull(row, 'first_attempt_at'),
    search: row['search'] === null ? null : json(row, 'search'),
    remoteId: textOrNull(row, 'remote_id'),
    publishedAt: integerOrNull(row, 'published_at'),
    note: textOrNull(row, 'note'),
    by: text(row, 'by'),
    overridePause: integer(row, 'override_pause') === 1,
    revision: integer(row, 'revision'),
  };
}

/** The attempt on record is always the last one, so its number is their count. */
function toAttempt(row: Row): Attempt | null {
  if (integer(row, 'attempts') === 0) return null;
  return {
    number: integer(row, 'attempts'),
    at: integer(row, 'attempt_at'),
    nonce: text(row, 'attempt_nonce'),
    epoch: integer(row, 'attempt_epoch'),
    deadlineAt: integer(row, 'attempt_deadline'),
    sinceRemoteId: textOrNull(row, 'attempt_since_id'),
  };
}

export function toHistoryLine(row: Row): HistoryLine {
  return {
    entryId: text(row, 'entry_id'),
    at: integer(row, 'at'),
    event: text(row, 'event'),
    from: row['from_state'] === null ? null : word(row, 'from_state', STATES),
    to: word(row, 'to_state', STATES),
    by: text(row, 'by'),
    reason: textOrNull(row, 'reason'),
  };
}

export function toSeenItem(row: Row): SeenItem {
  return {
    seenId: text(row, 'seen_id'),
    feed: text(row, 'feed'),
    keys: json(row, 'keys'),
    title: text(row, 'title'),
    url: textOrNull(row, 'url'),
    lang: word(row, 'lang', LANGS),
    publishedAt: integerOrNull(row, 'published_at'),
    firstSeenAt: integer(row, 'first_seen_at'),
    lastSeenAt: integer(row, 'last_seen_at'),
    disposition: word(row, 'disposition', DISPOSITIONS),
    entryId: textOrNull(row, 'entry_id'),
  };
}

/** The empty text stands for a reach of everything. */
export function stopParams({ kind, topic, feed }: StopKey): { kind: string; topic: string; feed: string } {
  return { kind, topic: topic ?? '', feed: feed ?? '' };
}

export function toStop(row: Row): Stop {
  return {
    kind: word(row, 'kind', STOP_KINDS),
    topic: row['topic'] === '' ? null : word(row, 'topic', TOPICS),
    feed: row['feed'] === '' ? null : text(row, 'feed'),
    reason: text(row, 'reason'),
    by: text(row, 'by'),
    since: integer(row, 'since'),
    until: integerOrNull(row, 'until'),
  };
}

export function toAlert(row: Row): Alert {
  return {
    key: text(row, 'key'),
    code: text(row, 'code'),
    params: json(row, 'params'),
    since: integer(row, 'since'),
    lastToldAt: integer(row, 'last_told_at'),
  };
}

/** 16 bytes are enough: two of 10^9 keys are alike with a chance of 10^-21. The scope is part of it, so scopes never meet. */
export function seenKeyHash(scope: Scope, key: string): Uint8Array {
  const whole = createHash('sha256')
    .update(JSON.stringify([scope.mode, scope.account, key]))
    .digest();
  return new Uint8Array(whole.subarray(0, 16));
}
