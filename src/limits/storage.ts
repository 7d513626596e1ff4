import { SECOND, MINUTE, HOUR, DAY } from './units.ts';

/*
 * Bounds of what is stored: the outbox, its backups, people and the record of their acts.
 * Every bound has its unit and its reason; a loop, queue, body, batch, retry or wait without one in this folder is a defect.
 */

/** The store on disk. */
export const storeLimits = {
  /** How long a statement waits for another process's transaction; the longest wait measured with two writers was 431 ms. */
  busyMs: 5 * SECOND,
  /** Given up when the disk is full, so that the few pages which record a POST's outcome still fit (about 60 kB). */
  ballastBytes: 1_048_576,
  /** Attempts whose acceptance the database could not take; no more than one a slot of the account are ever in flight. */
  outcomeSlots: 8,
  /** One sector of a disk, which is written whole or not at all. */
  outcomeSlotBytes: 512,
  /** The write-ahead log is cut back to this after a checkpoint, so that one long reader does not cost the space for good. */
  walMaxBytes: 16 * 1_048_576,
  /** Entries that one list may return: a screen, an export, a recovery. More is asked for again. */
  listMax: 10_000,
  /** Remembered items removed in one transaction, so that forgetting never holds up a claim. */
  forgetBatch: 500,
  /** PostgreSQL: a statement, or a transaction that stands still, longer than this is given up; every one of ours takes milliseconds. */
  statementMs: 10 * SECOND,
  /** PostgreSQL: connections of one process; writers take turns anyway. */
  connections: 4,
  /** PostgreSQL: the lease of a holder that no longer renews it ends after this, by the database's clock. */
  leaseTtlMs: 20 * SECOND,
  /** Between two tries for a lease that another process holds: a successor is in place well within a second. */
  leaseRetryMs: 50,
} as const;

/** The documents that polls read, kept beside the store so that a dry run can replay them. */
export const documentLimits = {
  /** Documents of one feed: the present one, and what it looked like before the last changes. */
  perFeed: 5,
  /** Bytes of a document that is kept; the largest real feed seen has under 1 MB. A larger one is read, but not kept. */
  maxBytes: 2 * 1_048_576,
  /** Feeds of one scope whose documents are kept; more are read, but not kept. */
  feedsMax: 100,
  /** Age at which a document is removed. */
  keepMs: 31 * DAY,
} as const;

/** People, their rights, and the record of what they did. */
export const governanceLimits = {
  /** Operators of one institution, disabled ones included. */
  operatorsMax: 200,
  /** Tokens of one operator: a few machines, a few browsers. */
  tokensMax: 20,
  /** Characters of a name or a token's label. */
  nameMax: 80,
  /** Characters of a password; longer than any, short enough to hash. NIST SP 800-63B asks for 15 where a password stands alone. */
  passwordMin: 15,
  passwordMax: 256,
  /** RFC 9106, second recommended option: 64 MiB, three passes; one lane, since the machine has other work. 0.2 s here. */
  argon2: { memoryKiB: 65_536, passes: 3, parallelism: 1, tagBytes: 32, saltBytes: 16 },
  signIn: {
    freeTries: 5,
    windowMs: 15 * MINUTE,
    firstWaitMs: MINUTE,
    /** Longer would let anybody lock a person out. */
    longestWaitMs: HOUR,
    forgetMs: DAY,
    /** Tries are personal data of a kind: kept as long as a misuse may be looked into. */
    keepMs: 30 * DAY,
    keptMax: 10_000,
  },
  /** A browser's sign-in ends after a working day. */
  sessionMs: 12 * HOUR,
  /** Characters of the sentences that a refusal is recorded with; a policy's denial has a few, each of a line. */
  refusalMax: 1_000,
  /** Mistakes of refused settings that one record names; the first tell what was edited. */
  refusedMistakesMax: 20,
  /** Records read at a time while the log is checked or exported. */
  auditPage: 1_000,
  /** Between two pages of the worker's own check: a page takes about 20 ms, and an urgent notice must not wait for many. */
  auditRestMs: 5,
  /** Names of people who left are kept as long as records of minor administrative acts commonly are, then erased. */
  nameKeepMs: 5 * 366 * DAY,
  /** The head of the log is told, and retention done, this often. */
  dailyMs: DAY,
  /** A head that could not be handed outside is handed again after this: twice an hour, so that it stands there within the hour. */
  anchorRetryMs: 30 * MINUTE,
} as const;
