import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Scalar,
} from 'yaml';
import type { Mistake } from '../messages/mistake.ts';

/** A place in a document: keys and indexes from the top. */
export type YamlPath = readonly PropertyKey[];

/** A parsed file, and where each of its values stands. */
export type Located = {
  file: string;
  value: unknown;
  /** Line (from 1) of the key or list element, or of the nearest part above it that exists. */
  lineOf(path: YamlPath): number | null;
};

export type YamlResult =
  { kind: 'ok'; located: Located } | { kind: 'mistakes'; mistakes: readonly Mistake[] };

/** Reads YAML 1.2 (where `no` and `off` are words, and 22:00 is no number). Doubled keys and warnings are mistakes. */
export function readYaml(file: string, text: string): YamlResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const mistakes = faults.map((fault): Mistake => ({
      file,
      line: lines.linePos(fault.pos[0]).line,
      key: '',
      code: 'yaml-syntax',
      params: { detail: fault.message },
    }));
    return { kind: 'mistakes', mistakes };
  }
  try {
    // An empty file is an empty table: what it lacks is then named key by key.
    const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    const lineOf = (path: YamlPath): number | null => {
      const offset = offsetOf(document, path, text);
      return offset === null ? null : lines.linePos(offset).line;
    };
    return { kind: 'ok', located: { file, value, lineOf } };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      kind: 'mistakes',
      mistakes: [{ file, line: null, key: '', code: 'yaml-syntax', params: { detail } }],
    };
  }
}

function offsetOf(document: Document, path: YamlPath, text: string): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(segment));
      if (pair === undefined || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(segment)];
      if (!isMap(item) && !isScalar(item) && !isSeq(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else {
      return isScalar(node) ? offsetInBlock(node, segment, text) : offset;
    }
  }
  return offset;
}

/** Where a line of a block of text begins: the first stands below the `|`, and no line is folded away. */
function offsetInBlock(node: Scalar, line: PropertyKey, text: string): number | null {
  let offset = node.range?.[0] ?? null;
  if (node.type !== 'BLOCK_LITERAL' || typeof line !== 'number') return offset;
  for (let left = line + 1; left > 0 && offset !== null; left--) {
    const end = text.indexOf('\n', offset);
    offset = end === -1 ? null : end + 1;
  }
  return offset;
}
