/** Full-width ASCII as half-width, sign for sign, so that every place keeps its number. */
export function narrowed(text: string): string {
  return text.replace(/[！-～]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0));
}
