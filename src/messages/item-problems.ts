import type { ItemProblem, Lang } from '../feed/item.ts';
import { given, say, type Sentence } from './sentence.ts';

/**
 * No faults of the item: `title-undone`: what waits to be posted of it tells of a title that the page has taken back; `report-overtaken`: a
 * later report of the matter came before it.
 */
type ProblemCode = ItemProblem['code'] | 'title-undone' | 'report-overtaken';

/** What is wrong with one item. `detail` is the evidence. Whether it stops the post is the item's own `blocking`. */
export const itemProblemMessages: Readonly<Record<ProblemCode, Sentence>> = {
  'title-missing': {
    ja: () => '題名がないか、読める文字を含んでいません。',
    en: () => 'The item has no title that can be read.',
  },
  'title-lossy': {
    ja: (p) => `題名の一部の文字を読み取れませんでした（${given(p, 'detail')}）。`,
    en: (p) => `Some characters of the title could not be read (${given(p, 'detail')}).`,
  },
  'title-mojibake': {
    ja: (p) => `題名が文字化けしている可能性があります（${given(p, 'detail')}）。`,
    en: (p) => `The title looks garbled (${given(p, 'detail')}).`,
  },
  'title-cut': {
    ja: (p) => `題名が長すぎるため、途中までしか読み取っていません（${given(p, 'detail')}）。`,
    en: (p) => `The title is too long and was read only in part (${given(p, 'detail')}).`,
  },
  'link-missing': {
    ja: () => 'リンク先がありません。',
    en: () => 'The item has no link.',
  },
  'link-refused': {
    ja: (p) => `リンク先として使用できないアドレスです（${given(p, 'detail')}）。`,
    en: (p) => `The link cannot be used (${given(p, 'detail')}).`,
  },
  'date-missing': {
    ja: () => '日付がありません。',
    en: () => 'The item has no date.',
  },
  'date-unreadable': {
    ja: (p) => `日付を読み取れませんでした（${given(p, 'detail')}）。`,
    en: (p) => `The date could not be read (${given(p, 'detail')}).`,
  },
  'date-future': {
    ja: (p) => `日付が未来になっています（${given(p, 'detail')}）。`,
    en: (p) => `The date lies in the future (${given(p, 'detail')}).`,
  },
  'date-absurd': {
    ja: (p) => `日付があり得ない値です（${given(p, 'detail')}）。`,
    en: (p) => `The date cannot be right (${given(p, 'detail')}).`,
  },
  'document-truncated': {
    ja: (p) =>
      `配信データが途中で切れているか壊れており、この項目が完全でないおそれがあります（${given(p, 'detail')}）。`,
    en: (p) =>
      `The feed's document ends early or is damaged, so this item may be incomplete (${given(p, 'detail')}).`,
  },
  'title-undone': {
    ja: (p) => `元のページの件名は、その後「${given(p, 'detail')}」に戻されています。`,
    en: (p) => `The page has gone back to its earlier title since ("${given(p, 'detail')}").`,
  },
  'report-overtaken': {
    ja: (p) =>
      `同じ件の後の報「${given(p, 'detail')}」が、これより先に配信されています。現在の内容と異なるおそれがあります。`,
    en: (p) =>
      `A later report of the same matter came before it ("${given(p, 'detail')}"); this one may no longer be true.`,
  },
};

/** An item's problem in words; a code stored by a newer version is shown as it is. */
export function describeItemProblem(problem: { code: string; detail: string }, lang: Lang): string {
  const sentence = isItemProblemCode(problem.code) ? itemProblemMessages[problem.code] : null;
  return sentence === null
    ? `${problem.code}: ${problem.detail}`
    : say(sentence, lang, { detail: problem.detail });
}

function isItemProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(itemProblemMessages, code);
}
