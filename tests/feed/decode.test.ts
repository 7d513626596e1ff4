import { describe, expect, test } from 'vitest';
import { decode } from '../../src/feed/decode.ts';
import { encodeAs } from '../fixtures/feed/encode.ts';
import type { WrittenEncoding } from '../fixtures/feed/encode.ts';

const JAPANESE = '令和8年能登半島地震により影響を受けた手続の取扱いについて（第2報）';

function document(declared: string | null, text = JAPANESE): string {
  const encoding = declared === null ? '' : ` encoding="${declared}"`;
  return `<?xml version="1.0"${encoding}?>\r\n<rss version="2.0"><channel><item><title>${text}</title></item></channel></rss>`;
}

const WRITTEN: readonly WrittenEncoding[] = [
  ...(['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp'] as const),
  ...(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const),
];
const WRONG = ['utf-8', 'shift_jis', 'euc-jp', 'iso-8859-1', 'us-ascii', 'hex', 'x-nonsense'];

describe('Japanese is read right whatever the header and the declaration claim', () => {
  for (const encoding of WRITTEN) {
    for (const declared of [encoding, null, ...WRONG]) {
      test(`${encoding} declared as ${declared ?? 'nothing'}`, () => {
        const text = document(declared);
        for (const charset of [null, encoding, ...WRONG]) {
          const header = charset === null ? 'text/xml' : `text/xml; charset="${charset}"`;
          const read = decode(encodeAs(text, encoding), header);
          expect({ header, text: read.text, lossy: read.lossy }).toEqual({ header, text, lossy: false });
        }
      });
    }
  }
});

type Case = { bytes: Uint8Array; header?: string; text: string; lossy: boolean };

function check(name: string, { bytes, header, text, lossy }: Case): void {
  test(name, () => {
    const read = decode(bytes, header ?? null);
    expect({ text: read.text, lossy: read.lossy }).toEqual({ text, lossy });
  });
}

function bytesOf(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );
}

describe('what is uncertain is marked as lossy, what is not is not', () => {
  const feed = document('Shift_JIS', '①㈱髙﨑～－ﾃｽﾄ');
  check('Shift_JIS means windows-31j, with its circled digits and its 髙', {
    bytes: encodeAs(feed, 'shift_jis'),
    header: 'text/xml; charset=Shift_JIS',
    text: feed,
    lossy: false,
  });
  check('EUC-JP that would also be half-width katakana is read as kana', {
    bytes: encodeAs(document('shift_jis', 'ひらがなのおしらせ'), 'euc-jp'),
    header: 'text/xml; charset=Shift_JIS',
    text: document('shift_jis', 'ひらがなのおしらせ'),
    lossy: false,
  });
  check('a cp932 label is understood', {
    bytes: encodeAs(document('cp932'), 'shift_jis'),
    text: document('cp932'),
    lossy: false,
  });
  check('one broken byte in UTF-8 does not turn the rest into another encoding', {
    bytes: Uint8Array.from([...encodeAs(document(null), 'utf-8'), 0xff]),
    text: `${document(null)}\ufffd`,
    lossy: true,
  });
  check('a character cut off at the end of UTF-8 is left out', {
    bytes: encodeAs('<rss>特許', 'utf-8').subarray(0, -1),
    text: '<rss>特',
    lossy: false,
  });
  check('French in Latin-1 is not taken for Japanese', {
    bytes: bytesOf(
      '<rss><title>r',
      0xe9,
      'sum',
      0xe9,
      ' d',
      0xe9,
      'cembre ',
      0xe0,
      ' No',
      0xeb,
      'l</title></rss>',
    ),
    header: 'text/xml; charset=iso-8859-1',
    text: '<rss><title>résumé décembre à Noël</title></rss>',
    lossy: false,
  });
  check('French whose every accented letter could begin a kanji is not taken for Japanese', {
    bytes: bytesOf('<rss><title>r', 0xe9, 'p', 0xe9, 't', 0xe9, 'es</title></rss>'),
    header: 'text/xml; charset=iso-8859-1',
    text: '<rss><title>répétées</title></rss>',
    lossy: false,
  });
  check('bytes of an unknown set are read, and marked', {
    bytes: bytesOf('<rss><title>r', 0xe9, 'sum', 0xe9, '</title></rss>'),
    text: '<rss><title>résumé</title></rss>',
    lossy: true,
  });
  check('a byte order mark outweighs the header', {
    bytes: Uint8Array.from([0xef, 0xbb, 0xbf, ...encodeAs('<rss>特許庁</rss>', 'utf-8')]),
    header: 'text/xml; charset=Shift_JIS',
    text: '<rss>特許庁</rss>',
    lossy: false,
  });
  check('HTML names its charset in a meta element', {
    bytes: encodeAs('<html><meta charset="Shift_JIS"><title>重要なお知らせ</title>', 'shift_jis'),
    text: '<html><meta charset="Shift_JIS"><title>重要なお知らせ</title>',
    lossy: false,
  });
  check('no bytes are no text', { bytes: new Uint8Array(), text: '', lossy: false });
});
