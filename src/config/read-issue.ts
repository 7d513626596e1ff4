import type { z } from 'zod';
import { isMistakeCode, type Mistake } from '../messages/mistake.ts';
import { nearestName } from './nearest-name.ts';
import type { YamlPath } from './read-yaml.ts';

type Issue = z.core.$ZodIssue;

/** A mistake before its path has become a line and a key. */
export type Found = Pick<Mistake, 'code' | 'params'> & { path: YamlPath };

/** One of zod's issues as our own mistakes. `root` is the file's value, `known` its key names, for hints. */
export function readIssue(
  issue: Issue,
  root: unknown,
  known: ReadonlySet<string>,
  above: YamlPath = [],
): readonly Found[] {
  const path = [...above, ...issue.path];
  const value = valueAt(root, path);
  const found = shown(value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const params = { found: key, near: nearestName(key, known) ?? '' };
        return { path: [...path, key], code: 'unknown-key', params };
      });
    case 'invalid_type':
      if (value === undefined) return [{ path, code: 'required', params: {} }];
      return [{ path, code: 'wrong-type', params: { expected: issue.expected, found: kindOf(value) } }];
    case 'invalid_value':
      if (value === undefined) return [{ path, code: 'required', params: {} }];
      return [{ path, code: 'not-one-of', params: { allowed: issue.values.map(String).join(', '), found } }];
    case 'too_small':
      return [
        {
          path,
          code: counts(issue) ? 'too-few' : 'out-of-range',
          params: { limit: `≥ ${issue.minimum}`, found },
        },
      ];
    case 'too_big':
      return [
        {
          path,
          code: counts(issue) ? 'too-many' : 'out-of-range',
          params: { limit: `≤ ${issue.maximum}`, found },
        },
      ];
    case 'invalid_format':
      return [{ path, code: 'wrong-form', params: { found, detail: issue.message } }];
    case 'invalid_union':
      return nearestBranch(issue.errors).flatMap((one) => readIssue(one, root, known, path));
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.map(({ message }) => {
        return { path, code: 'wrong-form', params: { found: String(path.at(-1)), detail: message } };
      });
    case 'custom':
    case 'not_multiple_of':
      break;
  }
  return [ownMistake(issue, path)];
}

/** The branch of a union that came nearest says best what is wrong: it complains deepest inside. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map((one) => one.path.length));
  return branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function ownMistake(issue: Issue, path: YamlPath): Found {
  const { mistake, ...params } = issue.code === 'custom' ? (issue.params ?? {}) : {};
  // Schemas of other stages give a message instead of a code.
  if (!isMistakeCode(mistake)) return { path, code: 'other', params: { detail: issue.message } };
  const plain = Object.entries(params).map(([name, value]): [string, string | number] => {
    return [name, typeof value === 'number' ? value : String(value)];
  });
  return { path, code: mistake, params: Object.fromEntries(plain) };
}

/** Is the bound one of length rather than of size? */
function counts(issue: { origin: string }): boolean {
  return issue.origin === 'array' || issue.origin === 'string';
}

function valueAt(root: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined;
  }, root);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined ? '' : text.slice(0, 80);
}
