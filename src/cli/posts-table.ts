import { pauseAbove, type PublishingStops } from '../app/publishing-stops.ts';
import { isTyped } from '../app/timeline-guard.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import { cliSentences } from '../messages/cli.ts';
import { postWaits } from '../messages/post-waits.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { modeNames, stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { describeXDetail } from '../messages/x-details.ts';
import { BLOCKING_STATES } from '../outbox/due.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Stop } from '../outbox/outbox-store.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import { REPLACED_STATE } from '../outbox/supersede.ts';

/**
 * What keeps the posts of a mode and account back. `isComparing`: after a restore, the account's timeline has not been compared yet;
 * `unreachable`: why X cannot be reached, where that lasts.
 */
export type Standing = PublishingStops & { isComparing: boolean; unreachable: string | null };

/** What a post may wait for beside itself. */
export type Surroundings = {
  /** The posts that it may follow, where only some are shown. */
  among: readonly Entry[];
  stopsOf: (entry: Entry) => Standing | undefined;
  now: EpochMs;
};

/** The outbox for people: per post a line of facts, the text, and why it is not out, what it waits for, and who ends that. */
export function postsTable(entries: readonly Entry[], lang: Lang, around?: Surroundings): string {
  if (entries.length === 0) return say(cliSentences.noPosts, lang);
  const byId = new Map((around?.among ?? entries).map((entry) => [entry.id, entry]));
  return entries.map((entry) => block(entry, byId, lang, around)).join('\n\n');
}

function block(
  entry: Entry,
  byId: ReadonlyMap<string, Entry>,
  lang: Lang,
  around: Surroundings | undefined,
): string {
  const facts = [
    entry.id,
    say(stateNames[entry.state], lang),
    say(topicNames[entry.topic], lang),
    `@${entry.account} (${say(modeNames[entry.mode], lang)})`,
    tokyoTime(entry.publishedAt ?? entry.createdAt, lang),
    ...(entry.remoteId === null ? [] : [entry.remoteId]),
  ];
  const isOpen = entry.state !== 'published' && entry.state !== 'withdrawn';
  const why = isOpen ? sentencesOf(entry.reasons, lang) : [];
  const queued = entry.state === 'queued' ? queueWaits(entry, byId, lang, around) : null;
  const replacer = entry.state === REPLACED_STATE ? byId.get(entry.note ?? '') : undefined;
  const isSaid = replacer !== undefined || entry.note === queued?.stop?.reason;
  const note = isOpen && !isSaid && entry.note !== null && entry.note !== '' ? [noteOf(entry, lang)] : [];
  const corrects =
    isOpen && entry.correctsId !== null ? [say(postWaits.corrects, lang, { id: entry.correctsId })] : [];
  // Where no surroundings are given, those of a batch are shown as a batch.
  const isOfBatch = around === undefined && entry.state === 'held' && entry.batchId !== null;
  const next = queued?.sentences ?? (isOfBatch ? [] : waits(entry, byId, lang));
  return [
    facts.join('  '),
    ...entry.text.split('\n').map((row) => `    | ${row}`),
    ...[...corrects, ...why, ...note, ...next].map((sentence) => `    - ${sentence}`),
  ].join('\n');
}

/** What the program noted of a post in the queue is how its last attempt ended; else the note speaks for itself. */
function noteOf({ note, state, attempts, by, approvals }: Entry, lang: Lang): string {
  const detail = note ?? '';
  const isOpen = state === 'queued' || state === 'held';
  const sayer = by === PROGRAM ? approvals.find(({ reason }) => reason === note)?.by : by;
  // A person's words beside the program's reasons need their name.
  if (isOpen && sayer !== undefined) return say(postWaits.said, lang, { by: sayer, detail });
  return state === 'queued' && attempts > 0
    ? say(postWaits['last-attempt'], lang, { detail })
    : describeXDetail(detail, lang);
}

/** What the state alone leaves open: what is going on, and who ends it. */
function waits(entry: Entry, byId: ReadonlyMap<string, Entry>, lang: Lang): string[] {
  const { id, state, batchId } = entry;
  switch (state) {
    case 'uncertain':
      return [
        entry.needsPerson ? say(postWaits['needs-person'], lang, { id }) : say(postWaits.uncertain, lang),
      ];
    case 'attempting':
    case 'withdrawing':
      return [say(postWaits[state], lang)];
    case 'held':
      return [
        batchId === null
          ? say(postWaits.held, lang, { id })
          : say(postWaits['held-batch'], lang, { batch: batchId }),
      ];
    case 'rejected':
    case 'expired':
      return [say(postWaits.retry, lang, { id })];
    case 'cancelled':
      return byId.has(entry.note ?? '') ? [say(postWaits.replaced, lang, { id: entry.note ?? '' })] : [];
    case 'queued':
    case 'refused':
    case 'published':
    case 'withdrawn':
      return [];
  }
}

type QueueWaits = { sentences: string[]; stop?: Stop };

/** What keeps a queued post back, the first of what publishing asks for; nothing where it is simply next. */
function queueWaits(
  entry: Entry,
  byId: ReadonlyMap<string, Entry>,
  lang: Lang,
  around: Surroundings | undefined,
): QueueWaits {
  const stops = around?.stopsOf(entry);
  const { account: stop } = stops ?? { account: null };
  if (stop !== null) {
    const params = { until: stop.until ?? '', detail: stop.reason };
    return { stop, sentences: [say(postWaits['account-stops'], lang, params)] };
  }
  const pause = stops === undefined || entry.overridePause ? null : pauseAbove(stops, entry);
  if (pause !== null) {
    const { by, reason, topic, feed } = pause;
    return { sentences: [say(postWaits.paused, lang, { by, reason, topic: topic ?? '', feed: feed ?? '' })] };
  }
  const earlier = inDoubtBefore(entry, byId);
  if (earlier !== null) return { sentences: [say(postWaits.behind, lang, { id: earlier.id })] };
  if (stops?.isComparing === true && !isTyped(entry)) return { sentences: [say(postWaits.comparing, lang)] };
  const { unreachable = null } = stops ?? {};
  if (unreachable !== null) return { sentences: [say(postWaits.unreachable, lang, { detail: unreachable })] };
  const isLater = around !== undefined && entry.dueAt > around.now;
  return { sentences: isLater ? [say(postWaits.later, lang, { at: entry.dueAt })] : [] };
}

/** The post in doubt that it follows, past those that were replaced themselves. */
function inDoubtBefore(entry: Entry, byId: ReadonlyMap<string, Entry>): Entry | null {
  const passed = new Set<Entry>();
  let earlier = byId.get(entry.predecessorId ?? '');
  while (earlier?.state === REPLACED_STATE && !passed.has(earlier)) {
    passed.add(earlier);
    earlier = byId.get(earlier.predecessorId ?? '');
  }
  return earlier !== undefined && BLOCKING_STATES.includes(earlier.state) ? earlier : null;
}
