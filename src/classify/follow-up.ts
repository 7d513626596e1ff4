/**
 * What a title says of an earlier announcement. `number` is that of 第2報. `marked`: said in brackets or at the head, where
 * only such marks stand; otherwise the words may be the subject itself (更新登録申請), and count only where the earlier
 * announcement is found. `stem` is the title without the marks: what both announcements share.
 */
export type FollowUp = { kind: FollowUpKind; number: number | null; marked: boolean; stem: string };

const FOLLOW_UP_KINDS = ['report', 'correction', 'addition', 'extension', 'update', 'cancellation'] as const;
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];

const OPEN = '[(\\[【〔《<〈「『]';
const CLOSE = '[)\\]】〕》>〉」』]';
/** The day on which it was said may stand beside the mark: (11月5日更新). */
const DAY = '(?:(?:\\S{1,5}年)?\\d{1,2}月\\d{1,2}日\\s*)?';
const COUNTED = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const ORDINAL = `(?<ordinal>${COUNTED.join('|')}|\\d{1,3}(?:st|nd|rd|th))`;
const KANJI = '一二三四五六七八九';

/** What marks say, in the order in which the plainest wins: a corrected second report is a correction. */
const SAID: readonly (readonly [FollowUpKind, string])[] = [
  [
    'cancellation',
    '取消し?|取り消し|撤回|廃止|終了|取下げ|解除|withdrawn|withdrawal|cancell?ed|cancell?ation|revoked|ended|closed',
  ],
  ['correction', '訂正|修正|正誤|correction|corrected|corrigendum|erratum'],
  ['addition', '追記|追加|補足|addendum|addition|supplement(?:ed)?'],
  ['extension', '(?:期間(?:の)?)?再?延長|延伸|extended|extension|further extension'],
  [
    'report',
    `続報|第\\s*(?<report>\\d{1,3}|[${KANJI}]?十?[${KANJI}]?)\\s*報|${ORDINAL}\\s+(?:report|notice|update)|(?:report|update|notice)\\s+(?:no\\.?\\s*)?(?<count>\\d{1,3})|follow[- ]?up`,
  ],
  ['update', '更新|改訂|改定|update[ds]?|revised?|revision'],
];

/** Ends of a title that speak of an earlier announcement without brackets. */
const UNMARKED: readonly (readonly [FollowUpKind, RegExp])[] = [
  [
    'cancellation',
    /(?:の|を)?(?:取消し?|取り消し|撤回|終了)(?:に関するお知らせ|について|のお知らせ|しました|します)?$/u,
  ],
  ['extension', /(?:の|を)?(?:期間の?)?再延長(?:に関するお知らせ|について|のお知らせ|しました|します)?$/u],
  ['correction', /(?:の|を)(?:訂正|修正)(?:に関するお知らせ|について|のお知らせ|しました|します)?$/u],
  ['addition', /(?:の|を|に)?追記(?:について|のお知らせ|しました|します)?$/u],
  ['update', /を更新しました$/u],
];

/** Reads a title; null where it says nothing of an earlier announcement. 第1報 is the first and follows nothing. */
export function followUpOf(title: string): FollowUp | null {
  const { stem, said } = marksOf(title);
  const [first] = said;
  if (first !== undefined) {
    const number = said.find((one) => one.number !== null)?.number ?? null;
    return { kind: first.kind, number, marked: true, stem };
  }
  for (const [kind, words] of UNMARKED) {
    const found = words.exec(stem);
    if (found !== null) return { kind, number: null, marked: false, stem: stem.slice(0, found.index).trim() };
  }
  return null;
}

/** The title without marks, also without that of a first report: what all reports of a matter share. */
export function stemOf(title: string): string {
  return followUpOf(title)?.stem ?? marksOf(title).stem;
}

function marksOf(title: string): {
  stem: string;
  said: readonly { kind: FollowUpKind; number: number | null }[];
} {
  let stem = title.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const said: { kind: FollowUpKind; number: number | null }[] = [];
  for (const [kind, words] of SAID) {
    const found = findMark(stem, words);
    if (found === null) continue;
    stem = `${stem.slice(0, found.at)} ${stem.slice(found.at + found.length)}`.replace(/\s+/gu, ' ').trim();
    if (kind === 'report' && found.number === 1) continue;
    said.push({ kind, number: found.number });
  }
  return { stem, said };
}

/** In brackets anywhere, or at the head of the title before a colon. */
function findMark(text: string, words: string): { at: number; length: number; number: number | null } | null {
  const inBrackets = new RegExp(
    `${OPEN}\\s*(?:重要\\s*[・:]?\\s*)?${DAY}(?:${words})\\s*${DAY}${CLOSE}`,
    'iu',
  );
  const atHead = new RegExp(`^(?:${words})\\s*[::]\\s*`, 'iu');
  const found = inBrackets.exec(text) ?? atHead.exec(text);
  return found === null ? null : { at: found.index, length: found[0].length, number: numberIn(found.groups) };
}

function numberIn(groups: Readonly<Record<string, string | undefined>> | undefined): number | null {
  const { report, ordinal, count } = groups ?? {};
  const written = report ?? count;
  if (written !== undefined) return /^\d+$/u.test(written) ? Number(written) : kanjiNumber(written);
  if (ordinal === undefined) return null;
  const named = COUNTED.indexOf(ordinal.toLowerCase());
  return named >= 0 ? named + 1 : Number.parseInt(ordinal, 10);
}

/** 二, 十, 十二, 二十一; null for anything else. */
function kanjiNumber(written: string): number | null {
  if (written === '') return null;
  const [tens = '', ones] = written.includes('十') ? written.split('十') : ['0', written];
  const ten = tens === '0' ? 0 : tens === '' ? 1 : KANJI.indexOf(tens) + 1;
  return ten * 10 + (ones === undefined || ones === '' ? 0 : KANJI.indexOf(ones) + 1);
}
