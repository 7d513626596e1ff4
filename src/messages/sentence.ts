import type { Lang } from '../feed/item.ts';

export type SentenceParams = Readonly<Record<string, string | number>>;

/** One thing said to people, in both languages side by side, so that neither is forgotten. */
export type Sentence = Readonly<Record<Lang, (params: SentenceParams) => string>>;

/** Renders a sentence in the reader's language. */
export function say(sentence: Sentence, lang: Lang, params: SentenceParams = {}): string {
  return sentence[lang](params);
}

/** Names one after another, as each language sets them apart. */
export function listed(names: readonly string[], lang: Lang): string {
  return names.join(lang === 'ja' ? '、' : ', ');
}

/** Sentences one after another: with a blank between two English ones, and none between two Japanese ones. */
export function joined(sentences: readonly string[], lang: Lang): string {
  return sentences.join(lang === 'ja' ? '' : ' ');
}

/** A parameter as text; a dash where the caller gave none, since nobody should ever read `undefined`. */
export function given(params: SentenceParams, name: string): string {
  const value = params[name];
  return value === undefined || value === '' ? '—' : String(value);
}
