import type { Lang } from './item.ts';

/** The language of a title: Japanese where it holds kana or kanji. An English title may name 特許庁 in brackets. */
export function detectLang(title: string): Lang {
  if (/[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]/u.test(title)) return 'ja';
  const kanji = title.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = title.match(/[a-z]/gi)?.length ?? 0;
  return kanji > 0 && kanji * 3 >= latin ? 'ja' : 'en';
}
