import { SECOND, MINUTE, HOUR } from './units.ts';

/*
 * Bounds of the edges: command line, console and sandbox.
 * Every bound has its unit and its reason; a loop, queue, body, batch, retry or wait without one in this folder is a defect.
 */

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
  /** How often a worker that broke off is asked again, and after which pause: a killed process is gone within a few of them. */
  linkTries: 20,
  linkPauseMs: 100,
  /** A worker that ends waits so long for answers that are still being made. */
  linkDrainMs: 2 * SECOND,
  /** Requests whose answers are kept, so that a repeated one is answered, not done again. */
  linkAnswersKept: 1_000,
  /** The worker says after 60 s that X's answer is unknown; a worker that does not even say that is silent. */
  urgentWaitMs: 65 * SECOND,
  /** The path of a Unix socket must stay under 108 bytes (104 on some systems). */
  socketPathMaxBytes: 100,
  /** Timers stand still in suspend: a long wait looks at the clock at least this often. */
  sleepSliceMs: 30 * SECOND,
  /** A terminal and npm both pass on one Ctrl-C; what comes this soon after it is the same one. */
  sameSignalMs: 500,
  /** A line of the log to a full pipe: at most 100 ms of waiting, because a slow reader must not hold up a post. */
  logTries: 20,
  logPauseMs: 5,
  /** Stray exceptions of libraries that are survived in a minute; more means that the process is broken. */
  straysPerMinute: 20,
  /** What a finished command left open may take this long to close. */
  exitGraceMs: 3 * SECOND,
  /** Where the sandbox listens by default, so that its timeline keeps its address; else one of the next free ports. */
  sandboxPort: 7_090,
  sandboxPortsTried: 20,
  /** The newcomer's first minute: what is there is known, then something new comes every few seconds. */
  sandboxFeed: { baselineItems: 5, firstReleaseMs: 6 * SECOND, releaseEveryMs: 8 * SECOND },
} as const;

/** The local server that plays X. It faces this machine only, yet a test or a bug must not exhaust it. */
export const sandboxLimits = {
  /** Of any request; X's and the control routes' honest bodies are a few kB. */
  bodyMaxBytes: 1_048_576,
  /** Characters of a body kept in the request log, so that a full log stays under 100 MB. */
  loggedBodyChars: 8_000,
  requestsKept: 10_000,
  postsKept: 5_000,
  /** More than one signature age of requests at the highest rate that X allows. */
  noncesKept: 20_000,
  faultsMax: 1_000,
  connectionsMax: 256,
  /** Characters; longer texts are refused unread: twitter-text takes seconds for some of them. */
  textMaxChars: 4_000,
  /** X refuses OAuth timestamps further off than this. */
  signatureAgeMs: 5 * MINUTE,
  rateWindowMs: 15 * MINUTE,
  /** Requests of one user per window, X's documentation of 2026-08. */
  ratePerWindow: { post: 100, delete: 50, read: 900, identity: 75 },
  faultDelayMaxMs: 10 * MINUTE,
  /** Large enough to prove that a reader bounds itself, small enough for a test. */
  hugeAnswerBytes: 64 * 1_048_576,
  dripEveryMs: 200,
  dripMaxMs: 2 * MINUTE,
  /** A feed document's items; real feeds carry 20 to 50. */
  feedItemsShown: 40,
  feedItemsAddedMax: 1_000,
  /** After the script a quiet trickle, so that a sandbox left running stays readable. */
  feedTrickleMs: MINUTE,
  pagePostsShown: 100,
  /** A reader sees a new post within this time. */
  pageRefreshSeconds: 5,
  /** The file of posts is rewritten when it holds this many lines, and a larger file is not read. */
  stateLinesMax: 20_000,
  stateMaxBytes: 64 * 1_048_576,
} as const;

/** The operators' pages. */
export const consoleLimits = {
  postsShown: 20,
  /** Posts that went out last, on the first page: what came before stands in the history. */
  lastShown: 5,
  /** Ports tried after the default one. */
  portsTried: 20,
  requestTimeoutMs: 10 * SECOND,
  connectionsMax: 200,
  /** Bytes of a form: a post, a reason, and what frames them. */
  formMaxBytes: 65_536,
  /** Bytes of the form into which a document is pasted; a character of Japanese needs nine of them on the way. */
  documentFormMaxBytes: 1_048_576,
  /** Characters of a pasted document; the largest real list of announcements met has under 300,000. */
  pastedMax: 500_000,
  /** Characters of a reason, as the record shows it in one paragraph. */
  reasonMax: 500,
  /** Browsers that are signed in at once; one more ends the one that was used least lately. */
  sessionsMax: 200,
  /** A browser that nobody used for this long asks again: an office computer is left alone over lunch. */
  idleMs: HOUR,
  /** A working day. */
  sessionMs: 12 * HOUR,
  /** Answers to sent forms that one session remembers. */
  answersMax: 200,
  /** Pages that are told of changes as they happen, and how often the store is looked at for them. */
  livePagesMax: 50,
  liveEveryMs: SECOND,
  /** A line is sent on a quiet stream this often, so that a lost server is noticed. */
  liveBeatMs: 10 * SECOND,
  /** Characters of the path that a person is led back to after signing in. */
  returnMax: 500,
  /** Entries that a search looks through for one page, newest first, so many at a time, and shows on it; the next page goes on from there. */
  searchedMax: 5_000,
  searchedAtOnce: 500,
  foundMax: 100,
  /** Decisions shown of each rule, template and feed, and how many of the newest posts and items are looked through for them. */
  decisionsShown: 5,
  decisionsSearched: 500,
  /** Days of polls, and kept documents, shown of each feed. */
  pollDaysShown: 7,
  keptShown: 5,
  /** Own posts shown beside a doubt: a person compares each by eye. */
  evidenceShown: 10,
  /** Time to read them while a page waits, and how long the same reading stands: X charges for each. */
  evidenceMs: 6 * SECOND,
  evidenceKeptMs: MINUTE,
  /** Doubts whose readings are kept. */
  evidencesMax: 50,
  /** Announcements in the public feeds. */
  feedItems: 50,
  /** Characters of a text in a form: many posts' worth, so that what is pasted is seen to be too long instead of being cut. */
  textMax: 2_000,
  /** Pairs of words compared to show what changed between two texts: two posts of 500 words each, in some milliseconds. */
  diffCellsMax: 250_000,
  /** Time for a dry run to read its feed. */
  dryRunMs: 30 * SECOND,
  /** Days that the charts show, and feeds that have one of their own. */
  chartDays: 30,
  chartFeeds: 40,
  /** Cards of a dry run on one page. */
  dryRunCards: 100,
} as const;
