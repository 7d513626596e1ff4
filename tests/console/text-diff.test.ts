import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffText, type DiffPart } from '../../src/console/text-diff.ts';

/** Removed in [-…-], added in {+…+}. */
function marked(parts: readonly DiffPart[]): string {
  const marks = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const;
  return parts.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join('');
}

describe('what changed', () => {
  test.each([
    ['nothing', '同じ本文です。', '同じ本文です。', '同じ本文です。'],
    [
      'a Japanese word, though no spaces stand around it',
      '期限を9月30日まで延長します',
      '期限を10月31日まで延長します',
      '期限を[-9-]{+10+}月[-30-]{+31+}日まで延長します',
    ],
    [
      'a word that was added',
      '審査基準を改訂しました',
      '審査基準を再び改訂しました',
      '審査基準を{+再び+}改訂しました',
    ],
    ['a line that was removed', '一行目\n二行目', '一行目', '一行目[-\n二行目-]'],
    [
      'a link, as a whole',
      '案内 https://www.jpo.go.jp/a.html',
      '案内 https://www.jpo.go.jp/b.html',
      '案内 [-https://www.jpo.go.jp/a.html-]{+https://www.jpo.go.jp/b.html+}',
    ],
  ])('is shown: %s', (_, before, after, shown) => {
    expect(marked(diffText(before, after, 'ja'))).toBe(shown);
  });

  test('English is compared word by word', () => {
    expect(marked(diffText('The office is closed today.', 'The office is open today.', 'en'))).toBe(
      'The office is [-closed-]{+open+} today.',
    );
  });

  test('texts too long to compare are replaced whole', () => {
    const long = (word: string): string => `${word} `.repeat(600).trim();
    expect(diffText(long('a'), long('b'), 'en')).toHaveLength(2);
  });

  test('both texts can be read back from it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (a, b) => {
          const parts = diffText(a, b, 'ja');
          const without = (kind: DiffPart['kind']): string =>
            parts
              .filter((one) => one.kind !== kind)
              .map(({ text }) => text)
              .join('');
          expect(without('added')).toBe(a);
          expect(without('removed')).toBe(b);
        },
      ),
    );
  });
});
