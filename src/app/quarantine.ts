import type { EpochMs } from '../feed/item.ts';
import type { Entry } from '../outbox/entry.ts';
import { batchMessages } from '../messages/quarantine.ts';
import { say } from '../messages/sentence.ts';
import type { App } from './app.ts';
import { checkRole, noteRefusal } from './authorize.ts';
import { act, type ActResult } from './operator-actions.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** News of one poll that were taken for a flood, as far as nobody has decided on them. `held` is in the order of publication. */
export type Batch = { id: string; feed: string; since: EpochMs; flood: string; held: readonly Entry[] };

/** `known`: none of them is news. `post`: these are, the others are known. `newest`: only the newest is. */
export type BatchDecision = { kind: 'known' } | { kind: 'post'; ids: readonly string[] } | { kind: 'newest' };

export type BatchRequest = { id: string; decision: BatchDecision; by: string; reason: string };

/** What became of each post; `open` are those that wait on, because a second person must agree or policy refuses them. */
export type BatchResult =
  | {
      kind: 'done';
      posted: readonly Entry[];
      known: readonly Entry[];
      open: readonly { entry: Entry; why: string | null }[];
    }
  /** An id that does not stand in the batch, none at all, or a person who may not: nothing was decided. */
  | { kind: 'refused'; message: string }
  | { kind: 'missing' };

/** Every batch that waits for a decision, oldest first. */
export async function listBatches(app: App): Promise<readonly Batch[]> {
  const batches = new Map<string, Entry[]>();
  for (const entry of await app.store.list({ scope: app.scope, states: ['held'] })) {
    if (entry.batchId === null) continue;
    batches.set(entry.batchId, [...(batches.get(entry.batchId) ?? []), entry]);
  }
  return [...batches].map(([id, held]) => ({
    id,
    feed: held[0]?.source?.feed ?? '',
    since: Math.min(...held.map((entry) => entry.createdAt)),
    flood: String(
      held.flatMap(({ reasons }) => reasons).find(({ rule }) => rule === 'baseline-burst')?.params['flood'] ??
        'many',
    ),
    held,
  }));
}

/**
 * Carries out a person's decision on a batch, each post by itself and on its own record. What is known is set aside first: stopped in
 * the middle, the rest waits on, and the same decision may be given again.
 */
export async function resolveBatch(app: App, request: BatchRequest): Promise<BatchResult> {
  const right = await checkRole(app, { act: 'quarantine', by: request.by, subject: request.id });
  if (right.kind === 'refused') return right;
  const batch = (await listBatches(app)).find((one) => one.id === request.id);
  if (batch === undefined) return { kind: 'missing' };
  const chosen = chosenOf(batch, request.decision);
  if (chosen.length === 0 && request.decision.kind !== 'known') {
    // A list that was left empty is a slip: whoever means that none is news says so.
    await noteRefusal(app, { act: 'quarantine', by: right.by, subject: batch.id }, 'nothing-chosen');
    return { kind: 'refused', message: say(batchMessages.nothingChosen, app.config.operatorLang) };
  }
  for (const id of chosen) {
    if (await isOfBatch(app, batch, id)) continue;
    await noteRefusal(app, { act: 'quarantine', by: right.by, subject: batch.id }, 'not-in-batch');
    const params = { id, batch: batch.id };
    return { kind: 'refused', message: say(batchMessages.notInBatch, app.config.operatorLang, params) };
  }
  const { by, reason } = request;
  const known: Entry[] = [];
  const posted: Entry[] = [];
  const open: { entry: Entry; why: string | null }[] = [];
  const decide = async (kind: 'known' | 'approve', id: string, to: Entry[]): Promise<void> => {
    const result: ActResult = await act(app, { kind, id, by, reason });
    if (result.kind === 'missing') return;
    const { entry } = result;
    if (result.kind === 'done' && entry.state !== 'held') to.push(entry);
    else open.push({ entry, why: result.kind === 'refused' ? result.message : null });
  };
  for (const { id } of batch.held) if (!chosen.includes(id)) await decide('known', id, known);
  for (const { id } of batch.held) if (chosen.includes(id)) await decide('approve', id, posted);
  await watchBatches(app);
  return { kind: 'done', posted, known, open };
}

/** Whether it waits in the batch, or has been let go from it: the same decision may be given again. */
async function isOfBatch(app: App, batch: Batch, id: string): Promise<boolean> {
  if (batch.held.some((entry) => entry.id === id)) return true;
  const entry = await app.store.find(id);
  return entry?.batchId === batch.id && entry.state !== 'cancelled';
}

function chosenOf({ held }: Batch, decision: BatchDecision): readonly string[] {
  switch (decision.kind) {
    case 'known':
      return [];
    case 'post':
      return decision.ids;
    case 'newest': {
      const at = (entry: Entry): EpochMs => entry.source?.publishedAt ?? entry.createdAt;
      const newest = held.reduce<Entry | null>(
        (best, one) => (best === null || at(one) >= at(best) ? one : best),
        null,
      );
      return newest === null ? [] : [newest.id];
    }
  }
}

const ALERT = 'batch:';

/** Keeps an alarm on the board for every batch that waits, and takes it off once nothing of the batch waits any more. */
export async function watchBatches(app: App): Promise<void> {
  const batches = await listBatches(app);
  for (const { id, feed, flood, held } of batches) {
    const urgent = held.filter((entry) => entry.topic === 'urgent').length;
    const params = { feed, batch: id, count: held.length, urgent, flood };
    await raiseAlert(app, `${ALERT}${id}`, { code: 'batch-held', params, severity: 'alarm' });
  }
  for (const { key } of await app.store.alerts(app.scope)) {
    if (!key.startsWith(ALERT) || batches.some(({ id }) => key === `${ALERT}${id}`)) continue;
    const batch = key.slice(ALERT.length);
    await clearAlert(app, key, { code: 'batch-decided', params: { batch }, severity: 'info' });
  }
}
