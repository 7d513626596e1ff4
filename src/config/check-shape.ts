import type { z } from 'zod';
import type { Mistake } from '../messages/mistake.ts';
import { readIssue } from './read-issue.ts';
import type { Located, YamlPath } from './read-yaml.ts';
import { keysOf } from './schema-keys.ts';

export type Shaped<T> = { kind: 'ok'; value: T } | { kind: 'mistakes'; mistakes: readonly Mistake[] };

/** Checks a file against its schema; every issue becomes a mistake with file, line and key. */
export function checkShape<T>(schema: z.ZodType<T>, located: Located): Shaped<T> {
  const result = schema.safeParse(located.value);
  if (result.success) return { kind: 'ok', value: result.data };
  const known = keysOf(schema);
  const mistakes = result.error.issues
    .flatMap((issue) => readIssue(issue, located.value, known))
    .map(({ path, code, params }): Mistake => {
      return { file: located.file, line: located.lineOf(path), key: keyName(path), code, params };
    });
  return { kind: 'mistakes', mistakes: mistakes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

/** feeds[2].url; people count from one, but the line number is what they look for. */
function keyName(path: YamlPath): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}
