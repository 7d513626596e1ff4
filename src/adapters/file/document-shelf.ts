import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentShelf, KeptDocument, Log } from '../../app/ports.ts';
import { documentLimits } from '../../limits/storage.ts';
import type { Scope } from '../../outbox/entry.ts';

/** Keeps nothing: for previews and tests. */
export const noShelf: DocumentShelf = {
  keep: () => Promise.resolve(),
  list: () => Promise.resolve([]),
  find: () => Promise.resolve(null),
  forget: () => Promise.resolve(0),
};

/** `1790823600000-0123456789ab.doc`: when it was read, and the beginning of its digest. */
const NAME = /^(\d{1,15})-([0-9a-f]{12})\.doc$/u;

type Kept = { name: string; readAt: number; digest: string };

/**
 * Documents as files, a folder for each feed; a file is a line of JSON about the document, then its bytes. Only the process that
 * polls writes, and it writes beside and renames, so that a reader never sees a half. `folder` is made when it is needed.
 */
export function createDocumentShelf(folder: string, log: Log): DocumentShelf {
  const folderOf = (scope: Scope, feed: string): string => join(folder, folderName(scope, feed));
  /** What fails here costs a look back, never a poll. */
  async function orElse<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const err = error instanceof Error ? error.message : String(error);
      log.warn({ err }, 'a document of a feed could not be kept or looked up; polls go on');
      return otherwise;
    }
  }
  return {
    keep: (scope, feed, document) => orElse(undefined, () => keep(folder, folderOf(scope, feed), document)),
    list: (scope, feed) =>
      orElse([], async () => {
        const own = folderOf(scope, feed);
        const kept = await keptIn(own);
        return Promise.all(
          kept.map(async ({ name, readAt }) => ({ readAt, bytes: (await stat(join(own, name))).size })),
        );
      }),
    find: (scope, feed, readAt) =>
      orElse(null, async () => {
        const own = folderOf(scope, feed);
        const kept = (await keptIn(own)).find((one) => one.readAt === readAt);
        return kept === undefined ? null : unpack(await readFile(join(own, kept.name)), readAt);
      }),
    forget: (before) => orElse(0, () => forget(folder, before)),
  };
}

async function keep(folder: string, own: string, document: KeptDocument): Promise<void> {
  if (document.bytes.length > documentLimits.maxBytes) return;
  const kept = await keptIn(own);
  const digest = createHash('sha256').update(document.bytes).digest('hex').slice(0, 12);
  if (kept[0]?.digest === digest) return;
  if (kept.length === 0 && (await foldersIn(folder)).length >= documentLimits.feedsMax) return;
  await mkdir(own, { recursive: true, mode: 0o700 });
  const name = `${String(Math.max(0, Math.round(document.readAt)))}-${digest}.doc`;
  const beside = join(own, `${name}.part`);
  await writeFile(beside, pack(document), { mode: 0o600 });
  await rename(beside, join(own, name));
  for (const old of (await keptIn(own)).slice(documentLimits.perFeed)) await rm(join(own, old.name));
}

async function forget(folder: string, before: number): Promise<number> {
  let forgotten = 0;
  for (const feed of await foldersIn(folder)) {
    const own = join(folder, feed);
    const kept = await keptIn(own);
    const old = kept.filter(({ readAt }) => readAt < before);
    for (const { name } of old) await rm(join(own, name));
    forgotten += old.length;
    if (old.length === kept.length) await rm(own, { recursive: true });
  }
  return forgotten;
}

/** Newest first; what does not look like ours, a half-written file included, is passed over. */
async function keptIn(own: string): Promise<readonly Kept[]> {
  const names = await namesIn(own);
  const kept = names.flatMap((name) => {
    const [, readAt, digest] = NAME.exec(name) ?? [];
    return readAt === undefined || digest === undefined ? [] : [{ name, readAt: Number(readAt), digest }];
  });
  return kept.toSorted((a, b) => b.readAt - a.readAt);
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder)).filter((name) => /^[0-9a-f]{24}$/u.test(name));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A digest, because a feed's name may hold anything. */
function folderName({ mode, account }: Scope, feed: string): string {
  return createHash('sha256')
    .update(JSON.stringify([mode, account, feed]))
    .digest('hex')
    .slice(0, 24);
}

function pack({ bytes, contentType, finalUrl }: KeptDocument): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ contentType, finalUrl })}\n`), bytes]);
}

function unpack(file: Buffer, readAt: number): KeptDocument | null {
  const end = file.indexOf(0x0a);
  if (end < 0) return null;
  const about: unknown = JSON.parse(file.subarray(0, end).toString('utf8'));
  const text = (name: string): string | null => {
    const value: unknown = typeof about === 'object' && about !== null ? Reflect.get(about, name) : null;
    return typeof value === 'string' ? value : null;
  };
  return {
    bytes: file.subarray(end + 1),
    contentType: text('contentType'),
    finalUrl: text('finalUrl'),
    readAt,
  };
}
