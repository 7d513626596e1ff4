import { composeForced } from '../compose/compose.ts';
import { publishLimits, withdrawLimits } from '../limits/publishing.ts';
import { composeMistakes } from '../messages/compose-mistakes.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { withdrawalMessages } from '../messages/withdrawal.ts';
import type { Approval, Entry } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import type { Deletion } from '../publish/publisher.ts';
import type { App } from './app.ts';
import { checkRole, noteRefusal, type RefusalReason } from './authorize.ts';
import { quotedFrom, refusedDeletionKey } from './correction.ts';
import { entryFromDraft } from './entry-from-draft.ts';
import type { Proposal } from './force-urgent.ts';
import { judgeDraft } from './judge-draft.ts';
import { publishingStops } from './publishing-stops.ts';
import { clearAlert, raiseAlert, tell, tellHeld } from './tell-people.ts';

/** A person takes a post back; `correction` is the text of the post that says so, in the language of the first. */
export type WithdrawRequest = { id: string; by: string; reason: string; correction: string | null };
export type WithdrawResult =
  { kind: 'recorded'; entry: Entry; correction: Entry | null } | Refused | { kind: 'missing' };

/** `why` is the cause as the log has it; without one the refusal is on the record already. */
type Refused = { kind: 'refused'; message: string; why?: RefusalReason };

export type WithdrawProposal =
  | { kind: 'proposal'; entry: Entry; correction: Proposal | null }
  | Exclude<WithdrawResult, { kind: 'recorded' }>;

/** What would be deleted and what would be posted instead; nothing is recorded but a refusal. */
export async function proposeWithdrawal(app: App, request: WithdrawRequest): Promise<WithdrawProposal> {
  const looked = await lookAt(app, request);
  if (looked.kind === 'refused') await noteRefused(app, request, looked);
  if (looked.kind !== 'found') return looked;
  const { entry, correction } = looked;
  if (correction === null) return { kind: 'proposal', entry, correction };
  const { text, weight, account, mode, state, reasons } = correction;
  return {
    kind: 'proposal',
    entry,
    correction: {
      kind: 'proposal',
      text,
      weight,
      weightMax: publishLimits.weightMax,
      account,
      mode,
      verdict: state === 'held' ? 'hold' : 'allow',
      messages: sentencesOf(reasons, app.config.operatorLang),
    },
  };
}

/**
 * Records the withdrawal, and with it, in one transaction, the correction that goes out in the urgent slot without waiting for the
 * deletion. Only posts that this outbox made can be named; nothing is sent here.
 */
export async function withdrawPost(app: App, request: WithdrawRequest): Promise<WithdrawResult> {
  const result = await recordWithdrawal(app, request);
  if (result.kind === 'refused') await noteRefused(app, request, result);
  return result;
}

async function noteRefused(app: App, { by, id }: WithdrawRequest, { why }: Refused): Promise<void> {
  if (why !== undefined) await noteRefusal(app, { act: 'withdraw', by, subject: id }, why);
}

async function recordWithdrawal(app: App, request: WithdrawRequest): Promise<WithdrawResult> {
  const looked = await lookAt(app, request);
  if (looked.kind !== 'found') return looked;
  const { entry, correction } = looked;
  const event: EntryEvent = {
    kind: 'withdraw',
    at: app.clock.now(),
    by: request.by,
    reason: request.reason,
  };
  const applied = await app.store.apply(entry.id, event, ...(correction === null ? [] : [correction]));
  if (applied.kind === 'missing') return { kind: 'missing' };
  if (applied.kind === 'illegal')
    return refusal(app, applied.entry, 'not-published', { state: applied.entry.state });
  if (correction?.state === 'held') await tellHeld(app, correction);
  return { kind: 'recorded', entry: applied.entry, correction };
}

type Looked =
  { kind: 'found'; entry: Entry; correction: Entry | null } | Exclude<WithdrawResult, { kind: 'recorded' }>;

/** The post that is named by its own id or by X's, and the correction as it would be recorded. Writes nothing. */
async function lookAt(app: App, request: WithdrawRequest): Promise<Looked> {
  const entry = (await app.store.find(request.id)) ?? (await app.store.findByRemoteId(app.scope, request.id));
  if (entry === null) return { kind: 'missing' };
  if (entry.mode !== app.scope.mode || entry.account !== app.scope.account)
    return refusal(app, entry, 'other-account', { account: entry.account });
  const right = await checkRole(app, { act: 'withdraw', by: request.by, subject: entry.id });
  if (right.kind === 'refused') return right;
  if (entry.state !== 'published' || entry.remoteId === null)
    return refusal(app, entry, 'not-published', { state: entry.state });
  if (request.correction === null) return { kind: 'found', entry, correction: null };
  const correction = await correctionOf(app, entry, request, request.correction);
  if ('mistake' in correction)
    return { kind: 'refused', message: correction.mistake, why: 'correction-refused' };
  return { kind: 'found', entry, correction };
}

function refusal(
  app: App,
  entry: Entry,
  code: keyof typeof withdrawalMessages,
  params: Record<string, string>,
): Refused {
  const message = say(withdrawalMessages[code], app.config.operatorLang, { id: entry.id, ...params });
  return { kind: 'refused', message, why: code };
}

async function correctionOf(
  app: App,
  wrong: Entry,
  request: WithdrawRequest,
  text: string,
): Promise<Entry | { mistake: string }> {
  const now = app.clock.now();
  const lang = app.config.operatorLang;
  const composed = composeForced({ text, url: wrong.url, lang: wrong.lang }, app.config.templates, now);
  if (composed.kind === 'mistake')
    return { mistake: say(composeMistakes[composed.code], lang, composed.params) };
  const { draft } = composed;
  const facts = {
    classification: null,
    forced: true,
    burst: false,
    selfId: null,
    alsoTaken: new Set<string>(),
    quotes: quotedFrom(draft.text, wrong),
  };
  const verdict = await judgeDraft(app, draft, { ...facts, approvalsGiven: 1, covered: [] }, now);
  // A correction that cannot go out must be mended before the wrong post is touched, while it can still be explained.
  if (verdict.kind === 'deny') return { mistake: sentencesOf(verdict.reasons, lang).join(' ') };
  // After a deletion that X refused, the correction that was ordered with it stands, or may stand: twice would be worse than not again.
  if (verdict.kind === 'hold' && verdict.reasons.some(({ rule }) => rule === 'duplicate-text'))
    return { mistake: say(withdrawalMessages['said-already'], lang, { id: wrong.id }) };
  const entry = entryFromDraft(
    {
      id: app.random.entryId(now),
      scope: app.scope,
      kind: 'correction',
      draft: { ...draft, topic: 'urgent' },
      verdict,
      rule: 'correction',
      policyVersion: app.config.policy.version,
      originKey: null,
      predecessorId: null,
      correctsId: wrong.id,
      batchId: null,
      approvalsNeeded: approvalsNeeded(draft.topic, true, app.config.policy),
      by: request.by,
      overridePause: true,
    },
    now,
  );
  const approval: Approval = {
    by: request.by,
    at: now,
    hash: entry.textHash,
    reason: request.reason,
    covers: [],
  };
  return { ...entry, approvals: [approval] };
}

/** Deletes every post whose withdrawal is due. A DELETE may be repeated, because deleting twice is deleting once; but not for ever. */
export async function deleteWithdrawn(app: App, signal: AbortSignal): Promise<readonly Entry[]> {
  const now = app.clock.now();
  const stops = await publishingStops(app, now);
  if (stops.account !== null) return [];
  const waiting = await app.store.list({ scope: app.scope, states: ['withdrawing'] });
  const changed: Entry[] = [];
  for (const entry of waiting) {
    const dueIn = entry.dueAt - now;
    if (signal.aborted || (dueIn > 0 && dueIn <= withdrawLimits.retryMaxMs)) continue;
    const deletion = await app.publisher.withdraw(entry.remoteId ?? '', withdrawLimits.deadlineMs);
    const event = await eventOf(app, entry, deletion);
    // Said before it is on record: from then on nobody looks again, and whoever records it may die before telling anybody.
    if (event.kind === 'withdraw-refused') await tellRefused(app, entry, event.detail);
    const applied = await app.store.apply(entry.id, event);
    if (applied.kind !== 'applied') continue;
    changed.push(applied.entry);
    if (applied.entry.state === 'withdrawn') await tellWithdrawn(app, applied.entry);
  }
  return changed;
}

async function eventOf(app: App, entry: Entry, deletion: Deletion): Promise<EntryEvent> {
  const now = app.clock.now();
  const base = { at: now, by: 'kosatsu' };
  switch (deletion.kind) {
    case 'deleted':
      return { ...base, kind: 'deleted' };
    case 'gone':
      return { ...base, kind: 'gone-at-x', detail: 'X no longer has the post' };
    case 'refused':
      return { ...base, kind: 'withdraw-refused', detail: deletion.detail };
    case 'doubt': {
      const tries = (await app.store.history(entry.id)).filter(
        (line) => line.event === 'withdraw-doubt',
      ).length;
      if (tries + 1 >= withdrawLimits.triesMax)
        return { ...base, kind: 'withdraw-refused', detail: deletion.detail };
      const wait = Math.min(withdrawLimits.retryMs * 2 ** tries, withdrawLimits.retryMaxMs);
      const retryAt = Math.min(Math.max(deletion.retryAt ?? 0, now + wait), now + withdrawLimits.retryMaxMs);
      return { ...base, kind: 'withdraw-doubt', detail: deletion.detail, retryAt };
    }
  }
}

async function tellRefused(app: App, { id, text }: Entry, detail: string): Promise<void> {
  const params = { id, text, detail };
  await raiseAlert(app, refusedDeletionKey(id), { code: 'withdrawal-refused', params, severity: 'alarm' });
}

async function tellWithdrawn(app: App, { id, text }: Entry): Promise<void> {
  await clearAlert(app, refusedDeletionKey(id));
  await tell(app, { code: 'entry-withdrawn', params: { id, text }, severity: 'info' });
}
