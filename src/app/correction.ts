import { composeCorrection, quotedTitle } from '../compose/correction.ts';
import type { EpochMs } from '../feed/item.ts';
import { watchLimits } from '../limits/publishing.ts';
import { say } from '../messages/sentence.ts';
import { correctionMessages } from '../messages/correction.ts';
import type { Entry, State } from '../outbox/entry.ts';
import { linksOf } from '../policy/links.ts';
import type { App } from './app.ts';

/** The prepared correction of a post, ready for `withdrawPost`; `none` says why there is none. */
export type PreparedCorrection = { kind: 'prepared'; text: string } | { kind: 'none'; message: string };

/** The text that would take this post back, made from the template and the post alone. Nothing is recorded. */
export async function prepareCorrection(app: App, id: string): Promise<PreparedCorrection> {
  const entry = (await app.store.find(id)) ?? (await app.store.findByRemoteId(app.scope, id));
  const text = entry === null ? null : textOf(app, entry);
  if (text !== null) return { kind: 'prepared', text };
  const code = entry === null ? 'unknown-post' : 'no-template';
  return { kind: 'none', message: say(correctionMessages[code], app.config.operatorLang, { id }) };
}

/** An urgent post that stands, and the correction that one step would publish. */
export type Armed = { id: string; correction: string };

/** The newest urgent post of the last two days, with its correction ready; null where there is none. */
export async function armedCorrection(app: App): Promise<Armed | null> {
  const [newest] = await armedPosts(app);
  return newest === undefined ? null : { id: newest.entry.id, correction: newest.correction };
}

/** Every urgent post of the last two days that stands, newest first, each with its correction ready. */
export async function armedPosts(app: App): Promise<readonly { entry: Entry; correction: string }[]> {
  const since = app.clock.now() - watchLimits.windowMs;
  const filter = { scope: app.scope, states: ['published'] as const, newestFirst: true };
  const published = await app.store.list({ ...filter, limit: watchLimits.entriesMax });
  return published
    .filter(
      ({ topic, kind, publishedAt }) =>
        topic === 'urgent' && kind !== 'correction' && (publishedAt ?? 0) >= since,
    )
    .flatMap((entry) => {
      const correction = textOf(app, entry);
      return correction === null ? [] : [{ entry, correction }];
    });
}

/** How long a post that was called wrong has been so, until it is deleted and its correction stands. */
export type CorrectionClock = {
  id: string;
  /** When it stood on the account first. */
  postedAt: EpochMs | null;
  reportedAt: EpochMs;
  deleted: boolean;
  /** null: none was asked for. */
  correction: { id: string; state: State } | null;
};

/** Key of the alert that stands while X has refused the deletion of a post. */
export function refusedDeletionKey(entryId: string): string {
  return `${REFUSED_DELETION}${entryId}`;
}

const REFUSED_DELETION = 'withdrawal:';

/** States of a correction that does not stand yet, though somebody asked for it. */
const NOT_SAID: readonly State[] = ['queued', 'held', 'attempting', 'uncertain', 'rejected'];

/** Every wrong post that is not done with: its withdrawal is on record, the deletion or the correction is not through. */
export async function correctionClocks(app: App): Promise<readonly CorrectionClock[]> {
  const { scope, store } = app;
  const withdrawing = await store.list({ scope, states: ['withdrawing'] });
  const refused = (await store.alerts(scope)).filter(({ key }) => key.startsWith(REFUSED_DELETION));
  const open = (await store.list({ scope, states: NOT_SAID })).filter(isCorrection);
  const ids = new Set([
    ...withdrawing.map(({ id }) => id),
    ...refused.map(({ key }) => key.slice(REFUSED_DELETION.length)),
    ...open.map(({ correctsId }) => correctsId ?? ''),
  ]);
  if (ids.size === 0) return [];
  const filter = { scope, states: ['published'] as const, newestFirst: true };
  const said = (await store.list({ ...filter, limit: watchLimits.entriesMax })).filter(isCorrection);
  const clocks: CorrectionClock[] = [];
  for (const id of ids) {
    const wrong = await store.find(id);
    if (wrong === null) continue;
    const withdrawals = (await store.history(wrong.id)).filter(({ event }) => event === 'withdraw');
    const correction = [...open, ...said].find(({ correctsId }) => correctsId === wrong.id);
    clocks.push({
      id: wrong.id,
      postedAt: wrong.publishedAt,
      reportedAt: withdrawals.at(-1)?.at ?? wrong.createdAt,
      deleted: wrong.state === 'withdrawn',
      correction: correction === undefined ? null : { id: correction.id, state: correction.state },
    });
  }
  return clocks.toSorted((a, b) => a.reportedAt - b.reportedAt);
}

function isCorrection({ kind, correctsId }: Entry): boolean {
  return kind === 'correction' && correctsId !== null;
}

function textOf(app: App, entry: Entry): string | null {
  const { url, lang, publishedAt } = entry;
  return composeCorrection({ title: titleOf(entry), url, lang, postedAt: publishedAt }, app.config.templates);
}

/** What a correction repeats of the post that it takes back. */
export function quotedFrom(correction: string, wrong: Entry): string {
  return quotedTitle(correction, titleOf(wrong));
}

function titleOf({ source, text }: Entry): string {
  return wordsIn(source?.title ?? text.split('\n', 1)[0] ?? '');
}

/** What is quoted are the words: an address among them, quoted so that X links none of it, looks like one of somebody else. */
function wordsIn(title: string): string {
  const words = linksOf(title)
    .reduce((rest, { written }) => rest.replaceAll(written, ' '), title)
    .trim();
  return words === '' ? title : words;
}
