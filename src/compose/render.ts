/** Values of placeholders; null where there is none. */
export type Values = Readonly<Record<string, string | null>>;

const PLACEHOLDER = /\{([a-z][a-z0-9-]*)\}/gu;

/** The placeholders of a template, each once. */
export function placeholdersIn(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))];
}

/**
 * Fills a template in one pass, so that a value holding `{url}` stays what it is. A line in which a placeholder has no
 * value is left out whole: half a sentence is worse than none.
 */
export function render(template: string, values: Values): string {
  return template
    .split('\n')
    .filter((line) => placeholdersIn(line).every((name) => (values[name] ?? null) !== null))
    .map((line) => line.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '').trimEnd())
    .join('\n')
    .trim()
    .normalize('NFC');
}
