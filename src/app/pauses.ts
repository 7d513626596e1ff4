import type { Stop } from '../outbox/outbox-store.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import { EVERYTHING } from '../outbox/stops.ts';
import type { App } from './app.ts';
import { checkRole } from './authorize.ts';
import { tell } from './tell-people.ts';

/** What a pause reaches: everything, the posts of one topic, or what one feed brought. At most one of the two is set. */
export type Reach = Pick<Stop, 'topic' | 'feed'>;

/** A person's pause or its end, on the record with name and reason. */
export type PauseRequest = { reach?: Reach; by: string; reason: string };

export type PauseResult =
  | { kind: 'done' }
  | { kind: 'unknown-feed'; known: readonly string[] }
  /** This person may not; the message says why, in the operators' language. */
  | { kind: 'refused'; message: string };

/**
 * Stops publishing until `resumePublishing`, also over restarts; feeds are read on and what they bring is kept. Notices that a person
 * forces past the pause still go, and what is already on its way to X is not called back.
 */
export async function pausePublishing(app: App, request: PauseRequest): Promise<PauseResult> {
  const { reason, reach = EVERYTHING } = request;
  // The program's own watch may pause; everybody else needs the right to.
  const right = request.by === PROGRAM ? request : await checkRole(app, { act: 'pause', by: request.by });
  if ('kind' in right && right.kind === 'refused') return right;
  const { by } = right;
  const known = [...app.config.feeds.map((feed) => feed.name), ...OWN_NAMES];
  // A misspelt feed would be a pause that silently stops nothing.
  if (reach.feed !== null && !known.includes(reach.feed)) return { kind: 'unknown-feed', known };
  // What people have stopped stays stopped under their own word, which the program's would put out of sight.
  if (by === PROGRAM && (await isPaused(app, reach))) return { kind: 'done' };
  const since = app.clock.now();
  await app.store.setStop(app.scope, { kind: 'pause', ...reach, reason, by, since, until: null });
  await tell(app, { code: 'paused', params: { by, reason, ...spoken(reach) }, severity: 'warning' });
  return { kind: 'done' };
}

async function isPaused(app: App, { topic, feed }: Reach): Promise<boolean> {
  const stops = await app.store.stops(app.scope);
  return stops.some((stop) => stop.kind === 'pause' && stop.topic === topic && stop.feed === feed);
}

/** `ended`: there was a pause of exactly this reach, or a wait that X imposed. `left` are the pauses that still hold. `refused` says why this person may not. */
export type ResumeResult = { ended: boolean; left: readonly Stop[]; refused: string | null };

/** Ends the pause of exactly this reach; the one of everything ends together with any wait that X's refusals imposed. */
export async function resumePublishing(app: App, request: PauseRequest): Promise<ResumeResult> {
  const { reason, reach = EVERYTHING } = request;
  const right = await checkRole(app, { act: 'resume', by: request.by });
  if (right.kind === 'refused') return { ended: false, left: [], refused: right.message };
  const { by } = right;
  const at = app.clock.now();
  const paused = await app.store.clearStop(app.scope, { kind: 'pause', ...reach }, by, reason, at);
  const isWhole = reach.topic === null && reach.feed === null;
  const account = { kind: 'account', ...EVERYTHING } as const;
  const waited = isWhole && (await app.store.clearStop(app.scope, account, by, reason, at));
  const ended = paused || waited;
  if (ended) await tell(app, { code: 'resumed', params: { by, reason, ...spoken(reach) }, severity: 'info' });
  const left = (await app.store.stops(app.scope)).filter((stop) => stop.kind === 'pause');
  return { ended, left, refused: null };
}

/** Feeds that stand in no settings: the one of `--feed`, and the sandbox's. */
const OWN_NAMES = ['typed', 'sandbox'];

/** The reach as the sentences of `pauseReach` take it. */
function spoken(reach: Reach): { topic: string; feed: string } {
  return { topic: reach.topic ?? '', feed: reach.feed ?? '' };
}
