import type { JudgedDraft, PolicyContext } from './check.ts';

/** The text without what a correction quotes of the wrong post, struck out sign for sign: the mistake in it is why it is taken back. */
export function ownWords({ text }: Pick<JudgedDraft, 'text'>, { quotes = '' }: PolicyContext): string {
  return quotes === '' ? text : text.replaceAll(quotes, '|'.repeat(quotes.length));
}
