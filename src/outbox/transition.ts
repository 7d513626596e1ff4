import { countPeople, isApproved } from './approvals.ts';
import type { Approval, Entry, State } from './entry.ts';
import type { EntryEvent, EventKind } from './event.ts';
import { isNobodysName, isSamePerson } from './person-name.ts';
import { nextSearch } from './search.ts';

/**
 * Every legal move: state, event, and the states it may lead to. What is not here cannot happen to an entry. `refused`,
 * `cancelled` and `withdrawn` are final. An uncertain entry knows no `retry`: only looking, or a person's word, ends doubt.
 * A late `accepted` is X's own word about this very attempt, so it is believed after doubt, and even after doubt was taken for "not there".
 * A queued entry is `found` when the account shows it already, because the outbox was set back to an older copy.
 */
export const TRANSITIONS: Readonly<Record<State, Partial<Readonly<Record<EventKind, readonly State[]>>>>> = {
  held: {
    approve: ['held', 'queued'],
    release: ['queued'],
    cancel: ['cancelled'],
    known: ['cancelled'],
    supersede: ['cancelled'],
    edit: ['cancelled'],
    expire: ['expired'],
    accepted: ['published'],
  },
  queued: {
    hold: ['held'],
    defer: ['queued'],
    deny: ['refused'],
    cancel: ['cancelled'],
    known: ['cancelled'],
    supersede: ['cancelled'],
    edit: ['cancelled'],
    expire: ['expired'],
    claim: ['attempting'],
    accepted: ['published'],
    found: ['published'],
  },
  attempting: {
    accepted: ['published'],
    'not-sent': ['queued'],
    later: ['queued'],
    rejected: ['rejected'],
    doubt: ['uncertain'],
    recovered: ['uncertain'],
  },
  uncertain: {
    accepted: ['published'],
    doubt: ['uncertain'],
    looked: ['uncertain'],
    found: ['published'],
    'not-found': ['queued'],
    'gave-up': ['uncertain'],
    'resolve-published': ['published'],
    'resolve-not-published': ['held'],
  },
  rejected: { retry: ['held'] },
  expired: { retry: ['held'] },
  published: { withdraw: ['withdrawing'], 'gone-at-x': ['withdrawn'] },
  withdrawing: {
    deleted: ['withdrawn'],
    'gone-at-x': ['withdrawn'],
    'withdraw-doubt': ['withdrawing'],
    'withdraw-refused': ['published'],
  },
  refused: {},
  cancelled: {},
  withdrawn: {},
};

export type Transitioned = { kind: 'moved'; entry: Entry } | { kind: 'illegal' };

/**
 * The only way in which an entry changes: the entry after the event, or `illegal`. Entries given are not altered. The caller has
 * judged what needs configuration (who may approve, whether a search was long enough); what an entry alone can tell is refused here.
 */
export function transition(entry: Entry, event: EntryEvent): Transitioned {
  const targets = TRANSITIONS[entry.state][event.kind];
  if (targets === undefined || isForbidden(entry, event)) return { kind: 'illegal' };
  const changed = change(entry, event);
  const state = changed.state ?? targetOf(targets);
  if (!targets.includes(state)) throw new Error(`${event.kind} led from ${entry.state} to ${state}`);
  const search = state === 'uncertain' ? nextSearch(entry.search, event) : null;
  const policyVersion = event.policyVersion ?? entry.policyVersion;
  const next = {
    ...entry,
    ...changed,
    state,
    search,
    policyVersion,
    by: event.by,
    revision: entry.revision + 1,
  };
  next.heldSince = state === 'held' ? (entry.heldSince ?? event.at) : null;
  if (state === 'held' && entry.state !== 'held') next.approvals = [];
  if (state !== 'uncertain') next.needsPerson = false;
  return { kind: 'moved', entry: next };
}

function targetOf(targets: readonly State[]): State {
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0) throw new Error('an event with several targets must name one');
  return only;
}

/** What the table cannot say: the event belongs to another attempt, other bytes, or is ruled out by what is already known. */
function isForbidden(entry: Entry, event: EntryEvent): boolean {
  if ('nonce' in event && event.nonce !== entry.attempt?.nonce) return true;
  if ('remoteId' in event && event.remoteId === '') return true;
  if (event.kind === 'approve') return !isPersonsApproval(entry, event.approval);
  // The program lets go only what no person must agree to, and only the very announcement that was held.
  if (event.kind === 'release')
    return (
      !isApproved(entry) ||
      event.source.title !== entry.source?.title ||
      event.source.url !== entry.source.url
    );
  // What goes on under the same words is no new version, and no entry takes its own place.
  if (event.kind === 'edit') return event.successorId === entry.id || event.text === entry.text;
  if (event.kind === 'expire') return entry.topic !== 'main';
  if (event.kind === 'claim') return event.attempt.number !== entry.attempts + 1 || !isApproved(entry);
  if (event.kind === 'not-found') return entry.needsPerson || entry.search?.duplicateRefused !== false;
  return false;
}

/** A person's yes to these bytes. The glass is broken when a notice is recorded, never by approving one that waits. */
function isPersonsApproval(entry: Entry, approval: Approval): boolean {
  return approval.hash === entry.textHash && !isNobodysName(approval.by) && approval.breakGlass !== true;
}

/** The fields that the event itself sets; what follows from the new state alone is set in transition(). */
function change(entry: Entry, event: EntryEvent): Partial<Entry> {
  const said = event.reason ?? null;
  switch (event.kind) {
    case 'approve':
      return approved(entry, event);
    case 'release':
      return { source: event.source, reasons: event.reasons, dueAt: event.dueAt, note: said };
    case 'hold':
    case 'deny':
      return { reasons: event.reasons, note: said };
    case 'defer':
      return { dueAt: event.until, reasons: event.reasons };
    case 'supersede':
      return { note: said ?? event.successorId };
    case 'edit':
      return { note: event.successorId };
    case 'claim':
      return {
        attempts: event.attempt.number,
        attempt: event.attempt,
        firstAttemptAt: entry.firstAttemptAt ?? event.attempt.at,
      };
    case 'accepted':
      return { remoteId: event.remoteId, publishedAt: event.at, note: null };
    case 'found':
    case 'resolve-published':
      return { remoteId: event.remoteId, publishedAt: event.publishedAt, note: said };
    case 'not-sent':
    case 'later':
    case 'withdraw-doubt':
      return { dueAt: event.retryAt, note: event.detail };
    case 'not-found':
      return { dueAt: event.retryAt, note: said };
    case 'rejected':
    case 'doubt':
    case 'looked':
    case 'withdraw-refused':
    case 'gone-at-x':
      return { note: event.detail };
    case 'gave-up':
      return { note: event.detail, needsPerson: true };
    case 'withdraw':
      return { dueAt: event.at, note: said };
    case 'recovered':
    case 'cancel':
    case 'known':
    case 'expire':
    case 'resolve-not-published':
    case 'retry':
    case 'deleted':
      return { note: said };
    default:
      return event satisfies never;
  }
}

/** A person's second yes replaces the first, because it covers the reasons shown since; it never counts as a second person. */
function approved(entry: Entry, event: EntryEvent & { kind: 'approve' }): Partial<Entry> {
  const others = entry.approvals.filter((one) => !isSamePerson(one.by, event.approval.by));
  const approvals = [...others, event.approval];
  const enough = countPeople(approvals) >= entry.approvalsNeeded && event.judged === 'allow';
  const base = { approvals, reasons: event.reasons, note: event.reason ?? null };
  return enough ? { ...base, state: 'queued', dueAt: event.at } : { ...base, state: 'held' };
}
