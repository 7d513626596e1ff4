import { SECOND, MINUTE, HOUR, DAY } from './units.ts';

/*
 * Bounds of publishing: requests to X, doubt, withdrawal, and the life of a post.
 * Every bound has its unit and its reason; a loop, queue, body, batch, retry or wait without one in this folder is a defect.
 */

/** Publishing to X. */
export const publishLimits = {
  /** X's weighted length of a post for an account without long posts. */
  weightMax: 280,
  /** Wordings of one post, edits included: people agree on a text long before that, and a chain of versions has an end. */
  versionsMax: 50,
  /** From the first byte of the POST to the end of the answer. X answers in under 2 s; past this it is doubt. */
  postDeadlineMs: 15 * SECOND,
  /** DNS, TCP and TLS, before the claim. */
  connectDeadlineMs: 10 * SECOND,
  /** How long an urgent announcement waits, while the own timeline cannot be read at all, before it goes out all the same. */
  guardUrgentMs: MINUTE,
  /** How long X must have kept own posts back before announcements go out uncompared: a single 401 is often X's own outage. */
  guardUnsureMs: 15 * MINUTE,
  /** Reads of identity and own posts. */
  readDeadlineMs: 15 * SECOND,
  /** A claim older than this never writes: the process was frozen in between. */
  claimMaxAgeMs: 20 * SECOND,
  /** X's largest honest answer is a few kB; an endless one must not fill memory. */
  answerMaxBytes: 1_048_576,
} as const;

/** Looking for an uncertain post. A floor in live mode: X's read side lags behind its write side. */
export const reconcileLimits = {
  /** A "not there" counts only if the read began this long after the attempt's deadline (simulated: 30 s doubled posts). */
  quarantineMs: 150 * SECOND,
  missesNeeded: 2,
  missSpacingMs: 30 * SECOND,
  readsMax: 20,
  /** Waits between early reads, which can only find. */
  probeMs: [2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE],
  /** A next look further ahead than this was written by a clock that has jumped since. */
  lookAheadMaxMs: HOUR,
  /** Clocks of X and ours may differ by this much. */
  skewMs: MINUTE,
} as const;

/** The life of an entry. */
export const entryLimits = {
  staleItemMs: 7 * DAY,
  mainQueuedMaxMs: 72 * HOUR,
  duplicateTextWindowMs: 30 * DAY,
  futureDatedMs: DAY,
  /** Pauses after attempts that left nothing at X. */
  retryMs: [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE],
  /** When X throttles without saying until when. */
  throttleDefaultMs: 15 * MINUTE,
  /** Credentials or credit refused: look again after this. */
  accountRefusedMs: 15 * MINUTE,
  /** The longest that X's own word can stop the account; X's windows are 15 minutes and 24 hours. */
  stopMaxMs: 25 * HOUR,
  /** The longest that quiet hours or a spent day can defer a post. */
  deferMaxMs: 25 * HOUR,
} as const;

/** Reading X's answers. */
export const answerLimits = {
  /** Characters of X's own words that are kept: enough for its longest sentence, short enough for a list. */
  detailMaxChars: 300,
  /** X's longest window is 24 hours; a reset further ahead is a mistake. */
  throttleMaxMs: 25 * HOUR,
  /** Bytes of one request of ours: 280 weighted characters, their escapes and the signed headers stay far below. */
  requestMaxBytes: 65_536,
  /** Posts on one page of the own timeline, X's largest. */
  timelinePagePosts: 100,
  /** Pages of one look: with replies excluded X shows no more than 800 posts. */
  timelinePagesMax: 8,
  /** Under this much time left no POST is begun: it would end in doubt. */
  postMinMs: SECOND,
} as const;

/** Recognising the own post. */
export const searchLimits = {
  /** A look begins this long before the first attempt: OAuth already refuses clocks that are 5 minutes off. */
  lookbackMs: HOUR,
  /** After X called a text a duplicate, the older post that it may mean is looked for this far back. */
  duplicateLookbackMs: 48 * HOUR,
  /** Looks that X forbids before a person is asked; a single 401 is often X's own outage. */
  forbiddenReadsMax: 3,
  /** Longest wait between looks while X can't be read. */
  unreadableWaitMaxMs: 15 * MINUTE,
  /** X's Date header has whole seconds: look this much after the quarantine, so that the look counts. */
  dateGrainMs: 2 * SECOND,
} as const;

/** Taking a post back. */
export const withdrawLimits = {
  deadlineMs: 15 * SECOND,
  /** First wait after a DELETE whose answer was lost; doubles. Repeating is harmless. */
  retryMs: 2 * SECOND,
  retryMaxMs: 15 * MINUTE,
  /** Then a person must look: the post may still stand. */
  triesMax: 12,
} as const;

/** Looking at the own timeline for what the records do not explain. */
export const watchLimits = {
  /** How far back a look reads: a post that is deleted later than this is old enough to be nobody's surprise. X charges a post once a day. */
  windowMs: 48 * HOUR,
  /** Where the last look is longer ago than the window, a look reads back to so long before it: clocks differ, and X shows a post late. */
  lookbackMs: HOUR,
  /** So long after a look was due, people are told that nobody watches the account. A fault of X is often over by then. */
  unreadTellMs: HOUR,
  /** Whole readings in a row that must not show a post before it is called gone. */
  missesNeeded: 2,
  /** Entries compared in a look; more than the daily budget allows in the window. */
  entriesMax: 500,
  /** Foreign posts remembered; more would be an account in other hands, and people know by then. */
  rememberedMax: 200,
  /** Characters of a foreign post that an alarm repeats. */
  textChars: 80,
} as const;
