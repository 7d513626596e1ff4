import { existsSync, renameSync, rmSync } from 'node:fs';
import type { EpochMs } from '../../feed/item.ts';
import type { AuditFact, AuditHead } from '../../governance/audit-record.ts';
import { RESTORED_AT, type RestoreOrder, type RestoreResult } from '../../outbox/backups.ts';
import { StoreError } from '../../outbox/outbox-store.ts';
import { appendFact, auditHead } from './audit.ts';
import { proveCopy, writeCopy } from './backup.ts';
import { integer } from './columns.ts';
import { Connection } from './connection.ts';
import { isReadable, makeDataDir, storeFiles } from './files.ts';
import type { StoreFiles } from './files.ts';
import { migrate, requireOwn, requireSound, schemaVersion } from './open-database.ts';
import { leaseEpoch } from './scope-rows.ts';
import { WorkerLock } from './worker-lock.ts';

/**
 * Puts a backup in the place of the data folder's database. Nothing is touched unless the backup is whole, ours and not newer than
 * the program. Every attempt in the backup keeps its state, and the epoch goes on from the higher one, so that no earlier claim
 * counts. What it replaces is kept beside: a sound database as a copy, one too damaged to open as it is, with its log. Throws StoreError.
 */
export async function restoreBackup(options: {
  dataDir: string;
  file: string;
  order: RestoreOrder;
  now: EpochMs;
}): Promise<RestoreResult> {
  const { file, order, now } = options;
  if (!isReadable(file)) return { kind: 'missing' };
  const why = whyUnusable(file);
  if (why !== null) return { kind: 'unusable', detail: why };
  makeDataDir(options.dataDir);
  const files = storeFiles(options.dataDir);
  const lock = WorkerLock.tryTake(files.workerLock);
  if (lock === null) return { kind: 'busy' };
  try {
    const present = lookAt(files);
    const sound = present.kind === 'sound' ? present : { epoch: 0, head: null };
    const fact = restoredFact({ ...order, file, head: sound.head }, now);
    const keepPresent = (): string | null => keep(present, files, now);
    return { kind: 'restored', ...(await replace(files, file, sound.epoch, fact, keepPresent)) };
  } finally {
    lock.release();
  }
}

/** What is wrong with the backup; null where it can be restored. Throws StoreError where it is sound, but newer than the program. */
function whyUnusable(file: string): string | null {
  try {
    proveCopy(file);
    return null;
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'too-old') return error.message;
    throw error;
  }
}

/** The version of the schema that brought the log. */
const AUDITED_SINCE = 3;

/** What the data folder holds now, before a restore. Only read. Throws StoreError where it is another program's. */
export function storePresent(dataDir: string): Present['kind'] {
  return lookAt(storeFiles(dataDir)).kind;
}

type Present =
  { kind: 'sound'; epoch: number; head: AuditHead | null } | { kind: 'missing' } | { kind: 'damaged' };

/** What lies in the folder now. Only read: opening a damaged database for writing would throw its log away. */
function lookAt(files: StoreFiles): Present {
  if (!isReadable(files.database)) return { kind: 'missing' };
  const db = new Connection(files.database, 'read');
  try {
    requireOwn(db);
    requireSound(db);
    const version = schemaVersion(db);
    if (version === 0) return { kind: 'missing' };
    const head = version < AUDITED_SINCE ? null : auditHead(db);
    return { kind: 'sound', epoch: leaseEpoch(db), head };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'corrupt') return { kind: 'damaged' };
    throw error;
  } finally {
    db.close();
  }
}

/** Returns the name of what will be replaced; null where there is nothing. */
function keep(present: Present, files: StoreFiles, now: EpochMs): string | null {
  switch (present.kind) {
    case 'missing':
      return null;
    case 'damaged':
      return setAside(files, now);
    case 'sound': {
      const copy = `${files.database}.replaced-${String(now)}`;
      const source = new Connection(files.database, 'read');
      try {
        writeCopy(source, copy);
      } finally {
        source.close();
      }
      return copy;
    }
  }
}

/** Returns the name that the damaged database now has. Its log goes with it, for the new database must not meet an old log. */
function setAside(files: StoreFiles, now: EpochMs): string {
  const aside = `${files.database}.damaged-${String(now)}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(files.database + suffix)) renameSync(files.database + suffix, aside + suffix);
  }
  return aside;
}

/**
 * Returns how many entries the restored database holds, and the name of what it replaced. It is made ready beside the present one and
 * takes its place in one step: killed at any moment, the program finds either the old records, or restored ones that say so, which they
 * must, for the account to be compared first.
 */
async function replace(
  files: StoreFiles,
  file: string,
  epochBefore: number,
  fact: AuditFact,
  keepPresent: () => string | null,
): Promise<{ entries: number; kept: string | null }> {
  const staged = `${files.database}.restoring`;
  remove(staged);
  try {
    await copyOver(file, staged);
    const entries = markRestored(staged, epochBefore, fact);
    // Not before all else is ready: a damaged database is moved out of the way, and none lies there until the copy does.
    const kept = keepPresent();
    await copyOver(staged, files.database);
    return { entries, kept };
  } finally {
    remove(staged);
  }
}

async function copyOver(from: string, to: string): Promise<void> {
  const source = new Connection(from, 'read');
  try {
    await source.copyInto(to);
  } finally {
    source.close();
  }
}

function remove(database: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
}

function markRestored(database: string, epochBefore: number, fact: AuditFact): number {
  const db = new Connection(database, 'write');
  try {
    migrate(db);
    db.transaction(() => {
      db.run('UPDATE lease SET epoch = max(epoch, :before) + 1', { before: epochBefore });
      db.run(MARK_RESTORED, { name: RESTORED_AT, value: String(fact.at) });
      // What the log held after the backup is gone with the rest; that it was set back stays on record.
      appendFact(db, fact);
    });
    const count = db.one('SELECT count(*) AS count FROM entry');
    return count === null ? 0 : integer(count, 'count');
  } finally {
    db.close();
  }
}

/** `before` is the end of the record that was replaced: the copy kept beside can be held against it. */
function restoredFact(
  { by, reason, file, head }: RestoreOrder & { file: string; head: AuditHead | null },
  at: EpochMs,
): AuditFact {
  return {
    at,
    scope: null,
    actor: by,
    act: 'store.restored',
    subject: file,
    reason,
    before: head === null ? null : { seq: head.seq, hash: head.hash },
    after: null,
    policyVersion: null,
  };
}

const MARK_RESTORED = `
  INSERT INTO fact (mode, account, name, value)
  SELECT mode, account, :name, :value FROM (
    SELECT mode, account FROM entry UNION SELECT mode, account FROM feed_state UNION SELECT mode, account FROM fact
  ) WHERE true
  ON CONFLICT (mode, account, name) DO UPDATE SET value = excluded.value`;
