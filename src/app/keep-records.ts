import { PROGRAM } from '../outbox/person-name.ts';
import { noticeLimits } from '../limits/running.ts';
import { documentLimits, governanceLimits } from '../limits/storage.ts';
import type { App } from './app.ts';
import type { AuditHead } from '../governance/audit-record.ts';
import { clearAlert, mayBeUrgent, raiseAlert, tell, tellHeld } from './tell-people.ts';

/** Fact: when the daily work on people and records was last done, epoch milliseconds. */
const DONE_AT = 'records-kept-at';

/**
 * Once a day: tells the head of the log, so that it stands outside too; forgets what was kept long enough; reminds of reviews, and of
 * what may be urgent, that still wait for a person. Where the head could not be handed to the server outside, it is handed again within the
 * hour. Returns whether it was time, and all was done.
 */
export async function keepRecords(app: App, signal: AbortSignal): Promise<boolean> {
  const now = app.clock.now();
  const doneAt = Number((await app.store.fact(app.scope, DONE_AT)) ?? Number.NaN);
  // A time in the future was written by a clock that has been set right since.
  if (signal.aborted) return false;
  if (now - doneAt < governanceLimits.dailyMs && doneAt <= now) {
    await anchorAgain(app, now, signal);
    return false;
  }
  await app.governance.forgetSignIns(now - governanceLimits.signIn.keepMs);
  await app.documents.forget(now - documentLimits.keepMs);
  await eraseOldNames(app, now);
  await remindOfReviews(app);
  await remindOfHeld(app, now);
  const head = await app.governance.auditHead();
  if (head !== null) {
    await tell(app, { code: 'audit-head', params: { ...head }, severity: 'info' });
    await anchor(app, head, signal);
  }
  // A worker that was stopped meanwhile leaves the whole of it to the next one.
  if (signal.aborted) return false;
  await app.store.setFact(app.scope, DONE_AT, String(now));
  return true;
}

const ALERT = 'audit-anchor';
/** Fact: when the head was last handed outside in vain, epoch milliseconds. */
const FAILED_AT = 'audit-anchor-failed-at';

async function anchorAgain(app: App, now: number, signal: AbortSignal): Promise<void> {
  const failedAt = await app.store.fact(app.scope, FAILED_AT);
  if (failedAt === null || Math.abs(now - Number(failedAt)) < governanceLimits.anchorRetryMs) return;
  const head = await app.governance.auditHead();
  if (head !== null) await anchor(app, head, signal);
}

/** Hands the head to the server outside; that it is kept there is what makes a log proof against whoever has this machine. */
async function anchor(app: App, { seq, hash }: AuditHead, signal: AbortSignal): Promise<void> {
  const at = new Date(app.clock.now()).toISOString();
  const sent = await app.outside.post('audit-head', { head: hash, sequence: seq, at }, signal);
  // Its own end is no fault of the server outside.
  if (signal.aborted) return;
  await app.store.setFact(app.scope, FAILED_AT, sent.kind === 'failed' ? String(app.clock.now()) : null);
  if (sent.kind === 'failed') {
    const params = { seq, detail: sent.detail };
    await raiseAlert(app, ALERT, { code: 'audit-anchor-failed', params, severity: 'warning' });
  } else {
    await clearAlert(app, ALERT, { code: 'audit-anchored', params: { seq }, severity: 'info' });
  }
}

async function eraseOldNames(app: App, now: number): Promise<void> {
  for (const { name, disabledAt } of await app.governance.operators()) {
    if (disabledAt === null || now - disabledAt < governanceLimits.nameKeepMs) continue;
    await app.governance.erasePerson(name, PROGRAM, now);
  }
}

/**
 * What may be urgent and waits for a person is told once, when it is held. Where that was overheard, or the program died between the
 * record and the word, nobody would ever hear of it again.
 */
async function remindOfHeld(app: App, now: number): Promise<void> {
  const held = await app.store.list({ scope: app.scope, states: ['held'] });
  const waiting = held.filter(
    (entry) =>
      mayBeUrgent(entry) &&
      entry.batchId === null &&
      now - (entry.heldSince ?? now) >= noticeLimits.remindAfterMs,
  );
  for (const entry of waiting.slice(0, noticeLimits.remindedMax)) await tellHeld(app, entry);
}

async function remindOfReviews(app: App): Promise<void> {
  for (const { key, code, params, lastToldAt } of await app.store.alerts(app.scope)) {
    const isFresh = app.clock.now() - lastToldAt < governanceLimits.dailyMs;
    if (code !== 'break-glass' || !key.startsWith('review:') || isFresh) continue;
    await tell(app, { code: 'break-glass', params, severity: 'alarm' });
  }
}
