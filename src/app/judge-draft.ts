import { textKey } from '../compose/text-key.ts';
import type { Draft } from '../compose/draft.ts';
import type { EpochMs } from '../feed/item.ts';
import { countPeople, isApproved, wasHeldFor } from '../outbox/approvals.ts';
import type { Entry } from '../outbox/entry.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import { judge, judgeEach, type Judgement, type PolicyContext } from '../policy/judge.ts';
import { startOfTokyoDay } from '../policy/tokyo-day.ts';
import type { Verdict } from '../policy/verdict.ts';
import { publishLimits } from '../limits/publishing.ts';
import type { App } from './app.ts';
import { standingApprovals } from './approvals-now.ts';
import { chargedThisMonth } from './cost.ts';
import { quotedFrom } from './correction.ts';
import { findDuplicate } from './find-duplicate.ts';
import { toldMeanwhile } from './told-by-hand.ts';

/** What is known of a draft besides its own words when it is judged. */
export type JudgeFacts = Pick<
  PolicyContext,
  | 'classification'
  | 'forced'
  | 'approvalsGiven'
  | 'covered'
  | 'burst'
  | 'neverPosted'
  | 'quotes'
  | 'toldByHand'
> & {
  /** The entry being judged again, or the one made from the item before: no duplicate of itself. */
  selfId: string | null;
  /** Text keys of drafts of the same poll that stand before this one. */
  alsoTaken: ReadonlySet<string>;
  /** See find-duplicate.ts. */
  takesPlaceOfHeld?: boolean;
};

/** Judges a draft now: reads what the checks need from the store, then asks the pure policy. Writes nothing. */
export async function judgeDraft(app: App, draft: Draft, facts: JudgeFacts, now: EpochMs): Promise<Verdict> {
  return judge(draft, await contextOf(app, draft, facts, now));
}

/** Every check's answer about a draft as of now, for people who want to see them all. Writes nothing. */
export async function judgeDraftEach(
  app: App,
  draft: Draft,
  facts: JudgeFacts,
  now: EpochMs,
): Promise<readonly Judgement[]> {
  return judgeEach(draft, await contextOf(app, draft, facts, now));
}

async function contextOf(app: App, draft: Draft, facts: JudgeFacts, now: EpochMs): Promise<PolicyContext> {
  const key = textKey(draft.text);
  const { selfId, takesPlaceOfHeld = false } = facts;
  const same = await findDuplicate(app, { textKey: key, selfId, takesPlaceOfHeld }, now);
  const drill = app.scope.mode === 'drill';
  const duplicateOf = drill
    ? null
    : (same?.id ?? (facts.alsoTaken.has(key) ? (draft.source?.itemId ?? key) : null));
  const sentToday = await app.store.countSent(app.scope, startOfTokyoDay(now));
  const hasCeiling = app.config.policy.budget.monthly !== null;
  const sentThisMonth = hasCeiling ? await chargedThisMonth(app, now) : null;
  return {
    now,
    config: app.config.policy,
    classification: facts.classification,
    forced: facts.forced,
    drill,
    approvalsGiven: facts.approvalsGiven,
    covered: facts.covered,
    burst: facts.burst,
    neverPosted: facts.neverPosted ?? false,
    ...(facts.quotes === undefined ? {} : { quotes: facts.quotes }),
    toldByHand: facts.toldByHand ?? null,
    duplicateOf,
    sentToday,
    ...(sentThisMonth === null ? {} : { sentThisMonth }),
  };
}

/** Judges a recorded entry again, with the approvals that bind exactly its present bytes and have not expired. */
export async function judgeEntry(app: App, entry: Entry, now: EpochMs): Promise<Verdict> {
  const facts = await factsOf(app, entry, now);
  const verdict = await judgeDraft(app, draftOfEntry(entry), facts, now);
  const given = facts.approvalsGiven;
  const needed = Math.max(entry.approvalsNeeded, neededNow(app, entry));
  // What the policy asked for when it was recorded holds also where the policy has been eased since.
  if (verdict.kind !== 'allow' || given >= entry.approvalsNeeded) return verdict;
  return { kind: 'hold', reasons: [{ rule: 'approval', params: { given, needed } }] };
}

/** Every check's answer about a recorded entry as of now, for people who want to see them all. Writes nothing. */
export async function judgeEntryEach(app: App, entry: Entry, now: EpochMs): Promise<readonly Judgement[]> {
  const facts = await factsOf(app, entry, now);
  const judged = await judgeDraftEach(app, draftOfEntry(entry), facts, now);
  const given = facts.approvalsGiven;
  if (given >= entry.approvalsNeeded) return judged;
  // As in judgeEntry(): what the entry itself needs holds, whatever the policy asks of its kind now.
  const params = { given, needed: Math.max(entry.approvalsNeeded, neededNow(app, entry)) };
  return judged.map((one) =>
    one.rule === 'approval' ? { ...one, result: { kind: 'hold', params } as const, covered: false } : one,
  );
}

async function factsOf(app: App, entry: Entry, now: EpochMs): Promise<JudgeFacts> {
  const valid = await standingApprovals(app, entry, now);
  const approved = isApproved(entry, valid);
  const needed = Math.max(entry.approvalsNeeded, neededNow(app, entry));
  // Who broke the glass stands for all who would have been asked.
  const given = approved && valid.some(({ breakGlass }) => breakGlass === true) ? needed : countPeople(valid);
  const wrong = entry.correctsId === null ? null : await app.store.find(entry.correctsId);
  return {
    classification: isForced(entry) ? null : wasHeldFor(entry, 'needs-review') ? 'review' : 'announce',
    forced: isForced(entry),
    approvalsGiven: given,
    covered: approved && valid.length > 0 ? valid.flatMap((approval) => approval.covers) : [],
    burst: entry.batchId !== null,
    neverPosted: wasHeldFor(entry, 'never-posted'),
    toldByHand: await toldMeanwhile(app, entry, now),
    ...(entry.kind === 'correction' ? { quotes: wrong === null ? '' : quotedFrom(entry.text, wrong) } : {}),
    selfId: entry.id,
    alsoTaken: new Set(),
  };
}

/** A correction is a person's own words, as a forced notice is. */
function isForced(entry: Entry): boolean {
  return entry.kind === 'forced' || entry.kind === 'correction';
}

function neededNow(app: App, entry: Entry): number {
  return approvalsNeeded(entry.topic, isForced(entry), app.config.policy);
}

function draftOfEntry(entry: Entry): Draft {
  return {
    topic: entry.topic,
    lang: entry.lang,
    text: entry.text,
    weight: entry.weight,
    weightMax: publishLimits.weightMax,
    url: entry.url,
    template: entry.template,
    shortened: false,
    source: entry.source,
  };
}
