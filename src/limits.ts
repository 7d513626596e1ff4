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
  /** How long an urgent announcement waits, while the own timeline cannot be read at all, before it goes out all the same. */
  guardUrgentMs: MINUTE,
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
  /** The same while the store that would remember it cannot be written. */
  repeatWithoutStoreMs: 10 * MINUTE,
} as const;

/** The worker's loops. */
export const workerLimits = {
  /** Feeds read at the same time; parsing takes its turn in one thread. */
  pollConcurrency: 4,
  /** The longest a loop sleeps without looking again, so that a jumped clock cannot hold it. */
  idleMs: 1 * SECOND,
  /** The longest rest of a slot while X cannot be reached. */
  unreachableMaxMs: 5 * MINUTE,
  /** Rest after the storage failed, so that a full disk is not asked without pause. */
  afterErrorMs: 5 * SECOND,
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
  /** A feed that worked may fail this often in a row, less one, before people are told: a restart is over by then. */
  failuresBeforeTold: 2,
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
  /** Folded characters from which a title says on its own which announcement it is; 人事異動 and お知らせ don't. */
  titleAloneMinChars: 12,
  /** Keys kept of one item, the latest ones; more come only from a title that is edited again and again. */
  keysMax: 64,
  /** Guids kept of one item; some feeds make new ones at every poll. */
  guidsMax: 8,
  /** An edit replaces its title at once; a page that returns after longer carries another announcement. */
  editWindowMs: 14 * DAY,
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
  /** PostgreSQL: a statement, or a transaction that stands still, longer than this is given up; every one of ours takes milliseconds. */
  statementMs: 10 * SECOND,
  /** PostgreSQL: connections of one process; writers take turns anyway. */
  connections: 4,
  /** PostgreSQL: the lease of a holder that no longer renews it ends after this, by the database's clock. */
  leaseTtlMs: 20 * SECOND,
  /** Between two tries for a lease that another process holds: a successor is in place well within a second. */
  leaseRetryMs: 50,
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

/** Judging titles by the words of config/rules.yaml. */
export const classifyLimits = {
  /** Characters of a title that are looked at. Real titles stay under 300. */
  titleMax: 2_000,
  /** Characters between the parts of a word with a gap: about one clause. */
  gapMax: 40,
  /** Characters of one word, words of one list, rules and tests of one file: far above what people maintain. */
  wordMax: 80,
  wordsMax: 1_000,
  rulesMax: 100,
  testsMax: 1_000,
} as const;

/** Composing posts. */
export const composeLimits = {
  /** Characters of a text that twitter-text weighs; its time grows with the square (3.5 s for 40,000). */
  weighedCharsMax: 4_000,
  /** Characters of a title that are composed with: a post holds at most 140 emoji of 15 characters. */
  titleMax: 2_100,
  /** Characters of a title that are cleaned before that. */
  rawTitleMax: 4_000,
  /** Share of the room that a cut at a phrase border may leave empty before a lesser border is taken. */
  phraseLossMax: 0.5,
  /** Looks at a text whose links were taken apart; each round leaves fewer. */
  unlinkRoundsMax: 4,
  /** Weight that a template must leave for the title: 40 Japanese characters, below which titles lose their sense. */
  titleRoomMin: 80,
  /** Characters of a field of a template for forced notices. */
  fieldMax: 200,
} as const;

/** Getting documents from servers that nobody here controls. */
export const fetchLimits = {
  /** One document, redirects included. A ministry's slowest honest page takes a few seconds. */
  totalMs: 20 * SECOND,
  /** No byte for this long: the server hangs (also while connecting or resolving the name). */
  idleMs: 8 * SECOND,
  /** Bytes of the body as sent. The largest real feed seen has under 1 MB. */
  wireMaxBytes: 4 * 1_048_576,
  /** Bytes after decompression; a bomb stops here, at each layer. */
  decodedMaxBytes: 8 * 1_048_576,
  /** Status line and headers together; Node's own default, stated. */
  headersMaxBytes: 16_384,
  /** Compressions on top of each other; honest servers use one. */
  encodingsMax: 2,
  /** Redirects followed; honest sites need one or two. */
  redirectsMax: 5,
  /** Characters of an address. */
  urlMaxChars: 2_048,
  /** Characters of a remembered ETag or Last-Modified; a longer one is not remembered. */
  validatorMaxChars: 512,
  /** Addresses of one name; more are ignored. */
  addressesMax: 16,
  /** Connections open at once in all, and to one host (politeness). */
  socketsMax: 32,
  socketsPerHostMax: 2,
  /** From one visit to a host to the next: several feeds of one site must not look like a flood to it. */
  hostApartMs: SECOND,
  /** A host that throttles one of its feeds is left alone by the others too, but not for longer than this. */
  hostPauseMaxMs: HOUR,
  /** The server's wish not to be asked (max-age, Expires, ttl) counts up to here: a wrong header must not silence a feed. */
  freshForMaxMs: HOUR,
  /** Retry-After counts up to here. */
  retryAfterMaxMs: DAY,
  /** In each span of this length one poll asks without validators: a server whose ETag lies must not silence a feed. */
  unconditionalEveryMs: 6 * HOUR,
  /** People are told this long before a certificate ends: time to renew it through an office. */
  certificateWarningMs: 21 * DAY,
} as const;

/** What the doctor calls wrong. */
export const doctorLimits = {
  /** OAuth 1.0a signatures are refused at five minutes; a minute is already a clock that is not kept. */
  clockSkewMs: MINUTE,
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
  /** Entries that a search looks through, newest first, and shows on one page. */
  searchedMax: 2_000,
  foundMax: 100,
  /** Announcements in the public feeds. */
  feedItems: 50,
  /** Time for a dry run to read its feed. */
  dryRunMs: 30 * SECOND,
  /** Cards of a dry run on one page. */
  dryRunCards: 100,
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

/** Taking a post back. */
export const withdrawLimits = {
  deadlineMs: 15 * SECOND,
  /** First wait after a DELETE whose answer was lost; doubles. Repeating is harmless. */
  retryMs: 2 * SECOND,
  retryMaxMs: 15 * MINUTE,
  /** Then a person must look: the post may still stand. */
  triesMax: 12,
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
  /** Records read at a time while the log is checked or exported. */
  auditPage: 1_000,
  /** Names of people who left are kept as long as records of minor administrative acts commonly are, then erased. */
  nameKeepMs: 5 * 366 * DAY,
  /** The head of the log is told, and retention done, this often. */
  dailyMs: DAY,
} as const;

/** Looking at the own timeline for what the records do not explain. */
export const watchLimits = {
  /** How far back a look reads: a post that is deleted later than this is old enough to be nobody's surprise. X charges a post once a day. */
  windowMs: 48 * HOUR,
  /** Whole readings in a row that must not show a post before it is called gone. */
  missesNeeded: 2,
  /** Entries compared in a look; more than the daily budget allows in the window. */
  entriesMax: 500,
  /** Foreign posts remembered; more would be an account in other hands, and people know by then. */
  rememberedMax: 200,
  /** Characters of a foreign post that an alarm repeats. */
  textChars: 80,
} as const;

/** When the news of one poll waits for a person although each item alone would pass. */
export const floodLimits = {
  /** Fewer news than this are read one by one by whoever follows the account; they are no flood whatever they look like. */
  fewestItems: 5,
  /** Share of a poll that is news, from which the feed is taken for another one. */
  replacedShare: 0.9,
  /** Share of the news that stands on known pages or bears known titles. */
  metBeforeShare: 0.5,
} as const;

/** Dates in what a person typed. */
export const calendarLimits = {
  /** A date without a year is looked for this far back and ahead; the year that fits is taken. */
  yearlessPastMs: 183 * DAY,
  yearlessFutureMs: 330 * DAY,
  /** A date without a year that lies this close behind is surely the last one, not next year's. */
  surelyPastMs: 60 * DAY,
} as const;

/** Tying an announcement to the one that it follows. */
export const followUpLimits = {
  /** Earlier entries that are compared, the newest first; some months of an office's announcements. */
  entriesMax: 500,
  /** Relief after a great disaster is extended for years; beyond this a page is a matter of its own. */
  reachMs: 800 * DAY,
  /** Folded characters that a common beginning must have: 手続の取扱い alone begins many titles. */
  stemMin: 16,
  /** Two titles at least this alike are one matter; those of two disasters reach about 0.85. */
  likenessMin: 0.95,
} as const;

/** Practice. */
export const drillLimits = {
  /** Reports kept: about a year of weekly drills. */
  reportsKept: 50,
} as const;
