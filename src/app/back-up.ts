import type { EpochMs } from '../feed/item.ts';
import type { Backups, BackupResult, RestoreResult } from '../outbox/backups.ts';
import type { App } from './app.ts';
import { authorize } from './authorize.ts';
import type { NotDone } from './sign-in.ts';

/** Who wants a copy, or one put back, what shows that it is them, and the file's path. */
export type CopyRequest = { file: string; by: string; token?: string | undefined; reason: string | null };

/** Writes a copy of all records, and notes who has one now. */
export async function backUp(
  app: App,
  backups: Backups,
  request: CopyRequest,
): Promise<BackupResult | NotDone> {
  const { file, by, token, reason } = request;
  const right = await authorize(app, { act: 'backup', by, token, subject: file });
  if (right.kind === 'refused') return right;
  const result = await backups.backup(file);
  if (result.kind === 'backed-up') {
    await app.governance.note({
      at: app.clock.now(),
      scope: null,
      actor: right.by,
      act: 'store.backed-up',
      subject: file,
      reason,
      before: null,
      after: { bytes: result.bytes },
      policyVersion: null,
    });
  }
  return result;
}

/** The program over the records that lie there now; closed again before they are replaced. */
type OpenPresent = () => Promise<App & AsyncDisposable>;

/**
 * Puts a copy in the place of the records. The people registered in those decide who may. Where there are none, or they are too damaged
 * to be asked, whoever has the machine is trusted: an office must not be kept from its records by the loss of them.
 */
export async function restoreRecords(
  backups: Backups,
  open: OpenPresent,
  request: CopyRequest,
  now: EpochMs,
): Promise<RestoreResult | NotDone> {
  const { file, by, reason } = request;
  const isThere = (await backups.present()) === 'sound';
  const right = isThere ? await askPresent(open, request) : { kind: 'allowed' as const, by };
  if (right.kind === 'refused') return right;
  return backups.restore(file, { by: right.by, reason }, now);
}

async function askPresent(
  open: OpenPresent,
  { file, by, token }: CopyRequest,
): Promise<{ kind: 'allowed'; by: string } | NotDone> {
  await using app = await open();
  return authorize(app, { act: 'restore', by, token, subject: file });
}
