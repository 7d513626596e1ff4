import { textKey } from '../compose/text-key.ts';
import type { Draft } from '../compose/draft.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import { judge, type PolicyContext } from '../policy/judge.ts';
import { startOfTokyoDay } from '../policy/tokyo-day.ts';
import type { PolicyRule, Verdict } from '../policy/verdict.ts';
import { publishLimits } from '../limits.ts';
import type { App } from './app.ts';

/** What is known of a draft besides its own words when it is judged. */
export type JudgeFacts = Pick<
  PolicyContext,
  'classification' | 'forced' | 'approvalsGiven' | 'covered' | 'burst' | 'neverPosted'
> & {
  /** The entry being judged again, or the one made from the item before: no duplicate of itself. */
  selfId: string | null;
  /** Text keys of drafts of the same poll that stand before this one. */
  alsoTaken: ReadonlySet<string>;
};

/** Judges a draft now: reads what the checks need from the store, then asks the pure policy. Writes nothing. */
export async function judgeDraft(app: App, draft: Draft, facts: JudgeFacts, now: EpochMs): Promise<Verdict> {
  const key = textKey(draft.text);
  const since = now - app.config.policy.duplicateTextWindowMs;
  const same = (await app.store.findByTextKey(app.scope, key, since)).filter(
    (other) => other.id !== facts.selfId,
  );
  const duplicateOf = same[0]?.id ?? (facts.alsoTaken.has(key) ? (draft.source?.itemId ?? key) : null);
  const sentToday = await app.store.countSent(app.scope, startOfTokyoDay(now));
  return judge(draft, {
    now,
    config: app.config.policy,
    classification: facts.classification,
    forced: facts.forced,
    approvalsGiven: facts.approvalsGiven,
    covered: facts.covered,
    burst: facts.burst,
    neverPosted: facts.neverPosted ?? false,
    duplicateOf,
    sentToday,
  });
}

/** Judges a recorded entry again, with the approvals that bind exactly its present bytes. */
export async function judgeEntry(app: App, entry: Entry, now: EpochMs): Promise<Verdict> {
  const valid = entry.approvals.filter((approval) => approval.hash === entry.textHash);
  const enough = valid.length > 0 && valid.length >= entry.approvalsNeeded;
  // A correction is a person's own words, as a forced notice is.
  const forced = entry.kind === 'forced' || entry.kind === 'correction';
  const wasHeldFor = (rule: PolicyRule): boolean => entry.reasons.some((reason) => reason.rule === rule);
  return judgeDraft(
    app,
    draftOfEntry(entry),
    {
      // Review was decided when the entry was recorded; its hold stands in `reasons` until an approval covers it.
      classification: forced ? null : wasHeldFor('needs-review') ? 'review' : 'announce',
      forced,
      approvalsGiven: valid.length,
      covered: enough ? valid.flatMap((approval) => approval.covers) : [],
      burst: entry.batchId !== null,
      neverPosted: wasHeldFor('never-posted'),
      selfId: entry.id,
      alsoTaken: new Set(),
    },
    now,
  );
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
