import { createHash } from 'node:crypto';
import type { FeedConfig } from '../feed/feed-config.ts';
import type { FeedProblem, FeedState } from '../feed/feed-state.ts';
import type { Fetched, Fetcher, FetchProblem, ReadDocumentFile, ServerHints } from '../feed/fetched.ts';
import type { EpochMs } from '../feed/item.ts';
import type { FeedParser, Parsed } from '../feed/parsed-feed.ts';
import { fetchLimits } from '../limits/intake.ts';
import type { FeedReader, FeedReading, FeedReadingState, KeptDocument, ReadKept } from './ports.ts';

/** What a reader is made of; `contact` is an address at which a server's owner reaches the institution. */
export type FeedReaderParts = {
  fetcher: Fetcher;
  parser: FeedParser;
  readFile: ReadDocumentFile;
  contact: string;
};

type Document = {
  bytes: Uint8Array;
  contentType: string | null;
  /** null for a file: it has no address that links could be relative to. */
  finalUrl: string | null;
  etag: string | null;
  lastModified: string | null;
  hints: ServerHints;
};

type Got = ({ kind: 'document' } & Document) | Exclude<Fetched, { kind: 'document' }>;

const NO_HINTS: ServerHints = { freshForMs: null, certificateExpiresAt: null };

const SAYS_NOTHING = { retryAfterMs: null, gone: false };

/** A feed reader on a fetcher, a parser and a file reader. Its readings are values; it never throws. */
export function createFeedReader(parts: FeedReaderParts): FeedReader {
  const userAgent = userAgentFor(parts.contact);
  return {
    async read(feed, state, now, signal) {
      try {
        return await readFeed(parts, userAgent, { feed, state, now }, signal);
      } catch (error) {
        // The parts promise not to throw; a defect in one must cost this poll, not the worker.
        const detail = String(error).slice(0, 200);
        return failure([{ code: 'parse-failed', detail }], SAYS_NOTHING, state, now);
      }
    },
    close: () => parts.parser.close(),
  };
}

/** Reads a document that was kept or pasted. It is compared with nothing and leaves no trace. */
export function createKeptReader(parser: FeedParser): ReadKept {
  return async (feed, document) => {
    const { readAt } = document;
    try {
      if (document.bytes.length === 0)
        return failure([{ code: 'empty', detail: '0 bytes' }], SAYS_NOTHING, null, readAt);
      const parsed = await parser.parse({ ...document, feed, now: readAt });
      const whole = { ...document, etag: null, lastModified: null, hints: NO_HINTS };
      return readingOf(parsed, whole, '', null, readAt);
    } catch (error) {
      const detail = String(error).slice(0, 200);
      return failure([{ code: 'parse-failed', detail }], SAYS_NOTHING, null, readAt);
    }
  };
}

async function readFeed(
  parts: FeedReaderParts,
  userAgent: string,
  { feed, state, now }: { feed: FeedConfig; state: FeedState | null; now: EpochMs },
  signal: AbortSignal,
): Promise<FeedReading> {
  const print = fingerprint(feed);
  // What was remembered under other settings describes another document.
  const usable = state !== null && state.baselineDone && state.bodyHash?.startsWith(`${print}:`);
  const known = usable === true ? state : null;
  const compared = asksInFull(known, now) ? null : known;
  const fetched = await getDocument(parts, feed, userAgent, compared, signal);
  if (fetched.kind === 'failed') return failure([fetched.problem], fetched, state, now);
  if (fetched.kind === 'not-modified') return unchanged(compared, fetched, state, now);
  const { bytes, contentType, finalUrl } = fetched;
  if (bytes.length === 0) return failure([{ code: 'empty', detail: '0 bytes' }], SAYS_NOTHING, state, now);
  const bodyHash = `${print}:${createHash('sha256').update(bytes).digest('hex')}`;
  if (compared?.bodyHash === bodyHash) return unchanged(compared, fetched, state, now);
  const parsed = await parts.parser.parse({ bytes, contentType, finalUrl, feed, now });
  const document: KeptDocument = { bytes, contentType, finalUrl, readAt: now };
  return { ...readingOf(parsed, fetched, bodyHash, state, now), document };
}

function readingOf(
  parsed: Parsed,
  document: Document,
  bodyHash: string,
  state: FeedState | null,
  now: EpochMs,
): FeedReading & { kind: 'items' | 'failed' } {
  const found: FetchProblem[] = [...parsed.problems];
  const moved = movedProblem(document.hints);
  if (parsed.items.length === 0) {
    if (found.length > 0) return failure([...found, ...moved], SAYS_NOTHING, state, now);
    const vanished = vanishedProblem(state);
    if (vanished !== null) found.push(vanished);
  }
  // A document with a fault is read again at every poll until it is whole: nothing that it hid may be skipped as "unchanged".
  const whole = found.length === 0;
  const problems = [...found, ...certificateProblem(document.hints, now), ...moved].map((one) =>
    since(one, state, now),
  );
  return {
    kind: 'items',
    items: parsed.items,
    problems,
    doubledGuids: parsed.doubledGuids,
    state: {
      etag: whole ? document.etag : null,
      lastModified: whole ? document.lastModified : null,
      bodyHash: whole ? bodyHash : null,
      lastBuildDate: parsed.lastBuildDate,
      ttlMs: parsed.ttlMs,
      notBeforeMs: longest(document.hints.freshForMs, parsed.ttlMs),
    },
  };
}

/** The document is the one last committed, which had no problem of its own. */
function unchanged(
  known: FeedState | null,
  answer: Exclude<Got, { kind: 'failed' }>,
  state: FeedState | null,
  now: EpochMs,
): FeedReading {
  const kept: FeedReadingState = {
    // A 304 need not repeat what it was compared with; a document that comes without validators has none any more.
    etag: answer.etag ?? (answer.kind === 'not-modified' ? (known?.etag ?? null) : null),
    lastModified:
      answer.lastModified ?? (answer.kind === 'not-modified' ? (known?.lastModified ?? null) : null),
    bodyHash: known?.bodyHash ?? null,
    lastBuildDate: known?.lastBuildDate ?? null,
    ttlMs: known?.ttlMs ?? null,
    notBeforeMs: longest(answer.hints.freshForMs, known?.ttlMs ?? null),
  };
  const found = [...certificateProblem(answer.hints, now), ...movedProblem(answer.hints)];
  const problems = found.map((one) => since(one, state, now));
  return { kind: 'unchanged', problems, state: kept };
}

function failure(
  problems: readonly FetchProblem[],
  server: { retryAfterMs: number | null; gone: boolean },
  state: FeedState | null,
  now: EpochMs,
): FeedReading & { kind: 'failed' } {
  const { retryAfterMs, gone } = server;
  return { kind: 'failed', problems: problems.map((one) => since(one, state, now)), retryAfterMs, gone };
}

async function getDocument(
  parts: FeedReaderParts,
  feed: FeedConfig,
  userAgent: string,
  known: FeedState | null,
  signal: AbortSignal,
): Promise<Got> {
  if (feed.location.kind === 'url') {
    const { url } = feed.location;
    const { allowPrivateAddress } = feed;
    const validators = { etag: known?.etag ?? null, lastModified: known?.lastModified ?? null };
    return parts.fetcher.get({ url, ...validators, allowPrivateAddress, userAgent }, signal);
  }
  const file = await parts.readFile(feed.location.path);
  if (file.kind === 'failed') return { ...file, retryAfterMs: null, gone: false };
  return { ...file, finalUrl: null, contentType: null, etag: null, lastModified: null, hints: NO_HINTS };
}

/**
 * Now and then a poll compares nothing and reads the whole document: a server whose ETag never changes cannot silence a feed,
 * and what an unchanged feed still lists is seen again and not forgotten.
 */
function asksInFull(known: FeedState | null, now: EpochMs): boolean {
  const span = (at: EpochMs): number => Math.floor(at / fetchLimits.unconditionalEveryMs);
  return known === null || span(known.lastPollAt ?? 0) !== span(now);
}

/** What decides how a document is read. Without it an edit of the settings would wait for the next edit of the feed. */
function fingerprint(feed: FeedConfig): string {
  const { kind, location, lang, titleIncludes, selectors } = feed;
  const text = JSON.stringify({ kind, location, lang, titleIncludes, selectors });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Nothing is an answer only from a feed that never had anything. The problem stays until items are back. */
function vanishedProblem(state: FeedState | null): FetchProblem | null {
  const told = state?.problems.find((problem) => problem.code === 'items-vanished');
  if (told !== undefined) return { code: told.code, detail: told.detail };
  const before = state?.itemCount ?? 0;
  if (before === 0) return null;
  return { code: 'items-vanished', detail: `${before} items before, none now` };
}

function certificateProblem(hints: ServerHints, now: EpochMs): FetchProblem[] {
  const end = hints.certificateExpiresAt;
  if (end === null || end - now > fetchLimits.certificateWarningMs) return [];
  return [{ code: 'certificate-expires', detail: `until ${new Date(end).toISOString().slice(0, 10)}` }];
}

/** A redirect for good is followed, but one day it will be gone. */
function movedProblem({ movedTo }: ServerHints): FetchProblem[] {
  return movedTo === undefined ? [] : [{ code: 'moved', detail: movedTo }];
}

function since(problem: FetchProblem, state: FeedState | null, now: EpochMs): FeedProblem {
  const old = state?.problems.find((known) => known.code === problem.code);
  return { ...problem, since: old?.since ?? now };
}

function longest(...wishes: readonly (number | null)[]): number | null {
  const capped = wishes
    .filter((wish) => wish !== null)
    .map((wish) => Math.min(wish, fetchLimits.freshForMaxMs));
  return capped.length === 0 ? null : Math.max(...capped);
}

/** Header values are ASCII; anything else in the contact would make every request fail. */
function userAgentFor(contact: string): string {
  const safe = contact
    .replace(/[^\x21-\x7e]+/g, ' ')
    .trim()
    .slice(0, 200);
  return safe === '' ? 'kosatsu' : `kosatsu (+${safe})`;
}
