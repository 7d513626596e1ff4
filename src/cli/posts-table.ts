import type { Lang } from '../feed/item.ts';
import { cliSentences } from '../messages/cli.ts';
import { postWaits } from '../messages/post-waits.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { modeNames, stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { BLOCKING_STATES } from '../outbox/due.ts';
import type { Entry } from '../outbox/entry.ts';
import { REPLACED_STATE } from '../outbox/supersede.ts';

/**
 * The outbox for people: per post a line of facts, the text, and why it is not out. `among` are the posts that they may wait for, where
 * only some are shown.
 */
export function postsTable(entries: readonly Entry[], lang: Lang, among: readonly Entry[] = entries): string {
  if (entries.length === 0) return say(cliSentences.noPosts, lang);
  const byId = new Map(among.map((entry) => [entry.id, entry]));
  return entries.map((entry) => block(entry, byId, lang)).join('\n\n');
}

function block(entry: Entry, byId: ReadonlyMap<string, Entry>, lang: Lang): string {
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
  const replacer = entry.state === REPLACED_STATE ? byId.get(entry.note ?? '') : undefined;
  const note =
    isOpen && replacer === undefined && entry.note !== null && entry.note !== '' ? [entry.note] : [];
  return [
    facts.join('  '),
    ...entry.text.split('\n').map((row) => `    | ${row}`),
    ...[...why, ...note, ...waits(entry, byId, lang)].map((sentence) => `    - ${sentence}`),
  ].join('\n');
}

/** What the state alone leaves open: what is going on, and who ends it. */
function waits(entry: Entry, byId: ReadonlyMap<string, Entry>, lang: Lang): string[] {
  const { id, state } = entry;
  if (state === 'uncertain')
    return [
      entry.needsPerson ? say(postWaits['needs-person'], lang, { id }) : say(postWaits.uncertain, lang),
    ];
  if (state === 'attempting' || state === 'withdrawing') return [say(postWaits[state], lang)];
  if (state === REPLACED_STATE && byId.has(entry.note ?? ''))
    return [say(postWaits.replaced, lang, { id: entry.note ?? '' })];
  const earlier = state === 'queued' ? inDoubtBefore(entry, byId) : null;
  return earlier === null ? [] : [say(postWaits.behind, lang, { id: earlier.id })];
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
