import type { Lang } from '../feed/item.ts';
import { cliSentences } from '../messages/cli.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { modeNames, stateNames, topicNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry } from '../outbox/entry.ts';

/** The outbox for people: per post a line of facts, the text, and why it is not out. */
export function postsTable(entries: readonly Entry[], lang: Lang): string {
  if (entries.length === 0) return say(cliSentences.noPosts, lang);
  return entries.map((entry) => block(entry, lang)).join('\n\n');
}

function block(entry: Entry, lang: Lang): string {
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
  const note = isOpen && entry.note !== null && entry.note !== '' ? [entry.note] : [];
  return [
    facts.join('  '),
    ...entry.text.split('\n').map((row) => `    | ${row}`),
    ...[...why, ...note].map((sentence) => `    - ${sentence}`),
  ].join('\n');
}
