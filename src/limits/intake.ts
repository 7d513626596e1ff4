import { SECOND, HOUR, DAY } from './units.ts';

/*
 * Bounds of intake: fetching, parsing, dates, polling and the memory of items.
 * Every bound has its unit and its reason; a loop, queue, body, batch, retry or wait without one in this folder is a defect.
 */

/** Memory of items. */
export const seenLimits = { keepMs: 400 * DAY } as const;

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
  /** Until the thread has loaded what it reads with, 0.2 s on a quiet machine: the document is not to blame for a busy one. */
  workerStartMs: 30 * SECOND,
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
  /** Days whose polls are counted, for the chart of a feed's health: a month and a little, about 3 kB a feed. */
  daysKept: 35,
  /** Outages of a feed that are kept for the people who ask what happened: its last weeks, where it fails now and then. */
  outagesKept: 10,
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

/** When the news of one poll waits for a person although each item alone would pass. */
export const floodLimits = {
  /** Fewer news than this are read one by one by whoever follows the account; they are no flood whatever they look like. */
  fewestItems: 5,
  /** Share of a poll that is news, from which the feed is taken for another one. */
  replacedShare: 0.9,
  /** Share of the news that stands on known pages or bears known titles. */
  metBeforeShare: 0.5,
} as const;
