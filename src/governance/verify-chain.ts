import { canonicalJson, type Json } from './canonical-json.ts';
import { AUDIT_START, digestOf, type AuditHead, type AuditRecord } from './audit-record.ts';

/** What is wrong with the log, and at which record. */
export type AuditFinding = {
  kind:
    /** The record's words are not those that were sealed. */
    | 'changed'
    /** Not a record of this program, or not written in its one way. */
    | 'unreadable'
    /** It does not continue the record before it. */
    | 'broken-link'
    /** One or more records between are not there. */
    | 'missing'
    /** The record stands at another place than where it was sealed. */
    | 'misplaced'
    /** The log ends before the newest record that was noted beside it. */
    | 'cut-off'
    /** The note of the newest record is gone, or is not of this log. */
    | 'head-differs'
    /** A head that was kept outside is not in this log. */
    | 'anchor-differs';
  seq: number;
};

/** What may be wrong with the log itself, or with a post that is no longer as the log says (`entry-differs`) or no longer there. */
export type AuditProblem = AuditFinding['kind'] | 'entry-differs' | 'entry-missing';

/** How far a check has come. Start with CHAIN_START and feed the records in the order of their numbers. */
export type ChainProgress = {
  last: AuditHead;
  findings: readonly AuditFinding[];
  /** Records that are earlier than the one before by more than clocks explain; a jumped clock, not tampering. */
  backInTime: readonly number[];
  lastAt: number;
};

export const CHAIN_START: ChainProgress = {
  last: AUDIT_START,
  findings: [],
  backInTime: [],
  lastAt: Number.NEGATIVE_INFINITY,
};

/** Two processes may commit in another order than that in which they looked at the clock. */
const CLOCK_TOLERANCE_MS = 60_000;
const FINDINGS_MAX = 1_000;

const SHAPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  seq: Number.isSafeInteger,
  at: Number.isSafeInteger,
  mode: isTextOrNull,
  account: isTextOrNull,
  actor: isText,
  act: isText,
  subject: isTextOrNull,
  reason: isTextOrNull,
  before: () => true,
  after: () => true,
  policyVersion: isTextOrNull,
  prev: isText,
};

/** The fields of a sealed record that a check and an export read. */
export type AuditBody = {
  seq: number;
  at: number;
  mode: string | null;
  account: string | null;
  actor: string;
  act: string;
  subject: string | null;
  reason: string | null;
  before: Json;
  after: Json;
  policyVersion: string | null;
  prev: string;
};

/** One step of the check: the next record as the store gives it. Anchors are heads that were kept outside, by their number. */
export function checkRecord(
  progress: ChainProgress,
  record: AuditRecord,
  anchors: ReadonlyMap<number, string> = new Map(),
): ChainProgress {
  const { last } = progress;
  const findings: AuditFinding[] = [];
  const find = (kind: AuditFinding['kind'], seq = record.seq): void => void findings.push({ kind, seq });
  if (record.seq > last.seq + 1) find('missing', last.seq + 1);
  if (record.seq <= last.seq) find('misplaced');
  if (digestOf(record.body) !== record.hash) find('changed');
  const body = readBody(record.body);
  if (body === null) find('unreadable');
  if (body !== null && body.seq !== record.seq) find('misplaced');
  if (body !== null && body.prev !== last.hash) find('broken-link');
  const anchor = anchors.get(record.seq);
  if (anchor !== undefined && anchor !== record.hash) find('anchor-differs');
  const at = body?.at ?? progress.lastAt;
  const isBack = at < progress.lastAt - CLOCK_TOLERANCE_MS;
  return {
    last: { seq: record.seq, hash: record.hash },
    findings: [...progress.findings, ...findings].slice(0, FINDINGS_MAX),
    backInTime: isBack ? [...progress.backInTime, record.seq].slice(0, FINDINGS_MAX) : progress.backInTime,
    lastAt: at,
  };
}

/** The last step: the log's end against the head noted beside it, and anchors that lie beyond it. Returns all findings. */
export function checkEnd(
  progress: ChainProgress,
  head: AuditHead | null,
  anchors: ReadonlyMap<number, string> = new Map(),
): readonly AuditFinding[] {
  const { last } = progress;
  const findings = [...progress.findings];
  if (head === null) {
    if (last.seq > 0) findings.push({ kind: 'head-differs', seq: last.seq });
  } else if (head.seq > last.seq) findings.push({ kind: 'cut-off', seq: last.seq + 1 });
  else if (head.seq !== last.seq || head.hash !== last.hash)
    findings.push({ kind: 'head-differs', seq: head.seq });
  for (const seq of anchors.keys()) if (seq > last.seq) findings.push({ kind: 'anchor-differs', seq });
  return findings;
}

/** A record's body as it was sealed; null where it is not one. */
export function readBody(text: string): AuditBody | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, unknown>(Object.entries(value));
  const names = Object.keys(SHAPE);
  if (fields.size !== names.length) return null;
  if (!names.every((name) => fields.has(name) && SHAPE[name]?.(fields.get(name)) === true)) return null;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed JSON, and its shape was looked at above
    return canonicalJson(value as Json) === text ? (value as AuditBody) : null;
  } catch {
    return null;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
