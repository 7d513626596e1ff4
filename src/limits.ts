/**
 * Every bound in the program, with its unit and its reason. What is not bounded here is not bounded anywhere,
 * so a loop, queue, body, batch, retry or wait without a limit in this file is a defect.
 */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Publishing to X. */
export const publishLimits = {
  /** X's weighted length of a post for an account without long posts. */
  weightMax: 280,
  /** From the first byte of the POST to the end of the answer. X answers in under 2 s; past this it is doubt. */
  postDeadlineMs: 15 * SECOND,
  /** DNS, TCP and TLS, before the claim. */
  connectDeadlineMs: 10 * SECOND,
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
} as const;

/** Memory of items. */
export const seenLimits = { keepMs: 400 * DAY } as const;
