import { isDeepStrictEqual } from 'node:util';
import type { NoticeCode } from '../messages/notices.ts';
import { noticeLimits } from '../limits/running.ts';
import type { Entry } from '../outbox/entry.ts';
import type { App } from './app.ts';
import type { Notice } from './ports.ts';

/** Says that a post waits for a person: at once and outside too where it may be urgent. */
export async function tellHeld(app: App, entry: Entry): Promise<void> {
  const { id, text } = entry;
  const params = { id, text };
  await app.notifier.tell(
    mayBeUrgent(entry)
      ? { code: 'entry-held-urgently', params, severity: 'alarm' }
      : { code: 'entry-held', params, severity: 'warning' },
  );
}

/** What it takes to keep alerts. */
export type Telling = Pick<App, 'store' | 'scope' | 'clock' | 'notifier'>;

/** Says that the policy keeps a post from going out, for good: outside too where it may be urgent, since nothing else will be said. */
export async function tellRefused(app: App, entry: Entry): Promise<void> {
  const { id, text } = entry;
  const severity = mayBeUrgent(entry) ? 'alarm' : 'warning';
  await app.notifier.tell({ code: 'entry-refused', params: { id, text }, severity });
}

/** A person must say which it is, or it is urgent. */
export function mayBeUrgent({ rule, topic }: Entry): boolean {
  return rule === 'review' || topic === 'urgent';
}

type Told = { code: NoticeCode; params: Notice['params']; severity: Notice['severity'] };

/** Says something once, without keeping it. */
export async function tell(app: App, notice: Told): Promise<void> {
  await app.notifier.tell(notice);
}

/**
 * Raises an alert that stays on the board until cleared; people are told when it begins, and again once a day. `told` are codes that the
 * same trouble was told under before: where it shows itself in turns, it is not told at every turn.
 */
export async function raiseAlert(
  app: Telling,
  key: string,
  notice: Told,
  told: Iterable<string> = [],
): Promise<void> {
  const now = app.clock.now();
  const present = (await app.store.alerts(app.scope)).find((alert) => alert.key === key);
  const sameAsTold = present !== undefined && [present.code, ...told].includes(notice.code);
  if (sameAsTold && Math.abs(now - present.lastToldAt) < noticeLimits.repeatMs) {
    // The board shows how things stand now, even where that is not worth telling again.
    const { code, params } = notice;
    if (present.code !== code || !isDeepStrictEqual(present.params, params))
      await app.store.saveAlert(app.scope, { ...present, code, params });
    return;
  }
  await app.store.saveAlert(app.scope, {
    key,
    code: notice.code,
    params: notice.params,
    since: sameAsTold ? present.since : now,
    lastToldAt: now,
  });
  await app.notifier.tell(notice);
}

/** Takes an alert off the board; says so if there was one and a notice is given. */
export async function clearAlert(app: Telling, key: string, notice?: Told): Promise<void> {
  // Mostly there is none, and looking costs no write.
  if (!(await app.store.alerts(app.scope)).some((alert) => alert.key === key)) return;
  const cleared = await app.store.clearAlert(app.scope, key);
  if (cleared && notice !== undefined) await app.notifier.tell(notice);
}
