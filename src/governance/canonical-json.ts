/** What a record may hold. Numbers are whole: others have more than one honest way to be written. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one way in which a value is written, so that its digest means something: keys in the order of their code units, no spaces,
 * JSON's own escapes. Throws on a number that is not whole and safe, because two programs might write it differently.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new Error(`not a whole number: ${String(value)}`);
    return String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let parts = '';
  for (const key of Object.keys(value).toSorted())
    parts += `${parts === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`;
  return `{${parts}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
