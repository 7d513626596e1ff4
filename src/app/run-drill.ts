import { z } from 'zod';
import { drillLimits } from '../limits/running.ts';
import { drillTexts } from '../messages/drill.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import { isSamePerson, PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { authorize } from './authorize.ts';
import { carryOutWithdrawal } from './carry-out-withdrawal.ts';
import { noteDrill, secondPerson, type Scene } from './drill-approval.ts';
import type { DrillPerson, DrillRequest } from './drill.ts';
import { proposeUrgent, publishUrgentAlone, type UrgentRequest, type UrgentResult } from './force-urgent.ts';
import type { NotDone } from './sign-in.ts';
import { proposeWithdrawal, withdrawPost } from './withdraw-post.ts';

export type { DrillPerson, DrillRequest } from './drill.ts';

const DRILL_STEPS = [
  'compose',
  'confirm',
  'approve',
  'post',
  'decide',
  'approve-correction',
  'withdraw',
] as const;
type DrillStep = (typeof DRILL_STEPS)[number];

const report = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  by: z.string(),
  template: z.string(),
  /** Milliseconds of each step that was done, waiting for the person included. */
  steps: z.array(z.object({ step: z.enum(DRILL_STEPS), ms: z.number() })),
  /** From the last confirmation of the notice until X's answer. */
  toWireMs: z.number(),
  /** How long the notice stood at X until its correction stood there too and it was gone. */
  wrongForMs: z.number(),
  entryId: z.string(),
  correctionId: z.string().nullable(),
});
export type DrillReport = z.infer<typeof report>;
type PractisedResult =
  | { kind: 'done'; report: DrillReport }
  /** The person said no, policy said no, or X did; `where` is the step that ended it. */
  | { kind: 'stopped'; where: DrillStep; messages: readonly string[] };
/** `refused`: the office does not let this person practise; nothing was begun. */
export type DrillResult = PractisedResult | NotDone;

/**
 * Walks the whole urgent way in mode `drill`: compose, confirm, post, notice the mistake, withdraw and correct. Refuses any other mode,
 * so that practice can never touch the account. `office` is the program over the real records: its people may practise or not, and its
 * log says who did, how it ended and how long it took. The times are also kept as a fact of the drill's own store.
 */
export async function runDrill(
  app: App,
  office: App,
  request: DrillRequest,
  person: DrillPerson,
  signal: AbortSignal,
): Promise<DrillResult> {
  if (app.scope.mode !== 'drill') throw new Error(`a drill needs mode drill, not ${app.scope.mode}`);
  const right = await authorize(office, { act: 'drill', by: request.by, token: request.token });
  if (right.kind === 'refused') return right;
  try {
    const result = await practise({ app, office, person, signal }, { ...request, by: right.by });
    await onRecord(office, right.by, request, result);
    if (result.kind === 'done') await remember(app, office, result.report);
    return result;
  } finally {
    await forgetNames(app);
  }
}

/**
 * What was practised stays, but not who did: the office's own log knows that, and is where names are disclosed and erased. Also those that
 * a drill which was killed has left.
 */
async function forgetNames({ governance, clock }: App): Promise<void> {
  for (const { name } of await governance.people())
    if (name !== null) await governance.erasePerson(name, PROGRAM, clock.now());
}

async function practise(scene: Scene, request: DrillRequest): Promise<PractisedResult> {
  const { app, person, signal } = scene;
  const watch = stopwatch(app);
  const urgent = urgentRequest(app, request);
  const proposal = await proposeUrgent(app, urgent);
  watch.lap('compose');
  if (proposal.kind === 'mistake') return stopped('compose', [proposal.message]);
  if (proposal.verdict === 'deny') return stopped('compose', proposal.messages);
  if (!(await person.confirmPost(proposal))) return stopped('confirm', []);
  watch.lap('confirm');
  const { text, account, mode } = proposal;
  const confirmed = { ...urgent, confirmed: { text, account, mode } };
  let posted = await publishUrgentAlone(app, confirmed, signal);
  if (posted.kind === 'held' && posted.entryId !== null) {
    const refusal = await secondPerson(scene, posted.entryId, request);
    watch.lap('approve');
    if (refusal !== null) return stopped('approve', [refusal]);
    posted = await publishUrgentAlone(app, confirmed, signal);
  }
  const toWireMs = watch.lap('post');
  if (posted.kind !== 'published') return stopped('post', wordsOf(posted));
  const correction = say(drillTexts.correction, request.lang, {});
  const taking = { id: posted.entryId, by: request.by, reason: request.reason, correction };
  const withdrawal = await proposeWithdrawal(app, taking);
  if (withdrawal.kind !== 'proposal') return stopped('decide', refusalOf(withdrawal));
  if (!(await person.confirmWithdrawal(withdrawal))) return stopped('decide', []);
  const decidedMs = watch.lap('decide');
  const recorded = await withdrawPost(app, taking);
  if (recorded.kind !== 'recorded') return stopped('withdraw', refusalOf(recorded));
  const correctionId = recorded.correction?.id ?? null;
  let approvedMs = 0;
  if (correctionId !== null && recorded.correction?.state === 'held') {
    const refusal = await secondPerson(scene, correctionId, request);
    approvedMs = watch.lap('approve-correction');
    if (refusal !== null) return stopped('approve-correction', [refusal]);
  }
  const end = await carryOutWithdrawal(app, { entryId: posted.entryId, correctionId }, signal);
  const withdrawnMs = watch.lap('withdraw');
  if (!isCorrected(end)) return stopped('withdraw', [end.entry.note ?? '', end.correction?.note ?? '']);
  const done: DrillReport = {
    at: new Date(app.clock.now()).toISOString(),
    by: request.by,
    template: request.template,
    steps: watch.laps,
    toWireMs,
    wrongForMs: decidedMs + approvedMs + withdrawnMs,
    entryId: posted.entryId,
    correctionId,
  };
  return { kind: 'done', report: done };
}

async function onRecord(
  office: App,
  by: string,
  request: DrillRequest,
  result: PractisedResult,
): Promise<void> {
  if (result.kind === 'stopped')
    return noteDrill(office, by, request, { act: 'drill.stopped', after: { endedAt: result.where } });
  const { steps, toWireMs, wrongForMs } = result.report;
  const times = Object.fromEntries(steps.map(({ step, ms }) => [`${step}Ms`, ms]));
  return noteDrill(office, by, request, { act: 'drill.done', after: { ...times, toWireMs, wrongForMs } });
}

/** The drills on record, the newest first, by the people whom the office knows; who was erased there is their pseudonym. */
export async function pastDrills(
  app: Pick<App, 'store' | 'scope'>,
  office: Pick<App, 'governance'>,
): Promise<readonly DrillReport[]> {
  const names = new Map((await office.governance.people()).map(({ id, name }) => [id, name]));
  return (await keptDrills(app)).map((one) => ({ ...one, by: names.get(one.by) ?? one.by }));
}

async function keptDrills(app: Pick<App, 'store' | 'scope'>): Promise<readonly DrillReport[]> {
  const stored = await app.store.fact(app.scope, 'drills');
  if (stored === null) return [];
  const parsed = z.array(report).safeParse(JSON.parse(stored));
  return parsed.success ? parsed.data : [];
}

/** With the pseudonym that the person has in the office's log. */
async function remember(app: App, office: App, done: DrillReport): Promise<void> {
  const people = await office.governance.people();
  const by = people.find(({ name }) => name !== null && isSamePerson(name, done.by))?.id ?? '';
  const kept = [{ ...done, by }, ...(await keptDrills(app))].slice(0, drillLimits.reportsKept);
  await app.store.setFact(app.scope, 'drills', JSON.stringify(kept));
}

function urgentRequest(app: App, request: DrillRequest): UrgentRequest {
  const host = app.config.policy.allowedHosts[0] ?? 'localhost';
  return {
    requestId: request.requestId,
    template: request.template,
    fields: filledIn(app, request),
    url: `https://www.${host.replace(/^www\./u, '')}/`,
    lang: request.lang,
    by: request.by,
    reason: request.reason,
    overridePause: false,
  };
}

/** What a person would type, in words that nobody can take for real. */
function filledIn(app: App, { template, fields, lang }: DrillRequest): Record<string, string> {
  const known = app.config.templates.forced[template]?.fields ?? {};
  const moment = new Date(app.clock.now() + 9 * 3_600_000).toISOString();
  const words = {
    text: say(drillTexts.field, lang, {}),
    number: '1',
    date: moment.slice(0, 10),
    datetime: moment.slice(0, 16),
  };
  const filled = Object.entries(known)
    .filter(([, field]) => field.required)
    .map(([name, field]): [string, string] => [name, words[field.kind]]);
  return { ...Object.fromEntries(filled), ...fields };
}

function stopwatch(app: App): {
  lap(step: DrillStep): number;
  laps: { step: DrillStep; ms: number }[];
} {
  const laps: { step: DrillStep; ms: number }[] = [];
  let last = app.clock.bootMs();
  return {
    laps,
    lap(step) {
      const now = app.clock.bootMs();
      const ms = Math.round(now - last);
      last = now;
      laps.push({ step, ms });
      return ms;
    },
  };
}

function isCorrected(end: { entry: Entry; correction: Entry | null }): boolean {
  return end.entry.state === 'withdrawn' && end.correction?.state === 'published';
}

function stopped(where: DrillStep, messages: readonly string[]): PractisedResult {
  return { kind: 'stopped', where, messages: messages.filter((message) => message !== '') };
}

function refusalOf(result: { kind: 'refused'; message: string } | { kind: 'missing' }): string[] {
  return result.kind === 'refused' ? [result.message] : [];
}

function wordsOf(result: Exclude<UrgentResult, { kind: 'published' }>): readonly string[] {
  return 'messages' in result ? result.messages : [result.message];
}
