import { sentencesOf } from '../messages/policy.ts';
import { actMessages } from '../messages/acts.ts';
import { joined, say } from '../messages/sentence.ts';
import { addsApproval, validApprovals } from '../outbox/approvals.ts';
import type { Approval, Entry } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { approvalsExpiredAt } from './approvals-now.ts';
import { checkRole, noteRefusal } from './authorize.ts';
import { judgeEntry } from './judge-draft.ts';

/** A person's decision on one entry, on the record with name and reason. */
export type Act = {
  kind: 'approve' | 'hold' | 'cancel' | 'retry' | 'known';
  id: string;
  by: string;
  reason: string;
};
export type ActResult =
  | { kind: 'done'; entry: Entry }
  /** Not done; the message says why, in the operators' language. */
  | { kind: 'refused'; message: string; entry: Entry }
  | { kind: 'missing' };

/** Carries out a person's decision; two people deciding at once cannot both succeed, because the store applies one event at a time. */
export async function act(app: App, request: Act): Promise<ActResult> {
  const entry = await app.store.find(request.id);
  if (entry === null) return { kind: 'missing' };
  if (entry.mode !== app.scope.mode) return refused(app, entry, request, 'other-mode', { mode: entry.mode });
  if (entry.account !== app.scope.account)
    return refused(app, entry, request, 'other-account', { account: entry.account });
  const right = await checkRole(app, { act: request.kind, by: request.by, subject: request.id });
  if (right.kind === 'refused') return { ...right, entry };
  const { kind } = request;
  if (kind === 'approve') return approve(app, entry, request);
  return applied(app, entry, request, eventOf(app, { ...request, kind }));
}

type PlainAct = Act & { kind: Exclude<Act['kind'], 'approve'> };

function eventOf(app: App, request: PlainAct): EntryEvent {
  const base = { at: app.clock.now(), by: request.by, reason: request.reason };
  switch (request.kind) {
    case 'hold':
      return { ...base, kind: 'hold', reasons: [] };
    case 'cancel':
      return { ...base, kind: 'cancel' };
    case 'retry':
      return { ...base, kind: 'retry' };
    case 'known':
      return { ...base, kind: 'known' };
  }
}

async function approve(app: App, entry: Entry, request: Act): Promise<ActResult> {
  if (entry.state !== 'held') return refused(app, entry, request, 'not-held', { state: entry.state });
  if (!addsApproval(entry, request.by, approvalsExpiredAt(app)))
    return refused(app, entry, request, 'approved-already', { by: request.by });
  const result = await sayYes(app, entry, request);
  const wasOvertaken =
    result.kind === 'done' && result.entry.state === 'held' && result.entry.revision > entry.revision + 1;
  // Two people who agree at once each count without the other; who comes last judges again with both.
  return wasOvertaken ? sayYes(app, result.entry, request) : result;
}

async function sayYes(app: App, entry: Entry, request: Act): Promise<ActResult> {
  const { by, reason } = request;
  const at = app.clock.now();
  const isOwn = (given: Approval): boolean => isSamePerson(given.by, by);
  // A second yes of the same person stands for what the first one covered as well, as long as that one counts.
  const covered = validApprovals(entry, approvalsExpiredAt(app, at))
    .filter(isOwn)
    .flatMap(({ covers }) => covers);
  const covers = [...new Set([...covered, ...entry.reasons.map(({ rule }) => rule)])];
  const others = entry.approvals.filter((given) => !isOwn(given));
  const approval: Approval = { by, at, hash: entry.textHash, reason, covers };
  const verdict = await judgeEntry(app, { ...entry, approvals: [...others, approval] }, at);
  if (verdict.kind === 'deny') {
    const { operatorLang } = app.config;
    const why = joined(sentencesOf(verdict.reasons, operatorLang), operatorLang);
    return refused(app, entry, request, 'denied-by-policy', { why });
  }
  return applied(app, entry, request, {
    at,
    by,
    reason,
    policyVersion: app.config.policy.version,
    kind: 'approve',
    approval,
    judged: verdict.kind,
    reasons: verdict.reasons,
  });
}

async function applied(app: App, before: Entry, request: Act, event: EntryEvent): Promise<ActResult> {
  const result = await app.store.apply(request.id, event);
  if (result.kind === 'missing') return { kind: 'missing' };
  if (result.kind === 'illegal')
    return refused(app, result.entry, request, 'not-in-this-state', {
      act: request.kind,
      state: result.entry.state,
    });
  app.log.info(
    { id: before.id, act: request.kind, by: request.by, from: before.state, to: result.entry.state },
    'a person decided',
  );
  return { kind: 'done', entry: result.entry };
}

/** A refusal is on the record too: who tried what, and why it was not done. */
async function refused(
  app: App,
  entry: Entry,
  request: Act,
  code: keyof typeof actMessages,
  params: Record<string, string>,
): Promise<ActResult> {
  await noteRefusal(app, { act: request.kind, by: request.by, subject: entry.id }, code);
  return {
    kind: 'refused',
    message: say(actMessages[code], app.config.operatorLang, { id: entry.id, ...params }),
    entry,
  };
}
