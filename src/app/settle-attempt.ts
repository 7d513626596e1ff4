import { reconcileLimits } from '../limits/publishing.ts';
import { workerLimits } from '../limits/running.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import type { EntryEvent } from '../outbox/event.ts';
import { StoreError } from '../outbox/outbox-store.ts';
import { EVERYTHING } from '../outbox/stops.ts';
import { retryDelayMs } from '../outbox/retry-delay.ts';
import type { Outcome } from '../publish/publisher.ts';
import { isAhead, snowflakeTime } from '../publish/snowflake.ts';
import type { App } from './app.ts';
import { ACCOUNT, endAccountAlarm, stopRefusedAccount, stopThrottledAccount } from './stop-account.ts';
import { clearAlert, tell } from './tell-people.ts';

/**
 * Records what became of an attempt. The disk may refuse the commit: it is tried again for a minute, because the alternative is doubt.
 * Rejects with StoreError when it cannot be written at all; the entry then stays `attempting` and becomes uncertain at the next start.
 */
export async function settle(app: App, entry: Entry, answered: Outcome): Promise<Settled> {
  let outcome = believable(entry, answered, app.clock.now());
  // Before it is on record: nobody looks at a rejected post again, and a death in between would be silence.
  if (outcome.kind === 'rejected') await tellRejected(app, entry, outcome.detail);
  let applied = await applyStubbornly(app, entry.id, eventOf(app, entry, outcome));
  if (applied.kind === 'illegal' && outcome.kind === 'published' && isInFlight(applied.entry, entry)) {
    // The store knows the post as another entry's.
    outcome = notNew(outcome);
    applied = await applyStubbornly(app, entry.id, eventOf(app, entry, outcome));
  }
  const settled = applied.kind === 'missing' ? entry : applied.entry;
  await stopOrGoOn(app, outcome);
  await tellOutcome(app, settled, outcome);
  return { entry: settled, outcome };
}

/** The entry as it is on record now, and the outcome as it was believed. */
type Settled = { entry: Entry; outcome: Outcome };

/**
 * X's ids grow with time: one that is older than a post which stood there before the attempt, or that X cannot have made yet, is not this
 * post's, whoever it belongs to. Then the answer proves nothing, and the timeline tells.
 */
function believable({ attempt }: Entry, outcome: Outcome, now: EpochMs): Outcome {
  if (outcome.kind !== 'published') return outcome;
  if (isAhead(outcome.remoteId, now)) return notNew(outcome);
  const since = attempt?.sinceRemoteId ?? null;
  // Held against an id that a person mistyped, every new one would be old.
  if (since === null || isAhead(since, now)) return outcome;
  const isOld = snowflakeTime(outcome.remoteId) < snowflakeTime(since) - reconcileLimits.skewMs;
  return isOld ? notNew(outcome) : outcome;
}

function notNew({ remoteId }: Outcome & { kind: 'published' }): Outcome {
  return { kind: 'uncertain', detail: `X gave the id ${remoteId}, which is not that of a new post` };
}

function isInFlight(now: Entry, sent: Entry): boolean {
  return now.state === 'attempting' && now.attempt?.nonce === sent.attempt?.nonce;
}

function eventOf(app: App, entry: Entry, outcome: Outcome): EntryEvent {
  const now = app.clock.now();
  const attempt = entry.attempt;
  if (attempt === null) throw new Error(`entry ${entry.id} was sent without an attempt`);
  const base = { at: now, by: 'kosatsu', nonce: attempt.nonce };
  // Nothing reached X, so trying an urgent post again at once costs nobody anything; as while X cannot be connected to at all.
  const tries = entry.topic === 'urgent' ? 1 : entry.attempts;
  const retryAt = now + retryDelayMs(tries, app.random.fraction());
  const nextReadAt = now + reconcileLimits.probeMs[0];
  switch (outcome.kind) {
    case 'published':
      return { ...base, kind: 'accepted', remoteId: outcome.remoteId };
    case 'not-sent':
      return { ...base, kind: 'not-sent', retryAt, detail: outcome.detail };
    case 'throttled':
    case 'refused-for-now':
      // The account's stop decides when it goes out; the entry itself is due as soon as the stop ends.
      return { ...base, kind: 'later', retryAt: now, detail: outcome.detail };
    case 'rejected':
      return { ...base, kind: 'rejected', detail: outcome.detail };
    case 'duplicate':
      return { ...base, kind: 'doubt', detail: outcome.detail, nextReadAt, duplicate: true };
    case 'uncertain':
      return { ...base, kind: 'doubt', detail: outcome.detail, nextReadAt, duplicate: false };
  }
}

async function applyStubbornly(app: App, id: string, event: EntryEvent): ReturnType<App['store']['apply']> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await app.store.apply(id, event);
    } catch (error) {
      if (!(error instanceof StoreError) || tries >= workerLimits.settleTries) throw error;
      app.log.error(
        { id, code: error.code, tries },
        'the outcome of a post could not be written; trying again',
      );
      await app.clock.sleep(workerLimits.settleRetryMs, new AbortController().signal);
    }
  }
}

async function stopOrGoOn(app: App, outcome: Outcome): Promise<void> {
  const now = app.clock.now();
  if (outcome.kind === 'published') {
    await app.store.clearStop(
      app.scope,
      { kind: 'account', ...EVERYTHING },
      'kosatsu',
      'a post was accepted',
      now,
    );
    await clearAlert(app, ACCOUNT, { code: 'account-works-again', params: {}, severity: 'info' });
  }
  // Status 0: the publisher itself refused it, and X has seen nothing.
  if (outcome.kind === 'duplicate' || (outcome.kind === 'rejected' && outcome.status !== 0))
    await endAccountAlarm(app, 'judged');
  if (outcome.kind === 'throttled') await stopThrottledAccount(app, outcome.until, outcome.detail);
  if (outcome.kind === 'refused-for-now') await stopRefusedAccount(app, outcome.cause, outcome.detail);
}

async function tellRejected(app: App, { id, text }: Entry, detail: string): Promise<void> {
  await tell(app, { code: 'entry-rejected', params: { id, text, detail }, severity: 'alarm' });
}

async function tellOutcome(app: App, entry: Entry, outcome: Outcome): Promise<void> {
  const { id, text, topic } = entry;
  if (outcome.kind === 'published') {
    await tell(app, {
      code: topic === 'urgent' ? 'urgent-published' : 'main-published',
      params: { id, text },
      severity: 'info',
    });
  }
  if (outcome.kind === 'uncertain' || outcome.kind === 'duplicate') {
    await tell(app, {
      code: 'entry-uncertain',
      params: { id, text, detail: outcome.detail },
      severity: 'warning',
    });
  }
}
