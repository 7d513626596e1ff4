/** A calendar day found in a text (NFKC), with what stands before and behind it. Not yet checked for existence. */
export type FoundDay = { year: number; month: number; day: number; before: string; rest: string };

type Pattern = {
  expression: RegExp;
  read: (groups: readonly string[]) => [year: number, month: number, day: number];
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** The year before each era's first. */
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  令: 2018,
  r: 2018,
  平成: 1988,
  平: 1988,
  h: 1988,
  昭和: 1925,
  昭: 1925,
  s: 1925,
};

/** Most telling first; the first that matches decides. */
const PATTERNS: readonly Pattern[] = [
  {
    expression:
      /(令和|平成|昭和|令|平|昭|(?<![a-z])[rhs])\s*\.?\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)\s*日?/i,
    read: ([era = '', year = '', month, day]) => [
      (ERAS[era.toLowerCase()] ?? Number.NaN) + (year === '元' ? 1 : Number(year)),
      Number(month),
      Number(day),
    ],
  },
  {
    expression: /(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/,
    read: ([year, month, day]) => [Number(year), Number(month), Number(day)],
  },
  {
    expression: /(?<!\d)(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)/,
    read: ([year, month, day]) => [Number(year), Number(month), Number(day)],
  },
  {
    expression: /^(\d{4})(\d{2})(\d{2})(?=$|T|\s)/,
    read: ([year, month, day]) => [Number(year), Number(month), Number(day)],
  },
  {
    // RFC 822: 01 Oct 2026, 1-Oct-26.
    expression: new RegExp(
      `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[\\s-]*${MONTH}[\\s,-]*(\\d{4}|\\d{2})(?!\\d|:)`,
      'i',
    ),
    read: ([day, month = '', year = '']) => [fullYear(year), monthOf(month), Number(day)],
  },
  {
    // October 1, 2026
    expression: new RegExp(`${MONTH}\\s*(\\d{1,2})(?:st|nd|rd|th)?\\s*,?\\s+(\\d{4})(?!\\d|:)`, 'i'),
    read: ([month = '', day, year = '']) => [fullYear(year), monthOf(month), Number(day)],
  },
  {
    // W3C-DTF allows a month or a year alone; the first day stands for it.
    expression: /^(\d{4})(?:-(\d{2}))?$/,
    read: ([year, month]) => [Number(year), month === undefined ? 1 : Number(month), 1],
  },
];

/** asctime puts the year last: Thu Oct 01 14:00:00 JST 2026. */
const ASCTIME = new RegExp(
  `${MONTH}\\s+(\\d{1,2})\\s+(\\d{1,2}:\\d{2}(?::\\d{2})?)\\s+(?:([a-z]{1,5}|[+-]\\d{4})\\s+)?(\\d{4})$`,
  'i',
);

/** Finds the day in a text that NFKC and white-space folding have gone over; null where there is none. */
export function readDay(text: string): FoundDay | null {
  const asc = ASCTIME.exec(text);
  if (asc !== null) {
    const [, month = '', day, clock = '', zone = '', year] = asc;
    return {
      year: Number(year),
      month: monthOf(month),
      day: Number(day),
      before: '',
      rest: `${clock} ${zone}`.trim(),
    };
  }
  for (const { expression, read } of PATTERNS) {
    const match = expression.exec(text);
    if (match === null) continue;
    const [year, month, day] = read(match.slice(1));
    const rest = text.slice(match.index + match[0].length);
    return { year, month, day, before: text.slice(0, match.index), rest };
  }
  return null;
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** RFC 2822: two digits below 50 are of this century. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}
