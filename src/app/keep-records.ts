import { PROGRAM } from '../outbox/person-name.ts';
import { governanceLimits } from '../limits/storage.ts';
import type { App } from './app.ts';
import { tell } from './tell-people.ts';

/** Fact: when the daily work on people and records was last done, epoch milliseconds. */
const DONE_AT = 'records-kept-at';

/**
 * Once a day: tells the head of the log, so that it stands outside too; forgets what was kept long enough; reminds of reviews that
 * are still open. Returns whether it was time.
 */
export async function keepRecords(app: App): Promise<boolean> {
  const now = app.clock.now();
  const doneAt = Number((await app.store.fact(app.scope, DONE_AT)) ?? Number.NaN);
  // A time in the future was written by a clock that has been set right since.
  if (now - doneAt < governanceLimits.dailyMs && doneAt <= now) return false;
  await app.store.setFact(app.scope, DONE_AT, String(now));
  await app.governance.forgetSignIns(now - governanceLimits.signIn.keepMs);
  await eraseOldNames(app, now);
  await remindOfReviews(app);
  const head = await app.governance.auditHead();
  if (head !== null) await tell(app, { code: 'audit-head', params: { ...head }, severity: 'info' });
  return true;
}

async function eraseOldNames(app: App, now: number): Promise<void> {
  for (const { name, disabledAt } of await app.governance.operators()) {
    if (disabledAt === null || now - disabledAt < governanceLimits.nameKeepMs) continue;
    await app.governance.erasePerson(name, PROGRAM, now);
  }
}

async function remindOfReviews(app: App): Promise<void> {
  for (const { key, code, params, lastToldAt } of await app.store.alerts(app.scope)) {
    const isFresh = app.clock.now() - lastToldAt < governanceLimits.dailyMs;
    if (code !== 'break-glass' || !key.startsWith('review:') || isFresh) continue;
    await tell(app, { code: 'break-glass', params, severity: 'alarm' });
  }
}
