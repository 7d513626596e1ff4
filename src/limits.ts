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

/** Memory of items. */
export const seenLimits = { keepMs: 400 * DAY } as const;

/** Telling people. */
export const noticeLimits = {
  /** A lasting problem is told again after this, so that it is not forgotten and not shouted. */
  repeatMs: DAY,
} as const;

/** The worker's loops. */
export const workerLimits = {
  /** Feeds read at the same time; parsing takes its turn in one thread. */
  pollConcurrency: 4,
  /** The longest a loop sleeps without looking again, so that a jumped clock cannot hold it. */
  idleMs: 1 * SECOND,
  /** The longest rest of a slot while X cannot be reached. */
  unreachableMaxMs: 5 * MINUTE,
  /** Entries handled in one pass of a loop. */
  passMax: 500,
  /** Tries to write an outcome that the disk refused, one second apart, before the worker stops. */
  settleTries: 60,
  settleRetryMs: 1 * SECOND,
  /** How long a person who forced a notice waits for X's answer before the outcome is called unknown. */
  forcedWaitMs: MINUTE,
  /** How long a command line without a worker waits for another command that has the lease. */
  leaseWaitMs: 20 * SECOND,
  /** Housekeeping: silence, memory of items, ballast. */
  housekeepingMs: MINUTE,
} as const;

/** The command line, its line to the worker, and the process. */
export const edgeLimits = {
  /** One request or answer between the command line and the worker; a post is under 2 kB. */
  linkLineMaxBytes: 65_536,
  /** Command lines that talk to the worker at once. */
  linkConnectionsMax: 16,
  /** A person reads the preview and decides meanwhile. */
  linkIdleMs: 10 * MINUTE,
  /** To find out whether a worker listens; it answers in a millisecond, or is stuck. */
  linkConnectMs: 2 * SECOND,
  /** A worker that does not answer a ping or a proposal by then is taken for stuck. */
  linkAskMs: 10 * SECOND,
  /** Requests whose answers are kept, so that a repeated one is answered, not done again. */
  linkAnswersKept: 1_000,
  /** `urgent` waits so long for X's answer, then says that the outcome is unknown. */
  urgentWaitMs: 60 * SECOND,
  /** The path of a Unix socket must stay under 108 bytes (104 on some systems). */
  socketPathMaxBytes: 100,
  /** Timers stand still in suspend: a long wait looks at the clock at least this often. */
  sleepSliceMs: 30 * SECOND,
  /** A terminal and npm both pass on one Ctrl-C; what comes this soon after it is the same one. */
  sameSignalMs: 500,
  /** Stray exceptions of libraries that are survived in a minute; more means that the process is broken. */
  straysPerMinute: 20,
  /** What a finished command left open may take this long to close. */
  exitGraceMs: 3 * SECOND,
} as const;

/** Reading a document that somebody else wrote. Every bound is far above an honest feed and far below what hurts. */
export const parseLimits = {
  /** The largest honest feed met had 2 M characters; 10 M still parses in under a second. */
  charsMax: 10_000_000,
  /** Markup in an honest item is under 20 levels deep; recursion in readers fails at thousands. */
  depthMax: 64,
  elementsMax: 300_000,
  attributesMax: 64,
  /** Lists of announcements hold 10 to 500 items. */
  itemsMax: 2_000,
  /** Characters of one title before it is cleaned; a longer one is cut and shown to people, never posted. */
  titleCharsMax: 4_000,
  /** Characters of one id, link or date; longer ones are no address and no date. */
  fieldCharsMax: 4_096,
  /** Characters of a link that may be published. */
  linkCharsMax: 2_048,
  /** A list page is HTML, where layout nests deeper than in a feed. */
  htmlDepthMax: 512,
  /** A document that takes longer than this is an attack or a defect: 9 MB take 0.8 s. */
  parseDeadlineMs: 5 * SECOND,
  /** Heap of the thread that parses; 9 MB of feed need under 200. */
  workerHeapMb: 256,
  /** The thread ends after this rest, since a poll every few minutes needs no thread in between. */
  workerIdleMs: 30 * SECOND,
  /** Documents waiting for the thread; the polls in flight are fewer. */
  workerQueueMax: 256,
} as const;

/** Dates that a feed gives. */
export const dateLimits = {
  /** More than this ahead is flagged: clocks and zones err by hours, not by days. */
  futureMs: DAY,
  /** More than this ahead is a slip of the calendar (a year 2088 stood in a ministry's feed), not a plan. */
  absurdFutureMs: 366 * DAY,
  /** No office published on the web before 1990. */
  absurdPastMs: Date.UTC(1990, 0, 1),
} as const;

/** When a feed is asked again. */
export const pollLimits = {
  /** Each poll is moved by up to this share of its wait, so that many programs don't ask in the same second. */
  jitterShare: 0.1,
  /** After failures the wait doubles up to this. */
  backOffMaxMs: 6 * HOUR,
  /** An address that is gone for good (410) is still asked once a day, because people make mistakes. */
  goneMs: DAY,
  /** A server may ask us to wait, but not for longer than this: urgent notices come through the same feed. */
  serverWishMaxMs: 6 * HOUR,
  /** No feed is asked more often than this, whatever the configuration says. */
  intervalMinMs: 10 * SECOND,
} as const;

/** Knowing an item again. */
export const identityLimits = {
  /** Titles at least this alike (Dice coefficient of character pairs) may be one title, edited. */
  likenessMin: 0.6,
  /** More than this share of doubled guids in a poll, and the feed's guids are not believed again. */
  doubledGuidShare: 0.05,
  /** Characters of a folded title that count. */
  foldedCharsMax: 2_000,
  /** Keys kept of one item; an item that meets more is a page that carries many announcements. */
  keysMax: 64,
} as const;

/** The store on disk. */
export const storeLimits = {
  /** How long a statement waits for another process's transaction; the longest wait measured with two writers was 431 ms. */
  busyMs: 5 * SECOND,
  /** Given up when the disk is full, so that the few pages which record a POST's outcome still fit (about 60 kB). */
  ballastBytes: 1_048_576,
  /** The write-ahead log is cut back to this after a checkpoint, so that one long reader does not cost the space for good. */
  walMaxBytes: 16 * 1_048_576,
  /** Entries that one list may return: a screen, an export, a recovery. More is asked for again. */
  listMax: 10_000,
  /** Remembered items removed in one transaction, so that forgetting never holds up a claim. */
  forgetBatch: 500,
  /** Between two tries for a lease that another process holds: a successor is in place well within a second. */
  leaseRetryMs: 50,
} as const;
