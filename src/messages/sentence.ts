import type { Lang } from '../feed/item.ts';

export type SentenceParams = Readonly<Record<string, string | number>>;

/** One thing said to people, in both languages side by side, so that neither is forgotten. */
export type Sentence = Readonly<Record<Lang, (params: SentenceParams) => string>>;

/** Renders a sentence in the reader's language. */
export function say(sentence: Sentence, lang: Lang, params: SentenceParams = {}): string {
  return sentence[lang](params);
}
