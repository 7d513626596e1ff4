/** How people write dates, as expressions over text of half-width figures. The groups are named as in dates.ts. */

const MONTH_NAME =
  '(?<monthName>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY_NAME = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?![A-Za-z])\\.?';
/** The days as letters, and as single signs in brackets or circles. */
export const KANJI_DAYS = '月火水木金土日';
export const DAY_SIGNS = '㈪㈫㈬㈭㈮㈯㈰㊊㊋㊌㊍㊎㊏㊐';

const KANJI_NUMBERS = '〇一二三四五六七八九十';
const SMALL = `\\d{1,2}|[${KANJI_NUMBERS}]{1,3}`;
const YEAR = '\\d{4}|[〇一二三四五六七八九]{4}';
const ERA_YEAR = '元|\\d{1,2}|[一二三四五六七八九十]{1,3}';
const HOLIDAY = '(?:祝日?|休日?|振休|振替休日)';
const ORDINAL = '(?:st|nd|rd|th)?';

/** (火), （火曜日・祝日）, [Tue], 【㈫】: a weekday that is set apart belongs to the date before it. */
const IN_BRACKETS = `\\s*[([【〔〈]\\s*(?:${HOLIDAY}\\s*[・･,、]?\\s*)?(?:(?<weekday>[${KANJI_DAYS}])(?:曜日?)?(?:\\s*[・･,、]?\\s*${HOLIDAY})?|(?<weekday>${DAY_NAME})|(?<weekday>[${DAY_SIGNS}]))\\s*[)\\]】〕〉]`;
/** A weekday that begins a range or a list is another one: "12月4日、月曜日から", "December 4, Monday to Friday". */
const GOES_ON = '(?!\\s*(?:から|以外|を除|及び|と|[、,・～〜&/–—-]|to\\b|through\\b|and\\b|or\\b|s\\b))';
const BARE = `(?:\\s*[、,・はの]?\\s*(?<weekday>[${KANJI_DAYS}])曜日?${GOES_ON}|\\s*(?<weekday>[${DAY_SIGNS}])|,?\\s+(?<weekday>${DAY_NAME})${GOES_ON})`;
const AFTER = `(?:${IN_BRACKETS}|${BARE})?`;
const BEFORE = `(?:(?<!毎週|毎月|第\\d)(?<weekdayBefore>[${KANJI_DAYS}])曜日?\\s*の?\\s*|(?<![A-Za-z])(?<weekdayBefore>${DAY_NAME})(?:,?\\s+|\\s*[([–—-]\\s*)(?:the\\s+)?)?`;

const ERA = '(?:(?<era>令和|平成|昭和|㋿)|(?<![A-Za-z])(?<era>[RHS]))\\s*';
/** What makes a date of 11/30, which could as well be a share, and what asks for something by then. */
const BY = '(?:まで(?!軽減|減)|迄|必着|締切|〆切|限り)';
const TIME = '(?:\\d{1,2}:\\d{2}|\\d{1,2}時|午前|午後|正午)';
const DUE =
  '(?:期限|期日|締切日?|〆切|満了日|until|till|before|due(?: on)?|deadline|(?<!reduced )by)[\\s:はをが]{0,3}';
const NO_SLASH = '(?<![\\d./-])';
const NO_SLASH_NEXT = '(?![\\d./-])';
const SHORT = `${NO_SLASH}(?<month>\\d{1,2})[/.-](?<day>\\d{1,2})`;

/** Longer forms first: a place that one of them has read is not read again. */
export const DATE_FORMS: readonly RegExp[] = [
  `${BEFORE}(?:${ERA}(?<eraYear>${ERA_YEAR})\\s*年\\s*|(?<year>${YEAR})\\s*年\\s*)?(?<![${KANJI_NUMBERS}])(?<month>${SMALL})\\s*月\\s*(?<day>${SMALL})\\s*(?:日|(?=${BY}|から|\\([${KANJI_DAYS}]))${AFTER}`,
  `${NO_SLASH}${BEFORE}(?:(?<year>\\d{4})[./-]|${ERA}(?<eraYear>\\d{1,2})[./-])(?<month>\\d{1,2})[./-](?<day>\\d{1,2})(?![\\d./-]\\d)${AFTER}`,
  `${NO_SLASH}(?<first>\\d{1,2})[/.-](?<second>\\d{1,2})[/.-](?<year>\\d{4})(?!\\d)`,
  `${SHORT}${IN_BRACKETS}`,
  `${NO_SLASH}(?<weekdayBefore>${DAY_NAME})\\s+(?<month>\\d{1,2})/(?<day>\\d{1,2})${NO_SLASH_NEXT}`,
  `(?<month>(?<!\\d)\\d{1,2})/(?<day>\\d{1,2})\\s*(?<weekday>[${KANJI_DAYS}])曜日?${GOES_ON}`,
  `${NO_SLASH}(?<month>\\d{1,2})/(?<day>\\d{1,2})(?=\\s*(?:${BY}|${TIME}))`,
  `(?<=${DUE})(?<month>\\d{1,2})/(?<day>\\d{1,2})${NO_SLASH_NEXT}`,
  // Days that only a slip of the pen makes: 2/30, 11/31.
  `(?<![\\d./第-])(?:(?<month>2)/(?<day>3[01])|(?<month>[469]|11)/(?<day>31))(?![\\d./号-])`,
  `(?<![A-Za-z\\d])${BEFORE}(?<day>\\d{1,2})${ORDINAL}(?:\\s+(?:of\\s+)?|-)${MONTH_NAME}(?:(?:,?\\s+|-)(?<year>\\d{4}))?(?![A-Za-z\\d])${AFTER}`,
  `(?<![A-Za-z])${BEFORE}${MONTH_NAME}[\\s-]+(?<day>\\d{1,2})${ORDINAL}(?:,?\\s+(?<year>\\d{4}))?(?![A-Za-z\\d])${AFTER}`,
  // Whole months and years, where something is asked for by their end.
  `(?:${ERA}(?<eraYear>${ERA_YEAR})\\s*年\\s*|(?<year>${YEAR})\\s*年\\s*)(?<month>${SMALL})\\s*月\\s*(?:末日?|中)?(?=${BY})`,
  `(?<![\\d${KANJI_NUMBERS}年])(?<month>\\d{1,2})\\s*月\\s*(?:末日?|中)?(?=${BY})`,
  `(?:${ERA}(?<eraYear>${ERA_YEAR})|(?<year>${YEAR}))\\s*年(?<fiscal>度)?\\s*(?:末|中)?(?=${BY})`,
  `(?<=(?:until|till|by|through|extended to|end of)\\s+(?:the\\s+end\\s+of\\s+)?)${MONTH_NAME}\\s+(?<year>\\d{4})(?!\\d)`,
].map((form) => new RegExp(form, 'giu'));

/** 7日(火) after 12月4日: the month is that of the date before it, or one of those around today. */
export const LONE_DAY = new RegExp(`(?<![\\d月${KANJI_NUMBERS}])(?<day>\\d{1,2})日${IN_BRACKETS}`, 'giu');
