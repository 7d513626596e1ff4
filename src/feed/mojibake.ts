/**
 * Japanese read in the wrong encoding leaves the same debris every time. Each pattern below is what one such mistake
 * makes of ordinary kana; honest titles in Japanese or English hold none of them. Where a publisher's own system lost the
 * text, only question marks are left, which no decoder can notice.
 */
const DEBRIS: readonly RegExp[] = [
  /** UTF-8 read as Shift_JIS: every hiragana begins with one of these rare kanji. */
  /(?:[縺繧繝][\u0080-\uffff]?){2,}/u,
  /** UTF-8 read as EUC-JP. */
  /(?:[紊臂罎鐚][\u3400-\u9fff]){3,}/u,
  /** UTF-8 read as Latin-1 or windows-1252. */
  /(?:[ãäåæçèé][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]?){2,}/u,
  /(?:Ã[\u0080-\u00bf\u0192\u2018-\u2122]|Â[\u0080-\u00bf]|â€[\u0080-\u00bf\u0153\u2018-\u2122]){1,}/u,
  /** Shift_JIS read as windows-1252. */
  /(?:[‚ƒ\u0082\u0083][\u0040-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u2122]){3,}/u,
  /** EUC-JP read as Latin-1. */
  /(?:[¤¥][\u00a1-\u00fe]){3,}/u,
  /** EUC-JP read as Shift_JIS: half-width punctuation between half-width katakana. */
  /(?:[､･][\uff61-\uff9f]){3,}/u,
  /** ISO-2022-JP whose escape characters were lost. */
  /\$B(?:[!-~]{2}){0,40}?(?:[$%][!-v]){2}/u,
  /** Controls of the C1 area are never meant. */
  /[\u0080-\u0084\u0086-\u009f]/u,
  /** The publisher's own system could not hold the characters. */
  /\?{4,}|？{6,}/u,
];

/** Tells whether a text is probably not what its author wrote, because it was read in the wrong encoding. */
export function looksLikeMojibake(text: string): boolean {
  return DEBRIS.some((pattern) => pattern.test(text));
}
