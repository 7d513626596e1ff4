/** The name under which the program itself acts; no person may bear it, and it approves nothing. */
export const PROGRAM = 'kosatsu';

/**
 * A person's name as it is compared: width, case and spaces don't make another person. What looks different to the eye stays
 * different, so 斎藤 and 齋藤 are two people.
 */
export function foldPersonName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}

/** Whether two names are one person's. */
export function isSamePerson(a: string, b: string): boolean {
  return foldPersonName(a) === foldPersonName(b);
}

/** Whether a name is the program's own or says nothing: nobody acts or approves under it. */
export function isNobodysName(name: string): boolean {
  const folded = foldPersonName(name);
  return folded === '' || folded === PROGRAM;
}

/** Whether it stands in the place of a name that was erased; nobody bears such a one. */
export function isPseudonym(name: string): boolean {
  return /^person-\d+$/u.test(foldPersonName(name));
}
