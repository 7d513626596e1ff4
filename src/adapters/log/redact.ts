/** Shorter values are not searched for: they would blacken ordinary words. Nobody's key is that short. */
const SHORTEST = 4;

/** An address's path this short is a name that people gave (`kosatsu`), and would blacken words of every sentence. */
const SHORTEST_KEY_IN_ADDRESS = 16;

/** What may be a key in an address: chat services give out addresses whose path or query is one. */
export function keysInAddress({ pathname, search }: URL): string[] {
  return [pathname.slice(1), search.slice(1)].filter((part) => part.length >= SHORTEST_KEY_IN_ADDRESS);
}

/** Stands where a secret was; safe inside JSON. */
const MARK = '[redacted]';

/**
 * Returns a function that blackens the secrets wherever they stand in a line, in plain text, JSON strings, addresses or
 * base64: keys turn up in the words of libraries and servers, where no list of field names finds them.
 */
export function redactor(secrets: readonly string[]): (line: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    forms.add(secret);
    forms.add(JSON.stringify(secret).slice(1, -1));
    forms.add(encodeURIComponent(secret));
    forms.add(encodeURIComponent(encodeURIComponent(secret)));
    forms.add(Buffer.from(secret, 'utf8').toString('base64'));
  }
  // The longest first, so that a secret that holds another is not left half readable.
  const ordered = [...forms].toSorted((a, b) => b.length - a.length);
  return (line) => ordered.reduce((text, form) => text.replaceAll(form, MARK), line);
}
