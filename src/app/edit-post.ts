import { composeForced } from '../compose/compose.ts';
import type { Draft } from '../compose/draft.ts';
import { publishLimits } from '../limits/publishing.ts';
import { composeMistakes } from '../messages/compose-mistakes.ts';
import { editMessages } from '../messages/edit.ts';
import { sentencesOf } from '../messages/policy.ts';
import type { RefusalCode } from '../messages/refusals.ts';
import { joined, say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import { wasHeldFor } from '../outbox/approvals.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import type { Judgement } from '../policy/judge.ts';
import type { Reason } from '../policy/verdict.ts';
import type { App } from './app.ts';
import { checkRole, noteRefusal, type RefusalReason } from './authorize.ts';
import { quotedFrom } from './correction.ts';
import { entryFromDraft } from './entry-from-draft.ts';
import type { Examined } from './force-urgent.ts';
import { judgeDraft, judgeDraftEach, type JudgeFacts } from './judge-draft.ts';
import { tellHeld } from './tell-people.ts';
import { toldMeanwhile } from './told-by-hand.ts';
import { earlierVersions } from './versions.ts';

/** A person words a post anew before it goes out. `text` is the whole new text, links included. */
export type EditRequest = { id: string; by: string; reason: string; text: string };

export type EditResult =
  | { kind: 'edited'; before: Entry; entry: Entry }
  /** Not done; the message says why, in the operators' language. */
  | Refused
  | { kind: 'missing' };

/** `why` is the cause as the log has it; without one the refusal is on the record already. */
type Refused = { kind: 'refused'; message: string; why?: RefusalReason };

export type EditProposal = Examined | Exclude<EditResult, { kind: 'edited' }>;

/** The new version as it would be recorded, and what each check says of its words; nothing is recorded. */
export async function proposeEdit(app: App, request: EditRequest): Promise<EditProposal> {
  const made = await versionOf(app, request);
  if (made.kind !== 'made') return made;
  const { entry, verdict, checks } = made;
  const { text, weight, account, mode } = entry;
  const reasons = verdict === 'deny' ? made.denied : entry.reasons;
  return {
    kind: 'proposal',
    text,
    weight,
    weightMax: publishLimits.weightMax,
    account,
    mode,
    verdict,
    messages: sentencesOf(reasons, app.config.operatorLang),
    checks,
    goesAlone: false,
  };
}

/**
 * Records the new version and, in the same transaction, ends the old one. Approvals of the old words say nothing of the new ones, so
 * the new version always waits for people. Legal only while the post is held or queued: what is being sent is no longer ours to word.
 */
export async function editPost(app: App, request: EditRequest): Promise<EditResult> {
  const result = await makeVersion(app, request);
  if (result.kind === 'refused' && result.why !== undefined)
    await noteRefusal(app, { act: 'edit', by: request.by, subject: request.id }, result.why);
  return result;
}

async function makeVersion(app: App, request: EditRequest): Promise<EditResult> {
  const made = await versionOf(app, request);
  if (made.kind !== 'made') return made;
  const { before, entry } = made;
  if (made.verdict === 'deny') {
    const why = joined(sentencesOf(made.denied, app.config.operatorLang), app.config.operatorLang);
    return refused(app, 'denied', { id: before.id, why });
  }
  const event: EntryEvent = {
    kind: 'edit',
    at: entry.createdAt,
    by: entry.by,
    reason: request.reason,
    successorId: entry.id,
    text: entry.text,
  };
  const applied = await app.store.apply(before.id, event, entry);
  if (applied.kind === 'missing') return { kind: 'missing' };
  if (applied.kind === 'illegal')
    return refused(app, 'not-open', { id: before.id, state: applied.entry.state });
  app.log.info({ id: before.id, version: entry.id, by: entry.by }, 'a person edited a post');
  await tellHeld(app, entry);
  return { kind: 'edited', before: applied.entry, entry };
}

/** `denied` says why policy forbids the words; such an entry is only shown, never recorded. */
type Made =
  | {
      kind: 'made';
      before: Entry;
      entry: Entry;
      verdict: 'hold' | 'deny';
      denied: readonly Reason[];
      checks: readonly Judgement[];
    }
  | Exclude<EditResult, { kind: 'edited' }>;

/** The version that the request would make, or why it can make none. Writes nothing. */
async function versionOf(app: App, request: EditRequest): Promise<Made> {
  const before = await app.store.find(request.id);
  if (before === null) return { kind: 'missing' };
  const { id, state } = before;
  if (before.mode !== app.scope.mode || before.account !== app.scope.account)
    return refused(app, 'other-account', { id, account: before.account });
  const right = await checkRole(app, { act: 'edit', by: request.by, subject: id });
  if (right.kind === 'refused') return right;
  if (state !== 'held' && state !== 'queued') return refused(app, 'not-open', { id, state });
  const composed = composeForced(
    { text: request.text, url: null, lang: before.lang },
    app.config.templates,
    app.clock.now(),
  );
  if (composed.kind === 'mistake') {
    const message = say(composeMistakes[composed.code], app.config.operatorLang, composed.params);
    return { kind: 'refused', message, why: { words: message } };
  }
  if (composed.draft.text === before.text) return refused(app, 'unchanged', { id });
  if ((await earlierVersions(app, id)).length + 1 >= publishLimits.versionsMax)
    return refused(app, 'too-many', { id, max: publishLimits.versionsMax });
  return judged(app, before, draftFrom(before, composed.draft), { ...request, by: right.by });
}

async function judged(app: App, before: Entry, draft: Draft, request: EditRequest): Promise<Made> {
  const now = app.clock.now();
  const wrong = before.correctsId === null ? null : await app.store.find(before.correctsId);
  const facts = {
    ...factsOf(before),
    toldByHand: await toldMeanwhile(app, before, now),
    ...(wrong === null ? {} : { quotes: quotedFrom(draft.text, wrong) }),
  };
  const verdict = await judgeDraft(app, draft, facts, now);
  const checks = await judgeDraftEach(app, draft, facts, now);
  const { policy } = app.config;
  const needed = Math.max(
    1,
    before.approvalsNeeded,
    approvalsNeeded(before.topic, true, policy),
    approvalsNeeded(before.topic, false, policy),
  );
  const others = verdict.kind === 'hold' ? verdict.reasons.filter(({ rule }) => rule !== 'approval') : [];
  const approval: Reason = { rule: 'approval', params: { given: 0, needed } };
  const entry = entryFromDraft(
    {
      id: app.random.entryId(now),
      scope: app.scope,
      kind: before.kind,
      draft,
      verdict: { kind: 'hold', reasons: [...others, approval] },
      rule: before.rule,
      policyVersion: policy.version,
      // The announcement stays recorded under the first version; a repeat of it is met there.
      originKey: null,
      predecessorId: before.predecessorId,
      correctsId: before.correctsId,
      batchId: before.batchId,
      approvalsNeeded: needed,
      by: request.by,
      overridePause: before.overridePause,
    },
    now,
  );
  return {
    kind: 'made',
    before,
    entry: { ...entry, note: request.reason },
    verdict: verdict.kind === 'deny' ? 'deny' : 'hold',
    denied: verdict.kind === 'deny' ? verdict.reasons : [],
    checks,
  };
}

/** As a person's own words are judged: what is wrong with them is said at once. Approvals come afterwards. */
function factsOf(before: Entry): JudgeFacts {
  const typed = before.kind === 'forced' || before.kind === 'correction';
  return {
    // What once was held for a person's eyes is shown to a person again.
    classification: typed ? null : wasHeldFor(before, 'needs-review') ? 'review' : 'announce',
    forced: true,
    approvalsGiven: 0,
    covered: [],
    burst: before.batchId !== null,
    neverPosted: wasHeldFor(before, 'never-posted'),
    selfId: before.id,
    alsoTaken: new Set(),
  };
}

/** The old draft with new words. Its link goes on only where the words still hold it. */
function draftFrom(before: Entry, { text, weight, weightMax }: Draft): Draft {
  return {
    topic: before.topic,
    lang: before.lang,
    text,
    weight,
    weightMax,
    url: before.url !== null && text.includes(before.url) ? before.url : null,
    template: 'edited',
    shortened: false,
    source: before.source,
  };
}

function refused(
  app: App,
  code: keyof typeof editMessages & RefusalCode,
  params: Record<string, string | number>,
): Refused {
  return { kind: 'refused', message: say(editMessages[code], app.config.operatorLang, params), why: code };
}
