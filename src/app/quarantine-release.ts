import { announcementKey } from '../feed/identity.ts';
import type { Item } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { judgeEntry } from './judge-draft.ts';

/**
 * Lets go what was held only because the document that brought it was cut off, once a whole document brings the very same item again:
 * that is the comparison which a person was asked for. Where people must approve posts anyway, it waits for them as before.
 */
export async function releaseWhole(app: App, items: readonly Item[]): Promise<readonly Entry[]> {
  const held = await app.store.list({ scope: app.scope, states: ['held'] });
  const waiting = held.filter((entry) => entry.approvalsNeeded === 0 && wasOnlyCutOff(entry));
  if (waiting.length === 0) return [];
  const released: Entry[] = [];
  const whole = new Map(
    items
      .filter(({ problems }) => !problems.some(({ blocking }) => blocking))
      .map((item) => [announcementKey(item), item]),
  );
  for (const entry of waiting) {
    const item = whole.get(entry.originKey ?? '');
    if (item === undefined || item.title !== entry.source?.title || item.url !== entry.source.url) continue;
    const now = app.clock.now();
    const source = { ...entry.source, problems: item.problems };
    const verdict = await judgeEntry(app, { ...entry, source, reasons: [] }, now);
    if (verdict.kind !== 'allow') continue;
    const policyVersion = app.config.policy.version;
    const base = { at: now, by: PROGRAM, policyVersion, reason: 'the whole document brings it unchanged' };
    const dueAt = verdict.notBefore ?? now;
    const event = { ...base, kind: 'release', source, dueAt, reasons: verdict.reasons } as const;
    const applied = await app.store.apply(entry.id, event);
    if (applied.kind === 'applied') released.push(applied.entry);
  }
  return released;
}

/** No other fault of the item, and no other reason to hold it. */
function wasOnlyCutOff({ source, reasons, batchId }: Entry): boolean {
  const blocking = source?.problems.filter((problem) => problem.blocking) ?? [];
  return (
    batchId === null &&
    blocking.length > 0 &&
    blocking.every(({ code }) => code === 'document-truncated') &&
    reasons.every(({ rule }) => rule === 'item-problem')
  );
}
