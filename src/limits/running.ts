import { SECOND, MINUTE, HOUR, DAY } from './units.ts';

/*
 * Bounds of the running program: loops, notices, configuration and checks.
 * Every bound has its unit and its reason; a loop, queue, body, batch, retry or wait without one in this folder is a defect.
 */

/** Telling people. */
export const noticeLimits = {
  /** A lasting problem is told again after this, so that it is not forgotten and not shouted. */
  repeatMs: DAY,
  /** What was held for less than this when the daily reminder comes was told a moment ago. */
  remindAfterMs: HOUR,
  /** Posts that one reminder names; more are a backlog, which the board shows. */
  remindedMax: 20,
  /** The same while the store that would remember it cannot be written. */
  repeatWithoutStoreMs: 10 * MINUTE,
} as const;

/** The institution's own server, to which alarms and the head of the audit log are handed. */
export const outsideLimits = {
  /** A server that takes a few hundred bytes answers in less; nobody waits for it but the next alarm. */
  deadlineMs: 10 * SECOND,
  /** An alarm is handed over so often at most, this far apart: a restart of that server takes less, and twice told is no harm. */
  tries: 3,
  retryMs: 20 * SECOND,
  /** Alarms that wait while it does not answer; the board and the log have them all. */
  waitingMax: 100,
  /** At the end of the program, for what is on its way. */
  closeMs: 3 * SECOND,
} as const;

/** The worker's loops. */
export const workerLimits = {
  /** Feeds read at the same time; parsing takes its turn in one thread. */
  pollConcurrency: 4,
  /** The longest a loop sleeps without looking again, so that a jumped clock cannot hold it. */
  idleMs: 1 * SECOND,
  /** The longest rest of a slot while X cannot be reached. */
  unreachableMaxMs: 5 * MINUTE,
  /** People are told that X cannot be reached after this: for seconds it happens now and then, and ends by itself. */
  unreachableTellMs: MINUTE,
  /** People are told that X's answers are unclear after this, none of them further apart: a single doubt ends by itself in three minutes. */
  unclearTellMs: 10 * MINUTE,
  /** Rest after the storage failed, so that a full disk is not asked without pause. */
  afterErrorMs: 5 * SECOND,
  /** The longest rest of a feed whose poll could not be recorded: at most as often as any server is asked, and under `soundAgainMs`. */
  unrecordedRestMaxMs: 30 * SECOND,
  /** A poll that could not be recorded is told from this one in a row on: a store may be locked, or another process first, once. */
  unrecordedTellTimes: 2,
  /** The storage works again when no loop has failed for this: each comes back after a few seconds, and meets the fault again if it is there. */
  soundAgainMs: MINUTE,
  /** The wall clock has jumped if it moved this much against the boot clock between two looks; time services slew by less. */
  clockJumpMs: MINUTE,
  /** A poll planned further ahead than this was planned by a clock that has jumped since. */
  pollAheadMaxMs: 2 * DAY,
  /** Entries handled in one pass of a loop. */
  passMax: 500,
  /** Tries to write an outcome that the disk refused, one second apart, before the worker stops. */
  settleTries: 60,
  settleRetryMs: 1 * SECOND,
  /** How long a person who forced a notice waits for X's answer before the outcome is called unknown. */
  forcedWaitMs: MINUTE,
  /** Between looks at an entry whose answer a person waits for; well under the second they are promised. */
  answerPollMs: 50,
  /** How long a command line without a worker waits for another command that has the lease. */
  leaseWaitMs: 20 * SECOND,
  /** Housekeeping: silence, memory of items, ballast. */
  housekeepingMs: MINUTE,
} as const;

/** What the doctor calls wrong. */
export const doctorLimits = {
  /** OAuth 1.0a signatures are refused at five minutes; a minute is already a clock that is not kept. */
  clockSkewMs: MINUTE,
} as const;

/** Settings. Files are written by people; what is larger than this was not. */
export const configLimits = {
  /** Bytes of one file. */
  fileMaxBytes: 1_048_576,
  /** Feeds of one institution; each is read on its own. */
  feedsMax: 50,
  /** Characters of one word, selector or name, and entries of one list. */
  wordMax: 200,
  wordsMax: 200,
  /** New items that one poll may bring without being held; more than this is no longer a bound. */
  burstMax: 1_000,
  /** X lets an account post 2,400 times a day at most. */
  postsADayMax: 2_400,
  /** Of one request and of a month, in whatever currency: above these somebody mistyped. */
  priceMax: 10_000,
  monthlyMax: 100_000_000,
  /** Polling: another institution's server is asked twice a minute at most, this machine once a second. */
  pollFloorMs: 30 * SECOND,
  pollFloorLocalMs: SECOND,
  pollCeilingMs: DAY,
  /** A feed may be quiet for this long before people are told. */
  silenceFloorMs: HOUR,
  silenceCeilingMs: 400 * DAY,
  /** Looks for an uncertain post. */
  missesMax: 10,
  readsMax: 100,
} as const;

/** Dates in what a person typed. */
export const calendarLimits = {
  /** A date without a year is looked for this far back and ahead; the year that fits is taken. */
  yearlessPastMs: 183 * DAY,
  yearlessFutureMs: 330 * DAY,
  /** A date without a year that lies this close behind is surely the last one, not next year's. */
  surelyPastMs: 60 * DAY,
} as const;

/** Practice. */
export const drillLimits = {
  /** Reports kept: about a year of weekly drills. */
  reportsKept: 50,
} as const;

/** Telling how far long work is. */
export const progressLimits = {
  /** Works that are shown at once: every feed's first reading, and exports beside them. More go on unseen. */
  tasksMax: 100,
  /** Items handled between two breaths, in which the rest of the program has its turn; about 50 ms of work. */
  itemsABreath: 100,
  /** Main posts due at once that are a backlog: fewer are out before anybody would look. */
  backlogMin: 5,
  /** A terminal's line is written anew at most this often; nobody reads faster. */
  terminalEveryMs: 100,
} as const;
