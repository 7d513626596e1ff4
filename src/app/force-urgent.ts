import { composeForced } from '../compose/compose.ts';
import type { Draft } from '../compose/draft.ts';
import type { Lang } from '../feed/item.ts';
import { workerLimits } from '../limits/running.ts';
import { composeMistakes, formMistakes } from '../messages/compose-mistakes.ts';
import { sentencesOf } from '../messages/policy.ts';
import type { Approval, Entry, Mode } from '../outbox/entry.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import type { Judgement } from '../policy/judge.ts';
import { markedAsDrill } from '../policy/mark-drill.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { App } from './app.ts';
import { noteRefusal } from './authorize.ts';
import { costOf, type Cost } from './cost.ts';
import { DoubtClock } from './doubt-clock.ts';
import { entryFromDraft } from './entry-from-draft.ts';
import { takePlaceOfHeld } from './find-duplicate.ts';
import { judgeDraft, judgeDraftEach, type JudgeFacts } from './judge-draft.ts';
import { publishNext } from './publish-next.ts';
import { reconcileUncertain } from './reconcile-uncertain.ts';
import { recoverAtStart } from './recover-at-start.ts';
import { TimelineGuard } from './timeline-guard.ts';
import { mistakeOf, speak, whatPauses, type Mistake, type UrgentResult } from './urgent-result.ts';
import { tellHeld } from './tell-people.ts';
import { mayForce, tellBrokenGlass } from './urgent-right.ts';
import { waitForAnswer } from './wait-for-answer.ts';

export type { Mistake, UrgentResult } from './urgent-result.ts';

/** An urgent notice as a person typed it. The same requestId twice is one notice. */
export type UrgentRequest = {
  requestId: string;
  text?: string;
  template?: string;
  fields: Readonly<Record<string, string>>;
  url?: string;
  lang: Lang;
  by: string;
  reason: string;
  overridePause: boolean;
  /** What shows that it is `by` who asks: the words of a personal token. */
  token?: string;
  /** In place of the second person, with the password given there and then; see urgent-right.ts. */
  breakGlass?: true;
  password?: string;
  /** What the person said yes to. Anything else is not recorded: settings may have changed between the question and the answer. */
  confirmed?: { text: string; account: string; mode: Mode };
};

export type Proposal = {
  kind: 'proposal';
  text: string;
  weight: number;
  weightMax: number;
  account: string;
  mode: Mode;
  verdict: Verdict['kind'];
  messages: readonly string[];
  cost?: Cost;
};

/**
 * A proposal with the answer of each policy check, in their order. `goesAlone`: nothing but the second person stands between it and
 * the public, so that breaking the glass lets it go.
 */
export type Examined = Proposal & { checks: readonly Judgement[]; goesAlone: boolean };

/** The id of the entry that this request made before; null: it is a new one. */
export function madeBefore({ store, scope }: App, requestId: string): Promise<string | null> {
  return store.fact(scope, `request:${requestId}`);
}

/** The final post and what policy says of it; nothing is recorded. */
export async function proposeUrgent(app: App, request: UrgentRequest): Promise<Proposal | Mistake> {
  const drafted = await draftOf(app, request, 1);
  return drafted.kind === 'mistake' ? drafted : proposalOf(app, request, drafted);
}

/** The same with every check's answer, for a page that shows them all beside the fields. */
export async function examineUrgent(app: App, request: UrgentRequest): Promise<Examined | Mistake> {
  const drafted = await draftOf(app, request, 1, formMistakes);
  if (drafted.kind === 'mistake') return drafted;
  const { draft, facts } = drafted;
  const checks = await judgeDraftEach(app, draft, facts, app.clock.now());
  const alone = await draftOf(app, { ...request, breakGlass: true }, 1);
  const goesAlone =
    drafted.verdict.kind === 'hold' && alone.kind === 'drafted' && alone.verdict.kind === 'allow';
  return { ...(await proposalOf(app, request, drafted)), checks, goesAlone };
}

async function proposalOf(
  app: App,
  { overridePause }: UrgentRequest,
  { draft, verdict }: Drafted & { kind: 'drafted' },
): Promise<Proposal> {
  return {
    kind: 'proposal',
    text: draft.text,
    weight: draft.weight,
    weightMax: draft.weightMax,
    account: app.scope.account,
    mode: app.scope.mode,
    verdict: verdict.kind,
    messages: [
      ...sentencesOf(verdict.reasons, app.config.operatorLang),
      ...(overridePause ? [] : await whatPauses(app, draft.topic)),
    ],
    cost: await costOf(app, draft.text, app.clock.now()),
  };
}

/**
 * Records the notice, with the submitter's own confirmation as its first approval, and waits until X's answer is known.
 * `knock` starts the urgent slot of the worker that runs in this process.
 */
export async function publishUrgent(
  app: App,
  request: UrgentRequest,
  knock: () => void,
  signal: AbortSignal,
): Promise<UrgentResult> {
  const recorded = await recordUrgent(app, request);
  if (recorded.kind !== 'recorded') return recorded;
  knock();
  return waitForAnswer(app, recorded.entryId, signal, async () => 0);
}

/** The same without a worker, under the account's lease. One that cannot be spoken to (other machine, no socket) finds it by itself. */
export async function publishUrgentAlone(
  app: App,
  request: UrgentRequest,
  signal: AbortSignal,
): Promise<UrgentResult> {
  if ((await app.lease.holder()) === 'worker') return publishUrgent(app, request, () => {}, signal);
  const held = await app.lease.acquire('urgent', workerLimits.leaseWaitMs);
  if (held.kind === 'busy')
    return { kind: 'mistake', message: speak(app, 'lease-busy', { holder: held.holder }) };
  try {
    const right = { lease: held.lease, guard: new TimelineGuard() };
    const doubts = new DoubtClock();
    await recoverAtStart(app);
    const recorded = await recordUrgent(app, request);
    if (recorded.kind !== 'recorded') return recorded;
    return await waitForAnswer(app, recorded.entryId, signal, async (entry) => {
      if (entry.state === 'uncertain') await reconcileUncertain(app, doubts, signal);
      if (entry.state !== 'queued') return 0;
      const report = await publishNext(app, right, 'urgent', signal, entry.id);
      return report.kind === 'unreachable' ? report.retryAt - app.clock.now() : 0;
    });
  } finally {
    await held.lease.release();
  }
}

type Drafted = { kind: 'drafted'; draft: Draft; verdict: Verdict; facts: JudgeFacts } | Mistake;

async function draftOf(
  app: App,
  request: UrgentRequest,
  confirmations: 0 | 1,
  sentences = composeMistakes,
): Promise<Drafted> {
  const now = app.clock.now();
  const url = request.url ?? null;
  const source =
    request.template === undefined
      ? { text: request.text ?? '', url, lang: request.lang }
      : { template: request.template, fields: request.fields, url, lang: request.lang };
  const composed = composeForced(source, app.config.templates, now);
  if (composed.kind === 'mistake') return mistakeOf(app, composed, sentences);
  const draft = app.scope.mode === 'drill' ? markedAsDrill(composed.draft) : composed.draft;
  // The submitter's confirmation is the first approval; it covers what was shown, which is this verdict without it.
  const needed = approvalsNeeded(draft.topic, true, app.config.policy);
  const facts: JudgeFacts = {
    classification: null,
    forced: true,
    approvalsGiven: request.breakGlass === true ? Math.max(needed, confirmations) : confirmations,
    covered: [],
    burst: false,
    selfId: null,
    alsoTaken: new Set(),
    takesPlaceOfHeld: request.breakGlass === true,
  };
  return { kind: 'drafted', draft, verdict: await judgeDraft(app, draft, facts, now), facts };
}

async function recordUrgent(
  app: App,
  request: UrgentRequest,
): Promise<
  | { kind: 'recorded'; entryId: string }
  | { kind: 'held' | 'refused'; entryId: string | null; messages: readonly string[] }
  | Mistake
> {
  const factName = `request:${request.requestId}`;
  const before = await madeBefore(app, request.requestId);
  if (before !== null) {
    // The same request again is the same notice; other words or another person under its name are somebody's mistake, or worse.
    if (await isSameNotice(app, request, before)) return { kind: 'recorded', entryId: before };
    return refusedMistake(app, request, 'request-replayed', { id: before });
  }
  const right = await mayForce(app, request);
  if (right.kind === 'refused') return { kind: 'refused', entryId: null, messages: [right.message] };
  const drafted = await draftOf(app, request, right.counts ? 1 : 0);
  if (drafted.kind === 'mistake') return drafted;
  const { draft, verdict } = drafted;
  if (!isAsConfirmed(app, request, draft)) return refusedMistake(app, request, 'not-as-confirmed', {});
  const now = app.clock.now();
  const made = entryFromDraft(
    {
      id: app.random.entryId(now),
      scope: app.scope,
      kind: 'forced',
      draft,
      verdict,
      rule: 'forced',
      policyVersion: app.config.policy.version,
      originKey: null,
      predecessorId: null,
      correctsId: null,
      batchId: null,
      approvalsNeeded: approvalsNeeded(draft.topic, true, app.config.policy),
      by: right.by,
      overridePause: request.overridePause,
    },
    now,
  );
  const approval: Approval = {
    by: right.by,
    at: now,
    hash: made.textHash,
    reason: request.reason,
    covers: [],
    ...(right.breaksGlass ? { breakGlass: true as const } : {}),
  };
  const entry: Entry = { ...made, approvals: right.counts ? [approval] : [] };
  await app.store.recordEntry(entry, factName);
  if (right.breaksGlass) {
    await takePlaceOfHeld(app, entry);
    await tellBrokenGlass(app, entry, request.reason);
  }
  const messages = sentencesOf(verdict.reasons, app.config.operatorLang);
  if (entry.state === 'held') await tellHeld(app, entry);
  if (entry.state === 'held' || entry.state === 'refused')
    return { kind: entry.state, entryId: entry.id, messages };
  return { kind: 'recorded', entryId: entry.id };
}

async function refusedMistake(
  app: App,
  { by }: UrgentRequest,
  code: 'request-replayed' | 'not-as-confirmed',
  params: Record<string, string>,
): Promise<Mistake> {
  await noteRefusal(app, { act: 'submit', by, subject: params['id'] }, code);
  return { kind: 'mistake', message: speak(app, code, params) };
}

/** Whether the request is once more the notice that it became then: the same words, account and person. */
async function isSameNotice(app: App, request: UrgentRequest, entryId: string): Promise<boolean> {
  const entry = await app.store.find(entryId);
  if (entry === null) return true;
  const [made] = await app.store.history(entryId);
  if (made !== undefined && !isSamePerson(made.by, request.by)) return false;
  // Compared by what it says now, too: what was confirmed is only what the other side says that it was.
  const drafted = await draftOf(app, request, 1);
  const words = drafted.kind === 'mistake' ? request.confirmed?.text : drafted.draft.text;
  return words === entry.text && isAsConfirmed(app, request, entry);
}

function isAsConfirmed(app: App, { confirmed }: UrgentRequest, draft: Pick<Draft, 'text'>): boolean {
  if (confirmed === undefined) return true;
  const { account, mode } = app.scope;
  return confirmed.text === draft.text && confirmed.account === account && confirmed.mode === mode;
}
