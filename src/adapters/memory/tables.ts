import type { FeedState } from '../../feed/feed-state.ts';
import type { SeenItem } from '../../feed/seen-item.ts';
import type { AuditRecord } from '../../governance/audit-record.ts';
import type { Operator } from '../../governance/operator.ts';
import type { SignInAttempt } from '../../governance/sign-in.ts';
import type { Entry, HistoryLine, Scope } from '../../outbox/entry.ts';
import type { Alert, Stop } from '../../outbox/outbox-store.ts';

/** What a store on disk would hold. Values are frozen and replaced, never altered, so that a copy of the maps is a copy of all. */
export type Tables = {
  entries: Map<string, Entry>;
  history: Map<string, readonly HistoryLine[]>;
  feeds: Map<string, FeedState>;
  seen: Map<string, SeenItem>;
  /** Scope and key to the seenIds that were met under it. */
  seenKeys: Map<string, readonly string[]>;
  stops: Map<string, Stop>;
  alerts: Map<string, Alert>;
  facts: Map<string, string>;
  lease: { epoch: number; holder: string | null };
  /** Names in the order of their numbers; null where the name was erased. */
  people: readonly (string | null)[];
  /** By the person's number. */
  operators: Map<number, Operator>;
  signIns: readonly (SignInAttempt & { key: string })[];
  audit: AuditLog;
};

/** Copies share the array, which only grows: each knows how much of it is its own, and a copy that goes another way begins its own. */
type AuditLog = { records: AuditRecord[]; length: number };

export function emptyTables(): Tables {
  return {
    entries: new Map(),
    history: new Map(),
    feeds: new Map(),
    seen: new Map(),
    seenKeys: new Map(),
    stops: new Map(),
    alerts: new Map(),
    facts: new Map(),
    lease: { epoch: 0, holder: null },
    people: [],
    operators: new Map(),
    signIns: [],
    audit: { records: [], length: 0 },
  };
}

/** A copy that later changes of the original don't reach. */
export function copyTables(tables: Tables): Tables {
  return {
    entries: new Map(tables.entries),
    history: new Map(tables.history),
    feeds: new Map(tables.feeds),
    seen: new Map(tables.seen),
    seenKeys: new Map(tables.seenKeys),
    stops: new Map(tables.stops),
    alerts: new Map(tables.alerts),
    facts: new Map(tables.facts),
    lease: { ...tables.lease },
    people: tables.people,
    operators: new Map(tables.operators),
    signIns: tables.signIns,
    audit: { ...tables.audit },
  };
}

/** Map key of a row that belongs to a scope; the separator can stand in no handle and no mode. */
export function scopedKey(scope: Scope, name: string): string {
  return `${scope.mode}\n${scope.account}\n${name}`;
}

/** The values of a scope, in the order in which they were first written. */
export function valuesOf<T>(rows: Map<string, T>, scope: Scope): T[] {
  const prefix = scopedKey(scope, '');
  return [...rows].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
}

/** A frozen copy: what the caller does to its own object later does not reach the store, and nobody can alter what is stored. */
export function keep<T extends object>(value: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy of plain data has its shape
  return frozenCopy(value) as T;
}

/** Rows are plain data, which is copied in half of structuredClone()'s time. What was kept before needs no copy. */
function frozenCopy(value: object): object {
  if (kept.has(value)) return value;
  const copy = Array.isArray(value) ? value.map(copyPart) : copyFields(value);
  kept.add(copy);
  return Object.freeze(copy);
}

function copyFields(value: object): object {
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) copy[key] = copyPart(copy[key]);
  return copy;
}

function copyPart(part: unknown): unknown {
  return typeof part === 'object' && part !== null ? frozenCopy(part) : part;
}

/** What was copied here, and so is frozen to its depth; what others froze may hold what is not. */
const kept = new WeakSet<object>();
