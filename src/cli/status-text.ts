import type { FeedStatus, Status } from '../app/read-status.ts';
import type { Lang } from '../feed/item.ts';
import { monthCost } from '../messages/cost.ts';
import { correctionMessages } from '../messages/correction.ts';
import { say } from '../messages/sentence.ts';
import { modeNames, stateNames } from '../messages/states.ts';
import { statusSentences as sentences } from '../messages/status.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { STATES } from '../outbox/entry.ts';

/** The state of the program in sentences, the most important first. */
export function statusText(status: Status, lang: Lang): string {
  return [
    say(sentences.account, lang, { account: status.account, mode: say(modeNames[status.mode], lang) }),
    say(status.worker.running ? sentences.workerRuns : sentences.workerStopped, lang),
    ...status.stops.map((stop) => stopText(stop, lang)),
    ...(status.corrections ?? []).map((clock) => clockText(clock, lang)),
    ...(status.needsPerson > 0 ? [say(sentences.needsPerson, lang, { count: status.needsPerson })] : []),
    ...status.alerts.map(({ message, since }) =>
      say(sentences.alert, lang, { message, since: time(since, lang) }),
    ),
    queueText(status, lang),
    lastPostText(status, lang),
    ...(status.armed === undefined ? [] : [say(correctionMessages.armed, lang, { id: status.armed.id })]),
    ...(status.cost === undefined ? [] : [monthCost(status.cost.month, status.cost.currency, lang)]),
    ...status.feeds.flatMap((feed) => feedText(feed, lang)),
    ...(status.consoleUrl !== null && status.worker.running
      ? [say(sentences.console, lang, { url: status.consoleUrl })]
      : []),
  ].join('\n');
}

function stopText(stop: Status['stops'][number], lang: Lang): string {
  const reach = { topic: stop.topic ?? '', feed: stop.feed ?? '' };
  const params = { ...stop, ...reach, since: time(stop.since, lang), until: time(stop.until, lang) };
  return say(stop.kind === 'pause' ? sentences.paused : sentences.accountWaits, lang, params);
}

function clockText(clock: NonNullable<Status['corrections']>[number], lang: Lang): string {
  const { id, elapsedMs, deleted, correction } = clock;
  const params = { id, elapsedMs, deleted: deleted ? 'yes' : 'no', correction: correction?.state ?? '' };
  return say(correctionMessages.clock, lang, params);
}

function queueText(status: Status, lang: Lang): string {
  const present = STATES.filter((state) => status.queue[state] > 0);
  if (present.length === 0) return say(sentences.queueEmpty, lang);
  const counts = present.map((state) => `${say(stateNames[state], lang)} ${status.queue[state]}`);
  return say(sentences.queue, lang, { counts: counts.join(lang === 'ja' ? '、' : ', ') });
}

function lastPostText({ lastPost }: Status, lang: Lang): string {
  if (lastPost === null) return say(sentences.noPost, lang);
  const text = lastPost.text.replaceAll('\n', ' ');
  return say(sentences.lastPost, lang, { text, url: lastPost.url, at: time(lastPost.publishedAt, lang) });
}

function feedText(feed: FeedStatus, lang: Lang): string[] {
  if (!feed.enabled) return [say(sentences.feedOff, lang, { name: feed.name })];
  if (feed.lastPollAt === null) return [say(sentences.feedNew, lang, { name: feed.name })];
  const head = say(sentences.feed, lang, {
    name: feed.name,
    items: feed.itemCount ?? 0,
    success: time(feed.lastSuccessAt, lang),
    newest: time(feed.lastNewItemAt, lang),
    next: time(feed.nextPollAt, lang),
  });
  return [
    head,
    ...baselineText(feed, lang),
    ...feed.problems.flatMap(({ message, since, notPosted }) => [
      `  - ${say(sentences.feedProblem, lang, { message, since: time(since, lang) })}`,
      `    ${notPosted}`,
    ]),
  ];
}

/** Until something new has come, people may wonder why nothing that the feed lists was posted. */
function baselineText({ baseline, lastNewItemAt }: FeedStatus, lang: Lang): string[] {
  if (baseline === undefined || baseline === null || (lastNewItemAt !== null && lastNewItemAt > baseline.at))
    return [];
  const params = { at: time(baseline.at, lang), count: baseline.items };
  return [`  - ${say(sentences.feedBaseline, lang, params)}`];
}

function time(iso: string | null, lang: Lang): string {
  return iso === null ? '—' : tokyoTime(Date.parse(iso), lang);
}
