import { composeForced } from '../compose/compose.ts';
import type { Draft } from '../compose/draft.ts';
import { postWeight } from '../compose/post-weight.ts';
import type { Lang } from '../feed/item.ts';
import { workerLimits } from '../limits.ts';
import { composeMistakes } from '../messages/compose-mistakes.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { forcedNoticeMessages } from '../messages/forced-notice.ts';
import type { Approval, Entry, Mode } from '../outbox/entry.ts';
import { approvalsNeeded } from '../policy/check-approval.ts';
import { DRILL_MARKS } from '../policy/check-drill-word.ts';
import type { Verdict } from '../policy/verdict.ts';
import { postAddress } from '../publish/post-address.ts';
import type { App } from './app.ts';
import { DoubtClock } from './doubt-clock.ts';
import { entryFromDraft } from './entry-from-draft.ts';
import { judgeDraft } from './judge-draft.ts';
import { publishNext } from './publish-next.ts';
import { pauseOf, publishingStops } from './publishing-stops.ts';
import { reconcileUncertain } from './reconcile-uncertain.ts';
import { recoverAtStart } from './recover-at-start.ts';
import { TimelineGuard } from './timeline-guard.ts';

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
  /** What the person said yes to. Anything else is not recorded: settings may have changed between the question and the answer. */
  confirmed?: { text: string; account: string; mode: Mode };
};

export type Mistake = { kind: 'mistake'; message: string };
export type Proposal = {
  kind: 'proposal';
  text: string;
  weight: number;
  weightMax: number;
  account: string;
  mode: Mode;
  verdict: Verdict['kind'];
  messages: readonly string[];
};
export type UrgentResult =
  | { kind: 'published'; entryId: string; remoteId: string; url: string }
  | { kind: 'held' | 'refused'; entryId: string | null; messages: readonly string[] }
  | { kind: 'refused-by-x'; entryId: string; message: string }
  | { kind: 'unknown'; entryId: string; message: string }
  /** Recorded and queued, but the account waits (pause, throttling, X not reachable). */
  | { kind: 'waiting'; entryId: string; message: string }
  | Mistake;

/** The final post and what policy says of it; nothing is recorded. */
export async function proposeUrgent(app: App, request: UrgentRequest): Promise<Proposal | Mistake> {
  const drafted = await draftOf(app, request);
  if (drafted.kind === 'mistake') return drafted;
  const { draft, verdict } = drafted;
  return {
    kind: 'proposal',
    text: draft.text,
    weight: draft.weight,
    weightMax: draft.weightMax,
    account: app.scope.account,
    mode: app.scope.mode,
    verdict: verdict.kind,
    messages: sentencesOf(verdict.reasons, app.config.operatorLang),
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

/** The same without a worker: takes the account's lease, publishes this one entry, and lets go. */
export async function publishUrgentAlone(
  app: App,
  request: UrgentRequest,
  signal: AbortSignal,
): Promise<UrgentResult> {
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

type Drafted = { kind: 'drafted'; draft: Draft; verdict: Verdict } | Mistake;

async function draftOf(app: App, request: UrgentRequest): Promise<Drafted> {
  const now = app.clock.now();
  const url = request.url ?? null;
  const source =
    request.template === undefined
      ? { text: request.text ?? '', url, lang: request.lang }
      : { template: request.template, fields: request.fields, url, lang: request.lang };
  const composed = composeForced(source, app.config.templates, now);
  if (composed.kind === 'mistake') {
    return {
      kind: 'mistake',
      message: say(composeMistakes[composed.code], app.config.operatorLang, composed.params),
    };
  }
  const draft = app.scope.mode === 'drill' ? markedAsDrill(composed.draft) : composed.draft;
  // The submitter's confirmation is the first approval; it covers what was shown, which is this verdict without it.
  const facts = {
    classification: null,
    forced: true,
    burst: false,
    selfId: null,
    alsoTaken: new Set<string>(),
  };
  const verdict = await judgeDraft(app, draft, { ...facts, approvalsGiven: 1, covered: [] }, now);
  return { kind: 'drafted', draft, verdict };
}

async function recordUrgent(
  app: App,
  request: UrgentRequest,
): Promise<
  | { kind: 'recorded'; entryId: string }
  | { kind: 'held' | 'refused'; entryId: string; messages: readonly string[] }
  | Mistake
> {
  const factName = `request:${request.requestId}`;
  const before = await app.store.fact(app.scope, factName);
  if (before !== null) return { kind: 'recorded', entryId: before };
  const drafted = await draftOf(app, request);
  if (drafted.kind === 'mistake') return drafted;
  const { draft, verdict } = drafted;
  if (!isAsConfirmed(app, request, draft))
    return { kind: 'mistake', message: speak(app, 'not-as-confirmed', {}) };
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
      by: request.by,
      overridePause: request.overridePause,
    },
    now,
  );
  const approval: Approval = {
    by: request.by,
    at: now,
    hash: made.textHash,
    reason: request.reason,
    covers: [],
  };
  const entry: Entry = { ...made, approvals: [approval] };
  await app.store.recordEntry(entry, factName);
  const messages = sentencesOf(verdict.reasons, app.config.operatorLang);
  if (entry.state === 'held') return { kind: 'held', entryId: entry.id, messages };
  if (entry.state === 'refused') return { kind: 'refused', entryId: entry.id, messages };
  return { kind: 'recorded', entryId: entry.id };
}

/** Practice says so before anything else. */
function markedAsDrill(draft: Draft): Draft {
  const mark = DRILL_MARKS[draft.lang];
  const text = draft.text.startsWith(mark) ? draft.text : `${mark}${draft.text}`;
  return { ...draft, text, weight: postWeight(text) };
}

function isAsConfirmed(app: App, { confirmed }: UrgentRequest, draft: Draft): boolean {
  if (confirmed === undefined) return true;
  const { account, mode } = app.scope;
  return confirmed.text === draft.text && confirmed.account === account && confirmed.mode === mode;
}

/**
 * Looks at the entry until X's answer is known or the time is up. `push` moves it on where nobody else does,
 * and says how many milliseconds to rest before the next look.
 */
async function waitForAnswer(
  app: App,
  entryId: string,
  signal: AbortSignal,
  push: (entry: Entry) => Promise<number>,
): Promise<UrgentResult> {
  const startedAt = app.clock.bootMs();
  for (;;) {
    const entry = await app.store.find(entryId);
    if (entry === null) throw new Error(`entry ${entryId} vanished while it was being published`);
    const result = resultOf(app, entry);
    if (result !== null) return result;
    const stops = await publishingStops(app, app.clock.now());
    const stop = stops.account ?? (entry.overridePause ? null : pauseOf(stops, entry.topic));
    if (entry.state === 'queued' && stop !== null) {
      return {
        kind: 'waiting',
        entryId,
        message: speak(app, 'account-waits', { id: entryId, reason: stop.reason }),
      };
    }
    if (signal.aborted || app.clock.bootMs() - startedAt > workerLimits.forcedWaitMs)
      return timeUp(app, entry);
    const restMs = Math.max(await push(entry), workerLimits.answerPollMs);
    await app.clock.sleep(Math.min(restMs, workerLimits.forcedWaitMs), signal);
  }
}

function resultOf(app: App, entry: Entry): UrgentResult | null {
  const entryId = entry.id;
  switch (entry.state) {
    case 'published': {
      const remoteId = entry.remoteId ?? '';
      return {
        kind: 'published',
        entryId,
        remoteId,
        url: postAddress(entry, app.config.x.apiUrl),
      };
    }
    case 'held':
    case 'refused':
      return { kind: entry.state, entryId, messages: sentencesOf(entry.reasons, app.config.operatorLang) };
    case 'rejected':
      return {
        kind: 'refused-by-x',
        entryId,
        message: speak(app, 'rejected', { id: entryId, detail: entry.note ?? '' }),
      };
    case 'cancelled':
    case 'expired':
    case 'withdrawing':
    case 'withdrawn':
      return { kind: 'refused', entryId, messages: [speak(app, 'withdrawn-meanwhile', { id: entryId })] };
    case 'queued':
    case 'attempting':
    case 'uncertain':
      return null;
  }
}

function timeUp(app: App, entry: Entry): UrgentResult {
  if (entry.state === 'queued') {
    return {
      kind: 'waiting',
      entryId: entry.id,
      message: speak(app, 'not-reached', { id: entry.id, detail: entry.note ?? '' }),
    };
  }
  return {
    kind: 'unknown',
    entryId: entry.id,
    message: speak(app, 'unknown', { id: entry.id, detail: entry.note ?? '' }),
  };
}

function speak(app: App, code: keyof typeof forcedNoticeMessages, params: Record<string, string>): string {
  return say(forcedNoticeMessages[code], app.config.operatorLang, params);
}
